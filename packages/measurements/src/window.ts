// One second of what happened. The generator emits windows, the run folder stores them, everything later adds them up.
import { summedName } from './by-name.ts'
import type { Counter } from './counters.ts'
import type { Counts } from './counts.ts'
import type { Cut } from './cut.ts'
import type { Histogram } from './histogram.ts'
import type { Finding, OrderEntry } from './ledger-entries.ts'
import type { Tenths } from './tenths.ts'

/**
 * The requests of one step inside one phase. A request belongs to the phase in which its shopper's arrival was due, however
 * late it is done; `phase` is null where the traffic names none.
 */
export type Cell = {
  readonly phase: string | null
  readonly step: string
  readonly counts: Counts
  /** Failed and dropped by cause (`status:503`, `timeout`, `dropped:theirs-no-socket` …); their sum is failed + dropped. */
  readonly causes: Record<string, number>
  /** Response time (due to done) of ok and degraded. */
  readonly response: Histogram
  /** Service time (sent to done) of ok and degraded. */
  readonly service: Histogram
  /** Response time of failed. */
  readonly failedResponse: Histogram
}

/**
 * Shoppers in one window. At the end of a run: due = finished + gaveUp + turnedAway + threw + dropped + cut. `gaveUp` lost patience,
 * `turnedAway` was told no by the shop for good, `threw` is a journey's own exception, `cut` a shopper who was still under way when the
 * drain time was over. `finishedDegraded` are those of the finished who were given a degraded answer on the way.
 */
export type ShopperCounts = {
  due: number
  started: number
  finished: number
  finishedDegraded: number
  gaveUp: number
  turnedAway: number
  threw: number
  dropped: number
  cut: number
}

export const noShoppers = (): ShopperCounts => ({
  due: 0,
  started: 0,
  finished: 0,
  finishedDegraded: 0,
  gaveUp: 0,
  turnedAway: 0,
  threw: 0,
  dropped: 0,
  cut: 0,
})

export function addShoppers(into: ShopperCounts, from: Readonly<ShopperCounts>): void {
  for (const key of Object.keys(into) as (keyof ShopperCounts)[]) into[key] += from[key]
}

export type CheckCounts = { passed: number; failed: number }

export function addChecks(into: Record<string, CheckCounts>, from: Readonly<Record<string, CheckCounts>>): void {
  for (const [name, { passed, failed }] of Object.entries(from)) {
    const known = summedName(into, name)
    const sum = into[known] ?? { passed: 0, failed: 0 }
    into[known] = sum
    sum.passed += passed
    sum.failed += failed
  }
}

/** Null, which nobody measured, adds nothing. */
export function addPauses(one: Window['gcPauseMs'], other: Window['gcPauseMs']): Window['gcPauseMs'] {
  if (one === null || other === null) return one ?? other
  return { total: one.total + other.total, max: Math.max(one.max, other.max) }
}

export type Window = {
  /** From 0; a window starts at index × 1 s after the run's zero and may be shorter at the end. */
  readonly index: number
  readonly startMs: number
  readonly lastingMs: number
  readonly cells: readonly Cell[]
  /** Absent in folders of an earlier version. */
  readonly tenths?: Tenths
  readonly shoppers: ShopperCounts
  readonly checks: Readonly<Record<string, CheckCounts>>
  /** The requests again, by who sent or answered them; transactions; visits. Those in which something happened. */
  readonly cuts: readonly Cut[]
  readonly counters: Readonly<Record<string, Counter>>
  /** Numbers of which the percentiles count, by name: 0 to 3.6 million, three significant digits; times are ms. */
  readonly trends: Readonly<Record<string, Histogram>>
  readonly orders: readonly OrderEntry[]
  /** Each kind and place once. */
  readonly findings: readonly Finding[]
  /** sent − due of requests sent in this window that were owed at a moment of their own: by an arrival, or after a time to think. */
  readonly lateness: Histogram
  /** Every connection opened in this window, once: how long TCP took, and how long TLS did after it. A failed attempt has no time. */
  readonly connect: Histogram
  readonly handshake: Histogram
  /** Requests under way: the mean over the time of the window, exact, and the most. */
  readonly inFlight: { readonly mean: number; readonly max: number }
  /** Event-loop delay of the sending thread; of several, of the one that was held up longest. */
  readonly loopDelayMs: { readonly p99: number; readonly max: number }
  /** Pauses of the sending threads for garbage collection, added up, and the longest; null where nobody measured them. */
  readonly gcPauseMs: { readonly total: number; readonly max: number } | null
  /** The sending threads, each once, by id. */
  readonly threads: readonly ThreadCpu[]
}

/** CPU time of one thread in one window; null where the platform cannot tell. */
export type ThreadCpu = { readonly id: number; readonly cpuMs: number | null }
