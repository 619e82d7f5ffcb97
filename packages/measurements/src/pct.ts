// A set of durations in a few numbers, as summary.json says it, and how sure its percentiles are.
import { rankInterval, samplesForClosed } from './rank-interval.ts'

/** The percentiles that are told, as shares. */
export const toldShares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const
export type ToldPercentile = keyof typeof toldShares

/** ms, both ends samples that were measured; null: so few samples bound that side by nothing. */
export type PctInterval = readonly [low: number | null, high: number | null]

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
  /** 95 % intervals of the percentiles, from order statistics. Absent when nothing was counted, and in summaries of an earlier version. */
  readonly intervals?: Readonly<Record<ToldPercentile, PctInterval>>
}

/** `valueAtRankMs` is asked for ranks from 1 to `count` alone. */
export function pctIntervals(count: number, valueAtRankMs: (rank: number) => number): NonNullable<Pct['intervals']> {
  const of = (share: number): PctInterval => {
    const { low, high } = rankInterval(count, share)
    return [low < 1 ? null : valueAtRankMs(low), high > count ? null : valueAtRankMs(high)]
  }
  const { p50, p90, p95, p99, p999 } = toldShares
  return { p50: of(p50), p90: of(p90), p95: of(p95), p99: of(p99), p999: of(p999) }
}

/** How many samples a percentile lacks before its interval is closed; 0: none. Fewer say how slow it was at least, and not at most. */
export function missingSamples(count: number, percentile: ToldPercentile): number {
  return Math.max(0, samplesForClosed(toldShares[percentile]) - count)
}
