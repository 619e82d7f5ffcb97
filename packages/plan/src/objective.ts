// What must hold, as data. The text form and its grammar live in parse-objective.ts.

/** Times are judged in ms, shares as ratios 0 to 1, rates per second. */
export type Metric =
  /** Response time (due to done) at a percentile 0–100, or its mean or maximum. A failed request ranks above every answered one. */
  | { readonly kind: 'response'; readonly at: 'avg' | 'max' | number }
  /** sent − due: the instrument's own error. */
  | { readonly kind: 'lateness'; readonly at: 'avg' | 'max' | number }
  /** (failed + dropped) ÷ (done + dropped). */
  | { readonly kind: 'errors' }
  /** degraded ÷ done. */
  | { readonly kind: 'degraded' }
  /** Requests sent per second. */
  | { readonly kind: 'rate' }
  /** Requests answered ok or degraded, per second. */
  | { readonly kind: 'goodput' }
  /** Time from the end of the highest stage until goodput and p99 are back at the baseline phase's, for good. */
  | { readonly kind: 'recovery' }
  /** Counts of what must not happen: sold beyond stock, orders twice, data of another shopper. */
  | { readonly kind: 'ledger'; readonly of: 'oversold' | 'duplicates' | 'leaks' }

export type Op = '<' | '<=' | '>' | '>=' | '=='
export type Unit = 'ms' | 'ratio' | 'perSec' | 'count'

/** `for`: broken when every second of that length breaks it in a row. `within`: broken when the aggregate over any moving window of that length breaks it. */
export type Span = { readonly kind: 'for' | 'within'; readonly lastingMs: number }

/** What a breach does: `judge` decides the verdict at the end, `abort` also stops the run once `afterMs` have passed, `warn` only says so. */
export type OnBreach = { readonly kind: 'judge' } | { readonly kind: 'abort'; readonly afterMs: number } | { readonly kind: 'warn' }

export type Objective = {
  /** Canonical text; parses back to the same objective. */
  readonly text: string
  readonly metric: Metric
  readonly step?: string
  readonly op: Op
  /** In `unit`. */
  readonly limit: number
  readonly unit: Unit
  readonly phase?: string
  readonly span?: Span
  readonly onBreach: OnBreach
}
