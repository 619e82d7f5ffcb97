// Percentiles of response times over time, as bands. Knows nothing of SVG.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayMs, saySpan, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import { figureMarkup } from './figure.ts'
import type { Markup } from './markup.ts'
import type { InkName } from './palette.ts'
import { common, extreme, lengthMs, levelsOf } from './run-stage.ts'

type Percentile = { readonly key: 'p50' | 'p95' | 'p99' | 'max'; readonly ink: InkName; readonly edge: InkName; readonly text: string }

/** The highest first: each is drawn over the one before. */
const percentiles: readonly Percentile[] = [
  { key: 'max', ink: 'bandMax', edge: 'max', text: 'slowest' },
  { key: 'p99', ink: 'bandP99', edge: 'p99', text: 'p99' },
  { key: 'p95', ink: 'bandP95', edge: 'bandP95', text: 'p95' },
  { key: 'p50', ink: 'bandP50', edge: 'bandP50', text: 'p50, half of all answers' },
]

export function responseFigure(report: Report): Markup {
  const { timeline } = report
  const of = (key: Percentile['key']): readonly (number | null)[] => timeline.map((row) => row[key])
  const [least, most] = [extreme(of('p50'), Math.min), extreme(of('p99'), Math.max)]
  const levels = levelsOf(report)
  const top = Math.max(extreme(of('max'), Math.max) ?? 0, ...levels.map((level) => level.value))
  const scale = least !== null && top > 20 * Math.max(least, 0.001) ? 'log' : 'linear'
  return figureMarkup(timeline, {
    id: 'response',
    title: 'Response time, from due to done',
    note: scale === 'log' ? 'The scale is logarithmic: equal steps up are equal factors.' : null,
    joined: 'the worst second of',
    keys: [
      ...percentiles.toReversed().map(({ ink, text }) => ({ ink, text, look: 'area' }) as const),
      ...(levels.length > 0 ? [{ ink: 'limit', text: 'allowed by an objective' } as const] : []),
    ],
    draw: (rows) => ({
      ...common(
        report,
        `Response time over ${saySpan(lengthMs(report))}: the 50th percentile of a second was at best ${sayMs(least)}, the 99th at worst ${sayMs(most)}.`,
      ),
      axis: 'response time',
      levels,
      scale,
      sayValue: sayTick,
      areas: percentiles.map(({ key, ink, edge }) => ({ ink, edge, bins: binsOf(rows, key) })),
      lines: [],
    }),
    columns: percentiles.toReversed().map(({ key }) => ({ title: key, text: (row) => sayMs(row[key]) })),
  })
}

function binsOf(rows: readonly TimelineRow[], key: Percentile['key']) {
  return rows.map((row) => ({ fromMs: row.startMs, toMs: row.startMs + row.lastingMs, value: row[key] }))
}
