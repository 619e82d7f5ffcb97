// How requests ended over time: answered, degraded, failed, never sent, one on the other. Knows nothing of SVG.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayCount, sayPlain, sayRate, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import { condense, perSec } from './condense.ts'
import { figureMarkup } from './figure.ts'
import type { Markup } from './markup.ts'
import type { InkName } from './palette.ts'
import { common, lengthMs } from './run-stage.ts'

type Outcome = {
  readonly key: 'ok' | 'degraded' | 'failed' | 'dropped'
  readonly ink: InkName
  readonly text: string
  readonly edge?: InkName
}

/** From the foot up. */
const outcomes: readonly Outcome[] = [
  { key: 'ok', ink: 'okFill', edge: 'ok', text: 'answered ok' },
  { key: 'degraded', ink: 'degradedFill', edge: 'degraded', text: 'answered degraded' },
  { key: 'failed', ink: 'failedFill', text: 'failed' },
  { key: 'dropped', ink: 'dropped', text: 'never sent' },
]

export function outcomesFigure(report: Report): Markup {
  const { timeline } = report
  const seen = outcomes.filter(({ key }) => key === 'ok' || timeline.some((row) => row[key] > 0))
  const isClean = !seen.some(({ key }) => key === 'failed' || key === 'dropped')
  return figureMarkup(timeline, {
    id: 'outcomes',
    title: 'How requests ended',
    joined: 'the mean rate of',
    keys: seen.map(({ ink, text }) => ({ ink, text, look: 'area' })),
    note: isClean && timeline.length > 0 ? 'No request failed and none was left unsent.' : null,
    draw: (rows) => ({
      ...common(report, `How requests ended over ${saySpan(lengthMs(report))}: ${inWords(condense(timeline, Number.POSITIVE_INFINITY))}`),
      axis: 'requests a second',
      areas: seen.map((outcome, i) => stacked(rows, outcome, seen.slice(0, i + 1))).toReversed(),
      lines: [],
      levels: [],
      scale: 'linear',
      sayValue: sayPlain,
    }),
    columns: [
      ...outcomes.map(({ key, text }) => ({ title: text, text: (row: TimelineRow) => sayRate(perSec(row[key], row.lastingMs)) })),
      { title: 'requests in all', text: (row) => sayCount(row.ok + row.degraded + row.failed + row.dropped) },
      { title: 'under way', text: (row) => sayCount(row.inFlight) },
    ],
  })
}

function stacked(rows: readonly TimelineRow[], { ink, edge, key }: Outcome, below: readonly Outcome[]) {
  const bins = rows.map((row) => {
    const sum = below.reduce((all, outcome) => all + row[outcome.key], 0)
    // Where there was none of it, only what lies below is drawn.
    return { fromMs: row.startMs, toMs: row.startMs + row.lastingMs, value: row[key] === 0 ? null : perSec(sum, row.lastingMs) }
  })
  return { ink, ...(edge === undefined ? {} : { edge }), bins }
}

function inWords(rows: readonly TimelineRow[]): string {
  const peak = rows.reduce((most, row) => Math.max(most, perSec(row.sent, row.lastingMs)), 0)
  const worst = rows.reduce((most, row) => Math.max(most, perSec(row.failed + row.dropped, row.lastingMs)), 0)
  return `at most ${sayRate(peak)} sent, at most ${sayRate(worst)} failed or never sent.`
}
