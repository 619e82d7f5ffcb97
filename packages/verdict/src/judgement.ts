// The answer as data. summary.json is the facts of the run and this judgement together.
import type { Facts } from '@doorbuster/measurements'

export type Verdict = 'go' | 'no-go' | 'inconclusive' | 'invalid'

export type ObjectiveResult = {
  readonly text: string
  /** An objective with no samples is `no-data`, never met. */
  readonly status: 'met' | 'missed' | 'no-data'
  /** True when a breach only warns. */
  readonly warnOnly: boolean
  readonly step: string | null
  readonly phase: string | null
  /** In `unit`; null when there were no samples, or when the percentile falls among requests that were never answered. */
  readonly observed: number | null
  readonly limit: number
  readonly unit: 'ms' | 'ratio' | 'perSec' | 'count'
  readonly samples: number
  /** 95 % interval of `observed` from order statistics (percentiles) or Wilson (shares); null where none is known. */
  readonly low: number | null
  readonly high: number | null
  /** ms from the run's zero to the first breach (or the first breaching window); null when it was met. */
  readonly firstBreachMs: number | null
  /** One plain sentence: what was seen, and what to make of it. */
  readonly because: string
}

/** One test of the instrument itself. */
export type TrustCheck = {
  readonly name: 'lateness' | 'loop-delay' | 'gc' | 'cpu' | 'dropped-by-us' | 'little' | 'sent' | 'lost'
  readonly status: 'passed' | 'failed' | 'not-judged'
  /** One plain sentence with the figures, and, when failed, what would cure it. */
  readonly because: string
}

export type Judgement = {
  readonly verdict: Verdict
  /** Plain sentences, the decisive one first. */
  readonly reasons: readonly string[]
  readonly objectives: readonly ObjectiveResult[]
  readonly trust: readonly TrustCheck[]
}

/** summary.json, the contract with CI; only ever added to within a version. */
export type Summary = { readonly schema: 'doorbuster/summary@1' } & Facts & Judgement
