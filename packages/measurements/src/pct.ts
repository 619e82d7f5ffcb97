// A set of durations in a few numbers, as summary.json says it.

/** Times in fractional ms; all null when nothing was counted, so that no reader takes an empty set for a fast one. */
export type Pct = {
  readonly count: number
  readonly mean: number | null
  readonly min: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly p999: number | null
  readonly max: number | null
}
