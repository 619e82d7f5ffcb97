// What a value is computed from: counts, times and the time they were counted over; and a sum of it that its owner keeps.
// Copies what it adds: windows and their histograms are used again by the generator.
import type { Counts, Window } from '@doorbuster/measurements'
import { Histogram, noCounts } from '@doorbuster/measurements'
import type { Metric } from '@doorbuster/plan'
import type { JudgedScope } from './scope.ts'
import { coveredMs, endOf, isInside } from './scope.ts'

export type Evidence = {
  readonly counts: Readonly<Counts>
  /** Response times of ok and degraded; for lateness objectives sent − due. */
  readonly times: Histogram
  /** How much of the scope's own time this was counted over, for rates. */
  readonly coveredMs: number
}

export class EvidenceSum implements Evidence {
  readonly counts: Counts = noCounts()
  readonly times = Histogram.create()
  /** Shoppers owed in the same windows, of every phase and step. */
  arrivals = 0
  coveredMs = 0

  /** Adds what a window holds of the scope; histograms only where the metric asks for times, since they are what costs. */
  addWindow(window: Window, scope: JudgedScope, metric: Metric): void {
    const covered = coveredMs(scope, window.startMs, endOf(window))
    this.coveredMs += covered
    this.arrivals += window.shoppers.due
    if (metric.kind === 'lateness') {
      if (covered > 0) this.times.add(window.lateness)
      return
    }
    for (const cell of window.cells) {
      if (!isInside(scope, cell)) continue
      addCounts(this.counts, cell.counts)
      if (metric.kind === 'response' || metric.kind === 'recovery') this.times.add(cell.response)
    }
  }

  add(other: EvidenceSum): void {
    addCounts(this.counts, other.counts)
    this.times.add(other.times)
    this.arrivals += other.arrivals
    this.coveredMs += other.coveredMs
  }

  reset(): void {
    Object.assign(this.counts, noCounts())
    this.times.reset()
    this.arrivals = 0
    this.coveredMs = 0
  }

  destroy(): void {
    this.times.destroy()
  }
}

function addCounts(into: Counts, from: Readonly<Counts>): void {
  for (const key of Object.keys(into) as (keyof Counts)[]) into[key] += from[key]
}
