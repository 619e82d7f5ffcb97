// Two runs held against each other, as data. comparison.json is one of these.
import type { Verdict } from '../judgement.ts'

export type ComparisonAnswer = 'worse' | 'not worse' | 'cannot tell'

export type ComparedMetric = 'p50' | 'p95' | 'p99' | 'errors' | 'goodput'

/** One of the two. `folder` as its reader named it. */
export type ComparedRun = {
  readonly folder: string
  readonly name: string
  readonly startedAt: string
  readonly verdict: Verdict
  readonly planHash: string
  /** What was sent per second of the traffic, by plan; null in the closed model. */
  readonly peakPerSec: number | null
}

export type ComparisonRow = {
  readonly of: 'run' | 'phase' | 'step'
  readonly name: string
  readonly metric: ComparedMetric
  /** ms, a share, or answers per second; null: never answered, or nobody came. */
  readonly base: number | null
  readonly new: number | null
  /**
   * How far it has moved for the worse: new ÷ base of a time, base ÷ new of goodput, new − base of errors. With its 95 % interval. Null where it
   * cannot be said or has no end.
   */
  readonly change: number | null
  readonly low: number | null
  readonly high: number | null
  /** Requests behind each of the two. */
  readonly samples: readonly [base: number, new: number]
  /** Chance of seeing so much where nothing is worse by more than the band, over all rows together (Holm); null: not judged. */
  readonly chance: number | null
  readonly answer: ComparisonAnswer
  /** One plain sentence. */
  readonly because: string
}

export type ComparisonSettings = {
  /** What two runs of one system may differ by, as a ratio above 1 (1.05: 5 %), and what is worth knowing. Of shares: as a difference. */
  readonly bandRatio: number
  readonly mattersRatio: number
  readonly bandErrors: number
  readonly mattersErrors: number
  /** A time that has moved by no more than this is felt by nobody. */
  readonly floorMs: number
  readonly resamples: number
  readonly seed: number
}

export type RunComparison = {
  readonly schema: 'doorbuster/comparison@1'
  readonly base: ComparedRun
  readonly new: ComparedRun
  readonly answer: ComparisonAnswer
  /** Plain sentences, the decisive one first. */
  readonly reasons: readonly string[]
  /** What differs between the two runs beside what they measured. */
  readonly remarks: readonly string[]
  readonly rows: readonly ComparisonRow[]
  readonly settings: ComparisonSettings
}
