// The answer as data. summary.json is the facts of the run and this judgement together.
import type { Facts } from '@doorbuster/measurements'
import type { ErrorBudget } from './error-budget.ts'
import type { LedgerFacts } from './ledger-facts.ts'
import type { TimeOutside } from './outside.ts'
import type { TargetFacts } from './target-facts.ts'

export type Verdict = 'go' | 'no-go' | 'inconclusive' | 'invalid'

export type ObjectiveResult = {
  readonly text: string
  /** An objective with no samples is `no-data`, never met. */
  readonly status: 'met' | 'missed' | 'no-data'
  /** True when a breach only warns. */
  readonly warnOnly: boolean
  readonly step: string | null
  /** What was looked at in place of a step: a class, a device, a group, or who answered. */
  readonly of: { readonly by: 'class' | 'device' | 'group' | 'answered-by'; readonly name: string } | null
  readonly phase: string | null
  /** In `unit`; null when there were no samples, or when the percentile falls among requests that were never answered. */
  readonly observed: number | null
  readonly limit: number
  readonly unit: 'ms' | 'ratio' | 'perSec' | 'count' | 'factor' | 'number'
  readonly samples: number
  /**
   * 95 % interval of `observed` from order statistics (percentiles) or Wilson (shares); of orders, what is certain and what is possible.
   * Null where none is known.
   */
  readonly low: number | null
  readonly high: number | null
  /** ms from the run's zero to the first breach (or the first breaching window); null when it was met. */
  readonly firstBreachMs: number | null
  /** Present where the interval holds the limit: the same target may well come out on its other side the next time. */
  readonly withinNoise?: true
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

/** What comparing parts of the run came to. `never`: it did not collapse, did not recover, or was not answered. */
export type Comparison = {
  readonly status: 'seen' | 'never' | 'unknown'
  /** Times in ms, ratios as such. */
  readonly value: number | null
  /** One plain sentence. */
  readonly because: string
}

/** How the shop took the peak and what came after it, whether or not an objective asks. */
export type Aftermath = {
  /** From the start of the doors to the first second in which the shop no longer held. */
  readonly collapseMs: Comparison
  /** To the first second in which it answered nobody; null when there was none. */
  readonly totalFailureMs: number | null
  readonly recoveryMs: Comparison
  readonly hysteresis: Comparison
  readonly herdPenalty: Comparison
  readonly stampede: Comparison
  /** attempts ÷ intents; null where nobody wanted anything. */
  readonly amplification: readonly { readonly phase: string; readonly factor: number | null }[]
}

export type Light = {
  readonly status: Verdict | 'not-rehearsed'
  /** A plain clause, without its full stop. */
  readonly because: string
}

/** One light a track. Grey is no green: a track without evidence is not rehearsed. */
export type Lights = { readonly capacity: Light; readonly resilience: Light; readonly trust: Light; readonly response: Light }

export type Judgement = {
  readonly verdict: Verdict
  /** Plain sentences, the decisive one first. */
  readonly reasons: readonly string[]
  readonly objectives: readonly ObjectiveResult[]
  readonly trust: readonly TrustCheck[]
  readonly aftermath: Aftermath
  /** Absent in summaries of an earlier version. */
  readonly lights?: Lights
  /** Absent for a run that had nothing to do with orders. */
  readonly ledger?: LedgerFacts
  /** Absent when not a single request ended. */
  readonly budget?: ErrorBudget
  /** Each objective that a second can be held against. */
  readonly outside?: readonly TimeOutside[]
  /** What this run says nothing about: plain sentences, the nearest to the plan first. */
  readonly notMeasured?: readonly string[]
  /** Absent for a run that read no metrics page. */
  readonly target?: TargetFacts
}

/** summary.json, the contract with CI; only ever added to within a version. */
export type Summary = { readonly schema: 'doorbuster/summary@1' } & Facts & Judgement
