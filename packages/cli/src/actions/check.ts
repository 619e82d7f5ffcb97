// Judges a run folder again and says what came out. Writes nothing.
import { resolve } from 'node:path'
import type { Objective, Problem } from '@doorbuster/plan'
import { collect, parseObjective, problem, raise } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import { codeOf, endText } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { judgeFolder } from '../render-folder.ts'
import type { World } from '../world.ts'

export type CheckFlags = { readonly slo: readonly string[]; readonly json?: boolean }

/** @throws PlanError for objectives that cannot be read, or that name a phase or step which the run did not have. */
export function check(world: World, folder: string, { slo, json }: CheckFlags): ExitCode {
  const objectives = readObjectives(slo)
  const report = judgeFolder(resolve(world.cwd, folder), objectives.length > 0 ? objectives : undefined)
  raise('PLAN_INVALID', strangersIn(objectives, report))
  const { summary } = report
  world.stdout.write(json === true ? `${JSON.stringify(summary, null, 2)}\n` : `${endText(world, report)}\n`)
  // How the run ended is told by its verdict; how it was stopped was told when it was.
  return codeOf(summary.verdict, 'end', 0)
}

function readObjectives(slo: readonly string[]): readonly Objective[] {
  const problems: Problem[] = []
  const objectives = slo.flatMap((text) => collect(problems, '', () => parseObjective(text, '--slo')) ?? [])
  raise('OBJECTIVE_INVALID', problems)
  return objectives
}

/** A misspelt name has no samples, which would look like a run that was too short to tell. */
function strangersIn(objectives: readonly Objective[], { start, summary }: Report): readonly Problem[] {
  const phases = start.phases.map(({ name }) => name)
  const steps = [...new Set([...summary.steps.map(({ name }) => name), ...declaredSteps(start.plan)])]
  return objectives.flatMap(({ phase, step }) => [
    ...(phase === undefined || phases.includes(phase) ? [] : [problem('--slo', known('phase', phases), phase)]),
    ...(step === undefined || steps.includes(step) ? [] : [problem('--slo', known('step', steps), step)]),
  ])
}

function known(what: 'phase' | 'step', names: readonly string[]): string {
  if (names.length === 0) return `no ${what}, because the run has none`
  return `one of the run's ${what}s ${names.map((name) => JSON.stringify(name)).join(', ')}`
}

/** Steps that no shopper came to are the plan's all the same: nothing is known of them, but their name is right. The plan is as the folder holds it. */
function declaredSteps(plan: unknown): readonly string[] {
  return members(plan, 'shoppers').flatMap((shopper) => members(shopper, 'steps').filter((step) => typeof step === 'string'))
}

function members(value: unknown, name: string): readonly unknown[] {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return Array.isArray(found) ? found : []
}
