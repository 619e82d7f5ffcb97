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
  /** Response time of the answers that the shop declared degraded. */
  | { readonly kind: 'degraded-response'; readonly at: 'avg' | 'max' | number }
  /** Requests sent per second. */
  | { readonly kind: 'rate' }
  /** Requests answered ok or degraded, per second. */
  | { readonly kind: 'goodput' }
  /** Of the shoppers whose visit ended, however it did: those who came to the end of their journey, lost patience, or were told no for good. */
  | { readonly kind: 'finished' | 'gave-up' | 'turned-away' }
  /** Tries ÷ what shoppers wanted. */
  | { readonly kind: 'amplification' }
  /** Time from the end of the highest stage until goodput and p99 are back at the baseline phase's, for good. */
  | { readonly kind: 'recovery' }
  /** From the start of the phase `doors` (else of the highest stage) to the first second in which the shop no longer held. */
  | { readonly kind: 'collapse' }
  /** p99 at the end of the aftershock ÷ p99 of the phase `baseline`: the same load, before and after. */
  | { readonly kind: 'hysteresis' }
  /** p99 of the phase `herd` ÷ p99 of the phase `jittered`: the same load, all at once and spread evenly. */
  | { readonly kind: 'herd-penalty' }
  /** Fetches of the origin in the worst herd ÷ the cold keys it asked for at each edge. */
  | { readonly kind: 'stampede' }
  /** Legitimate shoppers' requests that a defence refused ÷ all of theirs that met one. */
  | { readonly kind: 'stopped' }
  /** Counts of what must not happen: sold beyond stock, orders twice, prices or sums that do not agree, data of another shopper. */
  | { readonly kind: 'ledger'; readonly of: 'oversold' | 'duplicates' | 'mismatches' | 'leaks' }
  /** Counts of what should never have been seen in an answer. */
  | { readonly kind: 'findings'; readonly of: 'personal-data' | 'shared-sessions' | 'open-doors' }
  /** What a journey's own counter came to. */
  | { readonly kind: 'counter'; readonly name: string }
  /** A series of the target's metrics pages; `name` may begin with its page's. */
  | { readonly kind: 'target'; readonly name: string }
  /** A statistic of a journey's own numbers. */
  | { readonly kind: 'trend'; readonly name: string; readonly at: 'avg' | 'max' | number }

export type Op = '<' | '<=' | '>' | '>=' | '=='
/** `factor`: how many times as much; `number`: of a unit that only the journey knows. */
export type Unit = 'ms' | 'ratio' | 'perSec' | 'count' | 'factor' | 'number'

/**
 * What an objective may look at beside a step: a class of shoppers, the devices they came with, a group of a journey's requests (its time is the
 * whole group's), or whoever gave the answer.
 */
export type ObjectiveOf = { readonly by: 'class' | 'device' | 'group' | 'answered-by'; readonly name: string }

/** `for`: broken when every second of that length breaks it in a row. `within`: broken when the aggregate over any moving window of that length breaks it. */
export type Span = { readonly kind: 'for' | 'within'; readonly lastingMs: number }

/** What a breach does: `judge` decides the verdict at the end, `abort` also stops the run once `afterMs` have passed, `warn` only says so. */
export type OnBreach = { readonly kind: 'judge' } | { readonly kind: 'abort'; readonly afterMs: number } | { readonly kind: 'warn' }

export type Objective = {
  /** Canonical text; parses back to the same objective. */
  readonly text: string
  readonly metric: Metric
  readonly step?: string
  /** Never together with a step. */
  readonly of?: ObjectiveOf
  readonly op: Op
  /** In `unit`. */
  readonly limit: number
  readonly unit: Unit
  readonly phase?: string
  readonly span?: Span
  readonly onBreach: OnBreach
}
