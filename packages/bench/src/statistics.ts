// What several rounds say together. Pure sums; knows nothing of what was measured.

/** Where the values of all rounds lie. In a few rounds the range says more than the deviation, in many the deviation more. */
export type Spread = {
  readonly median: number
  readonly low: number
  readonly high: number
  /** Median absolute deviation from the median, in the values' own unit and not scaled to a standard deviation. */
  readonly mad: number
}

/** Null without values: what was never measured has no middle. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const middle = median(values)
  return {
    median: middle,
    low: Math.min(...values),
    high: Math.max(...values),
    mad: median(values.map((value) => Math.abs(value - middle))),
  }
}

/** Of an even number of values, the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[sorted.length >> 1] ?? Number.NaN
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN
  return (lower + upper) / 2
}
