// What a comparison says, as data.
import type { ComparedScope, Percentile } from './scope-sums.ts'

/** `cannot-tell`: what was measured leaves room for both. */
export type ComparedAnswer = 'worse' | 'not-worse' | 'cannot-tell'

export type ComparedMeasure = Percentile | 'goodput' | 'failures'

/** Between two figures, with a 95 % interval. */
export type Change = { readonly value: number; readonly low: number; readonly high: number }

/** One figure of one scope in both runs. Percentiles in ms, goodput per second, failures as a share. */
export type ComparedRow = ComparedScope & {
  readonly measure: ComparedMeasure
  readonly base: number | null
  readonly new: number | null
  /** new − base, in the measure's own unit. */
  readonly difference: Change | null
  /** new ÷ base; null for failures, whose base is often 0. */
  readonly ratio: Change | null
  /** Response times (failures: outcomes are not counted here) in both. */
  readonly samples: { readonly base: number; readonly new: number }
  /** Up to here a change counts as none: a share of the base, of failures a difference. */
  readonly band: number
  readonly answer: ComparedAnswer
  /** Empty where the numbers say it all. */
  readonly because: string
  /** The chance of so bad a change, or a worse one, if there was none beyond the band; null where nothing is known. */
  readonly chance: number | null
}

/** One new run against the base. */
export type ComparedRun = {
  readonly name: string
  readonly startedAt: string
  readonly planHash: string
  readonly answer: ComparedAnswer
  /** Plain sentences, the decisive one first. */
  readonly reasons: readonly string[]
  /** The whole run first, then phases, steps, and steps in phases. */
  readonly rows: readonly ComparedRow[]
}

export type ComparisonRules = {
  /** Smallest change that counts as one: a share. */
  readonly toleranceRatio: number
  /** Smallest change worth knowing: a share. Until the interval excludes it, "not worse" is not said. */
  readonly effectRatio: number
  /** The same of the share of failures, as differences. */
  readonly failureTolerance: number
  readonly failureEffect: number
  readonly resamples: number
  readonly seed: number
}

/** What `compare` and `--compare` tell. */
export type RunComparison = {
  readonly schema: 'doorbuster/comparison@1'
  readonly base: { readonly name: string; readonly startedAt: string; readonly planHash: string }
  readonly answer: ComparedAnswer
  readonly rules: ComparisonRules
  /** Runs that only served to tell how much two equal runs differ. */
  readonly noiseRuns: number
  /** In what the runs differ and were compared all the same. */
  readonly remarks: readonly string[]
  readonly runs: readonly ComparedRun[]
}

export const usualRules: ComparisonRules = {
  toleranceRatio: 0.02,
  effectRatio: 0.1,
  failureTolerance: 0.001,
  failureEffect: 0.005,
  resamples: 1_000,
  seed: 1,
}
