// What is counted of a set of requests: of one step in one phase and window, of a phase, of a step, or of a whole run.
import { byName } from './by-name.ts'
import { Histogram } from './histogram.ts'
import type { Counts } from './window.ts'
import { noCounts } from './window.ts'

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
