// Percentiles with how sure they are, as text and all of them in rows. Knows nothing of layout; nothing here is escaped yet.
import type { Pct, PctInterval, ToldPercentile } from '@doorbuster/measurements'
import { missingSamples } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { nothing, sayCount, sayMs } from './format.ts'

/**
 * The percentile, or how many samples it lacks. p99.9 alone is kept back: of fewer than 3,688 samples it is little else than the slowest of them, and
 * nothing bounds it from above.
 */
export function sayPercentile(pct: Pct, percentile: ToldPercentile): string {
  const missing = percentile === 'p999' && pct.count > 0 ? missingSamples(pct.count, percentile) : 0
  return missing > 0 ? `${sayCount(missing)} missing` : sayMs(pct[percentile])
}

/** The interval of a percentile: `790–840 ms`, `950 ms–1.2 s`; one that is open: `≥ 790 ms`. */
export function sayInterval([low, high]: PctInterval = [null, null]): string {
  if (low === null || high === null) return low === null ? (high === null ? nothing : `≤ ${sayMs(high)}`) : `≥ ${sayMs(low)}`
  const [from, to] = [sayMs(low), sayMs(high)]
  if (from === to) return to
  const unit = / (?:ms|s)$/.exec(to)?.[0] ?? ''
  return `${unit !== '' && /^[\d.]+ m?s$/.test(from) && from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`
}

/** One set of times of the whole run, of a phase or of a step, with each percentile and its interval; `interval` is empty where none is known. */
export type PercentileRow = {
  readonly of: string
  readonly times: 'response' | 'service' | 'failed'
  readonly samples: string
  readonly cells: readonly { readonly value: string; readonly interval: string }[]
}

const titles: Readonly<Record<ToldPercentile, string>> = { p50: 'p50', p90: 'p90', p95: 'p95', p99: 'p99', p999: 'p99.9' }
const percentiles = Object.keys(titles) as readonly ToldPercentile[]

export const percentileTitles: readonly string[] = Object.values(titles)

/** Those that have a sample. */
export function allPercentiles(summary: Summary): readonly PercentileRow[] {
  const parts = [{ name: 'whole run', ...times(summary) }, ...summary.phases, ...summary.steps]
  return parts.flatMap(({ name, responseMs, serviceMs, failedMs }) => [
    ...rowOf(name, 'response', responseMs),
    ...rowOf(name, 'service', serviceMs),
    ...rowOf(name, 'failed', failedMs),
  ])
}

function times({ responseMs, serviceMs, failedMs }: Summary): Pick<Summary, 'responseMs' | 'serviceMs' | 'failedMs'> {
  return { responseMs, serviceMs, failedMs }
}

function rowOf(of: string, times: PercentileRow['times'], pct: Pct): readonly PercentileRow[] {
  if (pct.count === 0) return []
  const cells = percentiles.map((percentile) => {
    const value = sayPercentile(pct, percentile)
    const isKept = percentile !== 'p999' || missingSamples(pct.count, percentile) === 0
    return {
      title: titles[percentile],
      value,
      interval: isKept && pct.intervals !== undefined ? sayInterval(pct.intervals[percentile]) : '',
    }
  })
  return [{ of, times, samples: sayCount(pct.count), cells }]
}

export const percentilesNote = `Below each: its 95 % interval from order statistics, with no assumption of how times are spread, but as if requests were independent of each other; ≥ where too few samples bound it from above. p99.9 needs ${sayCount(missingSamples(0, 'p999'))} samples; with fewer it says how many are missing.`
