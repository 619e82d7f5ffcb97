// Times summed up in classic buckets, as Prometheus and OTLP want them. Knows nothing of who asks.
import type { Histogram } from '@doorbuster/measurements'
import type { HistogramPoint, Labels } from './metric.ts'

/** OpenTelemetry's own bounds for HTTP, and some around them: shops on one's own machine are quicker, queues before a sale are slower. */
export const boundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60] as const

const boundsUs = boundsSeconds.map((bound) => bound * 1e6)

export class Bucketed {
  readonly #counts: number[] = [...boundsUs, 0].map(() => 0)
  #count = 0
  #sumUs = 0

  add(histogram: Histogram): void {
    const [count, sumUs] = histogram.moments
    if (count === 0) return
    this.#count += count
    this.#sumUs += sumUs
    let bucket = 0
    // Each value is the highest of its fine bucket, so what lies across a bound counts as slower: off by 0.1 % at most, and never flattering.
    for (const { valueUs, count: here } of histogram.values()) {
      while (bucket < boundsUs.length && valueUs > (boundsUs[bucket] ?? 0)) bucket++
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + here
    }
  }

  point(labels: Labels): HistogramPoint {
    return { labels, counts: [...this.#counts], count: this.#count, sum: this.#sumUs / 1e6 }
  }
}
