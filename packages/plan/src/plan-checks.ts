// What the parts of a plan must be to each other: phases, steps and stages that objectives point at. Each part has been read already.
import { listed, suggestion } from './nearest.ts'
import type { Objective } from './objective.ts'
import { totalMs } from './overlay.ts'
import type { Shopper } from './plan.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import type { PlacedStage } from './read-traffic.ts'
import { mayHaveStep } from './shoppers.ts'
import { highestPerSec, owedArrivals } from './stage-size.ts'
import { longestTimerMs, longestWords } from './timers.ts'
import { formatDuration } from './units.ts'

export type PlacedObjective = { readonly path: string; readonly objective: Objective }
export type PlacedShopper = { readonly path: string; readonly shopper: Shopper }

/** A phase is one stretch of time, a plan owes somebody something, and all of it ends within 24 days. `path` is where the traffic stands. */
export function trafficProblems(traffic: readonly PlacedStage[], path = 'traffic'): Problem[] {
  return [...phaseProblems(traffic), ...emptyProblems(traffic, path), ...lengthProblems(traffic, path)]
}

/** The whole of it, not its stages: the end of the traffic is waited for with one timer. */
function lengthProblems(traffic: readonly PlacedStage[], path: string): Problem[] {
  const lastingMs = totalMs(traffic.map(({ stage }) => stage))
  if (lastingMs <= longestTimerMs) return []
  return [problem(path, `a shape that lasts ${longestWords}`, formatDuration(lastingMs))]
}

function phaseProblems(traffic: readonly PlacedStage[]): Problem[] {
  const ended = new Set<string>()
  const problems: Problem[] = []
  for (const [index, { path, stage }] of traffic.entries()) {
    const before = traffic[index - 1]?.stage.phase
    if (before !== undefined && before !== stage.phase) ended.add(before)
    if (stage.phase === undefined || before === stage.phase || !ended.has(stage.phase)) continue
    problems.push(problem(`${path}.phase`, 'another name: a phase is one stretch, and this one has ended before', stage.phase))
  }
  return problems
}

// Sums of areas may fall short of the whole arrival they mean by a rounding.
const tolerance = 1e-9

function emptyProblems(traffic: readonly PlacedStage[], path: string): Problem[] {
  if (traffic.some(({ stage }) => isUnread(stage))) return []
  const owed = traffic.reduce((sum, { stage }) => sum + owedArrivals(stage), 0)
  return owed + tolerance >= 1 ? [] : [problem(path, 'a shape that owes at least one arrival', owed)]
}

function isUnread(stage: PlacedStage['stage']): boolean {
  if (stage.kind === 'overlay') return stage.shapes.some((shape) => shape.some(isUnread))
  return stage.kind === 'curve' && stage.points.length === 0
}

export function shopperProblems(shoppers: readonly PlacedShopper[]): Problem[] {
  const names = shoppers.map(({ shopper }) => shopper.name)
  return shoppers
    .filter(({ shopper }, index) => names.indexOf(shopper.name) < index)
    .map(({ path, shopper }) => problem(`${path}.name`, 'a name that no other class of shoppers has', shopper.name))
}

/** `traffic` undefined: the closed model, which has no phases. */
export function objectivePhaseProblems(objectives: readonly PlacedObjective[], traffic: readonly PlacedStage[] | undefined): Problem[] {
  const phases = [...new Set((traffic ?? []).flatMap(({ stage }) => stage.phase ?? []))]
  return objectives.flatMap(({ path, objective: { phase, metric } }) => {
    if (metric.kind === 'recovery') return recoveryProblems(path, traffic)
    if (phase === undefined || phases.includes(phase)) return []
    const known = phases.length === 0 ? 'no phase, because the traffic names none' : `one of the phases ${listed(phases)}`
    return [problem(path, known, phase)]
  })
}

/** A recovery compares what comes after the highest stage with the phase named `baseline` before it. Which is highest, an unread curve leaves open. */
function recoveryProblems(path: string, traffic: readonly PlacedStage[] | undefined): Problem[] {
  if (traffic === undefined) return [problem(path, 'no recovery in the closed model: it has no peak to recover from', 'recovery')]
  if (traffic.some(({ stage }) => isUnread(stage))) return []
  const rates = traffic.map(({ stage }) => highestPerSec(stage))
  const highest = rates.indexOf(Math.max(...rates))
  const hasBaseline = traffic.slice(0, highest).some(({ stage }) => stage.phase === 'baseline' && owedArrivals(stage) > 0)
  const hasAftermath = traffic.slice(highest + 1).some(({ stage }) => owedArrivals(stage) > 0)
  const problems: Problem[] = []
  if (!hasBaseline)
    problems.push(problem(path, 'for a recovery, a phase named "baseline" with arrivals before the highest stage', undefined))
  if (!hasAftermath) problems.push(problem(path, 'for a recovery, arrivals after the highest stage', undefined))
  return problems
}

export function objectiveStepProblems(objectives: readonly PlacedObjective[], shoppers: readonly Shopper[]): Problem[] {
  const known = [...new Set(shoppers.flatMap(({ steps }) => steps))]
  return objectives.flatMap(({ path, objective: { step } }) => {
    if (step === undefined || shoppers.some((shopper) => mayHaveStep(shopper, step))) return []
    return [problem(path, `${knownSteps(known)}${suggestion(step, known)}${howToDeclare(shoppers, step)}`, step)]
  })
}

function knownSteps(known: readonly string[]): string {
  return known.length === 0 ? 'a step that a journey has' : `one of the steps ${listed(known)}`
}

/** A journey may build a step's name while it runs; then only its author knows it. */
function howToDeclare(shoppers: readonly Shopper[], step: string): string {
  const journey = shoppers.find(({ kind }) => kind === 'journey')
  if (journey === undefined) return ''
  return `; if a journey builds this name, declare it: shopper(${JSON.stringify(journey.name)}, { steps: [${JSON.stringify(step)}] }, …)`
}

/** HTTP/2 without TLS exists, but no browser speaks it and hardly a shop does. */
export function versionProblems(path: string, http: unknown, protocol: string): Problem[] {
  return http === 2 && protocol === 'http:' ? [problem(path, '1, or an https target: HTTP/2 goes over TLS', http)] : []
}
