// Judges a run folder again and says what came out. Writes nothing.
import { resolve } from 'node:path'
import type { Objective, Problem, ScopeNames } from '@doorbuster/plan'
import { collect, inScope, parseObjective, problem, raise } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import { codeOf, endText } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { asOne } from '../exit-codes.ts'
import { judgeFolder } from '../render-folder.ts'
import { holdCommands, tellCi } from '../tell-ci.ts'
import { toldOfRun } from '../told.ts'
import type { World } from '../world.ts'

export type CheckFlags = { readonly slo: readonly string[]; readonly json?: boolean; readonly failAsOne?: boolean }

/** @throws PlanError for objectives that cannot be read, or that name a phase or step which the run did not have. */
export function check(world: World, folder: string, { slo, json, failAsOne }: CheckFlags): ExitCode {
  const objectives = readObjectives(slo)
  const path = resolve(world.cwd, folder)
  const first = judgeFolder(path, objectives.length > 0 ? objectives : undefined)
  const meant = inRun(objectives, first)
  // Only the run knows that a name is a device's or a group's, and then it was looked for among the steps.
  const isAsRead = meant.every(({ text }, index) => text === objectives[index]?.text)
  const report = isAsRead ? first : judgeFolder(path, meant)
  const { summary } = report
  const sink = json === true ? world.stderr : world.stdout
  const allowCommands = holdCommands(world, sink)
  world.stdout.write(json === true ? `${JSON.stringify(summary, null, 2)}\n` : `${endText(world, report)}\n`)
  allowCommands()
  // How the run ended is told by its verdict; how it was stopped was told when it was.
  const exitCode = asOne(codeOf(summary.verdict, 'end', 0), failAsOne)
  tellCi(world, toldOfRun(report, { folder: path, exitCode }), sink)
  return exitCode
}

function readObjectives(slo: readonly string[]): readonly Objective[] {
  const problems: Problem[] = []
  const objectives = slo.flatMap((text) => collect(problems, '', () => parseObjective(text, '--slo')) ?? [])
  raise('OBJECTIVE_INVALID', problems)
  return objectives
}

/** The objectives with their scopes as they are meant. A misspelt name has no samples, which would look like a run that was too short to tell. */
function inRun(objectives: readonly Objective[], report: Report): readonly Objective[] {
  const phases = report.start.phases.map(({ name }) => name)
  const names = namesOfRun(report)
  const problems: Problem[] = []
  const meant = objectives.flatMap((objective) => {
    const { phase, step, of } = objective
    if (phase !== undefined && !phases.includes(phase)) problems.push(problem('--slo', knownPhases(phases), phase))
    const scoped = inScope(objective, names)
    if (typeof scoped !== 'string') return [scoped]
    problems.push(problem('--slo', scoped, step ?? of?.name ?? ''))
    return []
  })
  raise('PLAN_INVALID', problems)
  return meant
}

function knownPhases(names: readonly string[]): string {
  if (names.length === 0) return 'no phase, because the run has none'
  return `one of the run's phases ${names.map((name) => JSON.stringify(name)).join(', ')}`
}

/** What the run met, and what its plan declares: steps that no shopper came to are the plan's all the same. The plan is as the folder holds it. */
function namesOfRun({ start, summary }: Report): ScopeNames {
  const { steps, visits, classes, devices, groups } = summary
  const declared = members(start.plan, 'shoppers')
  const texts = (all: readonly unknown[]): readonly string[] => all.filter((each) => typeof each === 'string')
  return {
    steps: unique([...namesIn(steps), ...texts(declared.flatMap((shopper) => members(shopper, 'steps')))]),
    classes: unique([...texts(declared.map((shopper) => member(shopper, 'name'))), ...namesIn(classes), ...namesIn(visits)]),
    devices: namesIn(devices),
    groups: namesIn(groups),
    mayBe: () => false,
  }
}

function namesIn(all: readonly { readonly name: string }[]): readonly string[] {
  return all.map(({ name }) => name)
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

function members(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name)
  return Array.isArray(found) ? found : []
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
