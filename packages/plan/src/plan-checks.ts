// What the parts of a plan must be to each other: phases, steps and stages that objectives point at. Each part has been read already.
import { metricScopes } from './metrics.ts'
import type { Objective } from './objective.ts'
import { inScope, namesOf } from './objective-scope.ts'
import { totalMs } from './overlay.ts'
import { areaOf } from './own-areas.ts'
import type { Shopper } from './plan.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import type { PlacedStage } from './read-traffic.ts'
import { mayHaveNumber } from './shoppers.ts'
import { isUnread, owedArrivals } from './stage-size.ts'
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

export function shopperProblems(shoppers: readonly PlacedShopper[]): Problem[] {
  const names = shoppers.map(({ shopper }) => shopper.name)
  return shoppers
    .filter(({ shopper }, index) => names.indexOf(shopper.name) < index)
    .map(({ path, shopper }) => problem(`${path}.name`, 'a name that no other class of shoppers has', shopper.name))
}

/** The objectives with their scopes as they are meant. `hasRoom`: every step may have its pages of a queue. Where one points at nothing, its problem is pushed. */
export function scopedObjectives(
  problems: Problem[],
  objectives: readonly PlacedObjective[],
  shoppers: readonly Shopper[],
  hasRoom: boolean,
): readonly PlacedObjective[] {
  const names = namesOf(shoppers, hasRoom)
  return objectives.flatMap(({ path, objective }) => {
    problems.push(...numberProblems(path, objective, shoppers))
    const meant = inScope(objective, names)
    if (typeof meant !== 'string') return [{ path, objective: meant }]
    const name = objective.step ?? objective.of?.name ?? ''
    problems.push(problem(path, `${meant}${howToDeclare(objective, shoppers)}`, name))
    return []
  })
}

/** A journey may build a step's name while it runs; then only its author knows it. */
function howToDeclare({ step, metric }: Objective, shoppers: readonly Shopper[]): string {
  const journey = shoppers.find(({ kind }) => kind === 'journey')
  if (journey === undefined || step === undefined || !metricScopes(metric).step) return ''
  return `; if a journey builds this name, declare it: shopper(${JSON.stringify(journey.name)}, { steps: [${JSON.stringify(step)}] }, …)`
}

/** What the generator counts of itself, by the first word of its names. */

function numberProblems(path: string, { metric }: Objective, shoppers: readonly Shopper[]): readonly Problem[] {
  if (metric.kind !== 'counter' && metric.kind !== 'trend') return []
  const { kind, name } = metric
  if (areaOf(name) !== null || shoppers.some((shopper) => mayHaveNumber(shopper, name))) return []
  return [problem(path, `a ${kind} that stands in quotes in a journey (in a comment, if other code counts it)`, name)]
}

/** HTTP/2 without TLS exists, but no browser speaks it and hardly a shop does. */
export function versionProblems(path: string, http: unknown, protocol: string): Problem[] {
  return http === 2 && protocol === 'http:' ? [problem(path, '1, or an https target: HTTP/2 goes over TLS', http)] : []
}

/** A link belongs to one shopper's connections, and only our own HTTP/1.1 knows links. */
export function linkProblems(shoppers: readonly PlacedShopper[], { connections, http }: Readonly<Record<string, unknown>>): Problem[] {
  const linked = shoppers.filter(({ shopper }) => shopper.devices !== undefined)
  if (linked.length === 0 || (connections !== 'shared' && http !== 2)) return []
  const expected = connections === 'shared' ? '"per-shopper" connections' : 'HTTP/1.1'
  return linked.map(({ path, shopper }) => {
    const names = shopper.devices?.map(({ name }) => name).join(', ')
    return problem(`${path}.devices`, `"none", or ${expected}: a device has a line of its own, which only those know`, names)
  })
}
