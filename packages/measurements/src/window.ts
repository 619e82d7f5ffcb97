// One second of what happened. The generator emits windows, the run folder stores them, everything later adds them up.
import type { Histogram } from './histogram.ts'

/** Whole numbers. Each is counted in the window in which it happened: `due` when owed, `sent` when sent, outcomes when done. */
export type Counts = {
  due: number
  sent: number
  ok: number
  degraded: number
  failed: number
  dropped: number
  bytesIn: number
  bytesOut: number
}

export const noCounts = (): Counts => ({ due: 0, sent: 0, ok: 0, degraded: 0, failed: 0, dropped: 0, bytesIn: 0, bytesOut: 0 })

/**
 * The requests of one step inside one phase. A request belongs to the phase in which its shopper's arrival was due, however
 * late it is done; `phase` is null where the traffic names none.
 */
export type Cell = {
  readonly phase: string | null
  readonly step: string
  readonly counts: Counts
  /** Failed and dropped by cause (`status:503`, `timeout`, `dropped:theirs-sockets` …); their sum is failed + dropped. */
  readonly causes: Record<string, number>
  /** Response time (due to done) of ok and degraded. */
  readonly response: Histogram
  /** Service time (sent to done) of ok and degraded. */
  readonly service: Histogram
  /** Response time of failed. */
  readonly failedResponse: Histogram
}

/**
 * Shoppers in one window. At the end of a run: due = finished + threw + dropped + cut. `threw` is a journey's own exception,
 * `cut` a shopper who was still under way when the drain time was over.
 */
export type ShopperCounts = { due: number; started: number; finished: number; threw: number; dropped: number; cut: number }

export const noShoppers = (): ShopperCounts => ({ due: 0, started: 0, finished: 0, threw: 0, dropped: 0, cut: 0 })

export type CheckCounts = { passed: number; failed: number }

export type Window = {
  /** From 0; a window starts at index × 1 s after the run's zero and may be shorter at the end. */
  readonly index: number
  readonly startMs: number
  readonly lastingMs: number
  readonly cells: readonly Cell[]
  readonly shoppers: ShopperCounts
  readonly checks: Readonly<Record<string, CheckCounts>>
  /** sent − due of requests sent in this window that were owed at a moment of their own: by an arrival, or after a time to think. */
  readonly lateness: Histogram
  /** Requests under way: the mean of samples taken through the window, the most, and how many samples. */
  readonly inFlight: { readonly mean: number; readonly max: number; readonly samples: number }
  /** Event-loop delay of the sending thread. */
  readonly loopDelayMs: { readonly p99: number; readonly max: number }
}
