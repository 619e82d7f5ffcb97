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
/** In each decade; round ones, so that p50, p75, p90, p95, p99 and p99.9 are among them. */
const marks: readonly number[] = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/** From the smallest value up to the highest percentile that the samples carry. */
export function curvePoints(histogram: Histogram): readonly CurvePoint[] {
  const most = histogram.count / leastBeyond
  if (most < 1) return []
  const decades = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, i) => 10 ** i)
  const carried = decades.flatMap((decade) => marks.map((mark) => mark * decade)).filter((beyond) => beyond <= most)
  const all = most > (carried.at(-1) ?? 1) ? [...carried, most] : carried
  return all.map((beyond) => [beyond, histogram.percentileMs(100 * (1 - 1 / beyond)) ?? 0])
}
