// What a value is computed from: counts, times and the time they were counted over; and a sum of it that its owner keeps.
// Copies what it adds: windows and their histograms are used again by the generator.
import type { Counts, Cut, ShopperCounts, Window } from '@doorbuster/measurements'
import { addShoppers, deviceOfVisits, Histogram, noCounts, noShoppers, visitCounts } from '@doorbuster/measurements'
import type { Metric } from '@doorbuster/plan'
import type { JudgedScope } from './scope.ts'
import { coveredMs, endOf, slicesOf } from './scope.ts'

export type Evidence = {
  readonly counts: Readonly<Counts>
  /** Response times of ok and degraded; for lateness objectives sent − due; for trends their numbers. */
  readonly times: Histogram
  readonly visits: Readonly<ShopperCounts>
  /** A counter: how often it was counted, and what that came to. For `stopped`: who met a defence, and who was refused by it. */
  readonly number: { readonly count: number; readonly sum: number }
  /** How much of the scope's own time this was counted over, for rates. */
  readonly coveredMs: number
}

/** Evidence of requests alone. */
export function requestEvidence(requests: Pick<Evidence, 'counts' | 'times' | 'coveredMs'>): Evidence {
  return { visits: noShoppers(), number: { count: 0, sum: 0 }, ...requests }
}

export class EvidenceSum implements Evidence {
  readonly counts: Counts = noCounts()
  readonly times = Histogram.create()
  readonly visits = noShoppers()
  readonly number = { count: 0, sum: 0 }
  /** Shoppers owed in the same windows, of every phase and step. */
  arrivals = 0
  coveredMs = 0

  /** Adds what a window holds of the scope; histograms only where the metric asks for times, since they are what costs. */
  addWindow(window: Window, scope: JudgedScope, metric: Metric): void {
    const covered = coveredMs(scope, window.startMs, endOf(window))
    this.coveredMs += covered
    this.arrivals += window.shoppers.due
    switch (metric.kind) {
      case 'lateness':
        if (covered > 0) this.times.add(window.lateness)
        return
      case 'trend':
        return this.#addTrend(window.trends[metric.name])
      case 'counter':
        return this.#addNumber(window.counters[metric.name])
      case 'stopped':
        return this.#addStopped(window.counters)
      case 'finished':
      case 'gave-up':
      case 'turned-away':
        return this.#addVisits(window, scope)
      default:
        this.#addRequests(window, scope, metric)
    }
  }

  #addRequests(window: Window, scope: JudgedScope, metric: Metric): void {
    const isTimed = metric.kind === 'response' || metric.kind === 'degraded-response' || metric.kind === 'recovery'
    for (const { counts, response } of slicesOf(scope, metric, window)) {
      addCounts(this.counts, counts)
      if (isTimed) this.times.add(response)
    }
  }

  /** Everybody is counted once as that; by class and phase only who made more than one request. */
  #addVisits(window: Window, { phase, of }: JudgedScope): void {
    if (phase === undefined && of === undefined) return addShoppers(this.visits, window.shoppers)
    const isAsked = (cut: Cut): boolean =>
      of?.by === 'device' ? deviceOfVisits(cut) === of.name : cut.by === 'shoppers' && (of === undefined || cut.name === of.name)
    for (const cut of window.cuts)
      if (isAsked(cut) && (phase === undefined || cut.phase === phase)) addShoppers(this.visits, visitCounts(cut))
  }

  #addTrend(numbers: Histogram | undefined): void {
    if (numbers !== undefined) this.times.add(numbers)
  }

  #addNumber(counted: Evidence['number'] | undefined): void {
    this.number.count += counted?.count ?? 0
    this.number.sum += counted?.sum ?? 0
  }

  #addStopped(counters: Window['counters']): void {
    const stopped = counters['legitimate.stopped']?.sum ?? 0
    this.number.count += stopped + (counters['legitimate.passed']?.sum ?? 0)
    this.number.sum += stopped
  }

  add(other: EvidenceSum): void {
    addCounts(this.counts, other.counts)
    this.times.add(other.times)
    addShoppers(this.visits, other.visits)
    this.#addNumber(other.number)
    this.arrivals += other.arrivals
    this.coveredMs += other.coveredMs
  }

  reset(): void {
    Object.assign(this.counts, noCounts())
    this.times.reset()
    Object.assign(this.visits, noShoppers())
    Object.assign(this.number, { count: 0, sum: 0 })
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
