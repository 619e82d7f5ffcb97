// What is counted of a set of requests: of one step in one phase and window, of a phase, of a step, or of a whole run.
import { byName, summedName } from './by-name.ts'
import type { Counts } from './counts.ts'
import { noCounts } from './counts.ts'
import { Histogram } from './histogram.ts'

export type Scope = {
  readonly counts: Counts
  readonly causes: Record<string, number>
  readonly response: Histogram
  readonly service: Histogram
  readonly failedResponse: Histogram
}

export function newScope(): Scope {
  return {
    counts: noCounts(),
    causes: byName(),
    response: Histogram.create(),
    service: Histogram.create(),
    failedResponse: Histogram.create(),
  }
}

export function clearScope(scope: Scope): void {
  Object.assign(scope.counts, noCounts())
  for (const cause of Object.keys(scope.causes)) delete scope.causes[cause]
  scope.response.reset()
  scope.service.reset()
  scope.failedResponse.reset()
}

/** Leaves `from` as it is. */
export function addScope(into: Scope, from: Scope): void {
  for (const key of Object.keys(into.counts) as (keyof Counts)[]) into.counts[key] += from.counts[key]
  addCauses(into.causes, from.causes)
  into.response.add(from.response)
  into.service.add(from.service)
  into.failedResponse.add(from.failedResponse)
}

export function addCauses(into: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [cause, count] of Object.entries(from)) {
    const known = summedName(into, cause)
    into[known] = (into[known] ?? 0) + count
  }
}
