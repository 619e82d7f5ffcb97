// Percentiles with how sure they are, as text and as a table of all of them. Knows nothing of layout; nothing here is escaped yet.
import type { Pct, PctInterval, ToldPercentile } from '@doorbuster/measurements'
import { missingSamples } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { nothing, sayCount, sayMs } from './format.ts'
import type { Field, Table } from './table.ts'
import { left, right, tableOf } from './table.ts'

/**
 * The percentile, or how many samples it lacks. p99.9 alone is kept back: of fewer than 3,688 samples it is little else than the slowest of them, and
 * nothing bounds it from above.
 */
export function sayPercentile(pct: Pct, percentile: ToldPercentile): string {
  const missing = percentile === 'p999' && pct.count > 0 ? missingSamples(pct.count, percentile) : 0
  return missing > 0 ? `${sayCount(missing)} missing` : sayMs(pct[percentile])
}

const tailNote = `p99.9 needs ${sayCount(missingSamples(0, 'p999'))} samples to be bounded from above; with fewer it says how many are missing.`

/** Whether a table of these has a p99.9 that is kept back. */
function lacksTail(all: readonly Pct[]): boolean {
  return all.some(({ count }) => count > 0 && missingSamples(count, 'p999') > 0)
}

/** The interval of a percentile: `790–840 ms`, `950 ms–1.2 s`; one that is open: `≥ 790 ms`. */
export function sayInterval([low, high]: PctInterval = [null, null]): string {
  if (low === null || high === null) return low === null ? (high === null ? nothing : `≤ ${sayMs(high)}`) : `≥ ${sayMs(low)}`
  const [from, to] = [sayMs(low), sayMs(high)]
  if (from === to) return to
  const unit = / (?:ms|s)$/.exec(to)?.[0] ?? ''
  return `${unit !== '' && /^[\d.]+ m?s$/.test(from) && from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`
}

type Row = { readonly of: string; readonly times: string; readonly pct: Pct }

/** Of the whole run, each phase and each step. The note says what the brackets are. */
export function percentilesTable(summary: Summary): Table {
  const at = (title: string, percentile: ToldPercentile): Field<Row> => ({
    ...right(title),
    text: ({ pct }) => {
      const value = sayPercentile(pct, percentile)
      const interval = sayInterval(pct.intervals?.[percentile])
      return pct.intervals === undefined || value.endsWith('missing') ? value : `${value} (${interval})`
    },
  })
  const rows = allRows(summary)
  const tail = lacksTail(rows.map(({ pct }) => pct)) ? ` ${tailNote}` : ''
  return tableOf(
    'All percentiles',
    `In brackets: the 95 % interval from order statistics, with no assumption of how times are spread, but as if requests were independent of each other; ≥ where too few samples bound it from above.${tail}`,
    [
      { ...left('of'), text: (one) => one.of },
      { ...left('time'), text: (one) => one.times },
      { ...right('samples'), text: ({ pct }) => sayCount(pct.count) },
      at('p50', 'p50'),
      at('p90', 'p90'),
      at('p95', 'p95'),
      at('p99', 'p99'),
      at('p99.9', 'p999'),
    ],
    rows,
  )
}

function allRows(summary: Summary): readonly Row[] {
  const parts = [
    { of: 'whole run', ...summary },
    ...summary.phases.map((phase) => ({ of: phase.name, ...phase })),
    ...summary.steps.map((step) => ({ of: step.name, ...step })),
  ]
  return parts
    .flatMap(({ of, responseMs, serviceMs, failedMs }) => [
      { of, times: 'response', pct: responseMs },
      { of, times: 'service', pct: serviceMs },
      { of, times: 'failed', pct: failedMs },
    ])
    .filter(({ pct }) => pct.count > 0)
}
