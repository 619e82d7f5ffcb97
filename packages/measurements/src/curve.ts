// How response times are distributed, as a curve for a percentile plot. Knows nothing of how it is drawn.
import type { Histogram } from './histogram.ts'

/** `beyond` = 1 ÷ (1 − p): 2 is the median, 100 is p99, 1,000 is p99.9. */
export type CurvePoint = readonly [beyond: number, ms: number]

export type Curve = {
  /** Null: all steps together. */
  readonly step: string | null
  readonly of: 'response' | 'service'
  readonly count: number
  readonly points: readonly CurvePoint[]
}

/** Percentiles that fewer answers than this lie at or above are left out: their next run would be another. */
const leastBeyond = 10
const pointsPerDecade = 12

/** From the smallest value up to the highest percentile that the samples carry. */
export function curvePoints(histogram: Histogram): readonly CurvePoint[] {
  const { count } = histogram
  const most = count / leastBeyond
  if (most < 1) return []
  const whole = Math.floor(Math.log10(most) * pointsPerDecade + 1e-9)
  const marks = Array.from({ length: whole + 1 }, (_, i) => 10 ** (i / pointsPerDecade))
  const last = marks.at(-1) ?? 1
  return (most > last * 1.01 ? [...marks, most] : marks).map((beyond) => [beyond, histogram.percentileMs(100 * (1 - 1 / beyond)) ?? 0])
}
