// Which lines tell a run's story: traffic, response times, the instrument's lateness. Knows nothing of SVG or of the chart library.
import type { TimelineRow } from '@doorbuster/measurements'
import type { ObjectiveResult } from '@doorbuster/verdict'
import { sayCount, sayMs, sayPlain, sayRate, saySpan, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import { condense, perSec, plannedPoints, pointsOf, withoutRests } from './condense.ts'
import { figureMarkup } from './figure.ts'
import type { Markup } from './markup.ts'
import type { Drawing, Level, Line } from './svg.ts'

export function trafficFigure(report: Report): Markup {
  const { start, timeline } = report
  const { shoppers, totals } = report.summary
  const perShopper = shoppers.due !== totals.due
  const someDegraded = timeline.some((row) => row.degraded > 0)
  const someFailed = timeline.some((row) => row.failed + row.dropped > 0)
  const rate =
    (value: (row: TimelineRow) => number) =>
    (row: TimelineRow): number =>
      perSec(value(row), row.lastingMs)
  const notAnswered = rate((row) => row.failed + row.dropped)
  return figureMarkup(report.timeline, {
    id: 'traffic',
    title: 'Requests a second',
    joined: 'the mean rate of',
    keys: [
      ...(start.planned.arrivals.length > 0 ? [{ ink: 'planned', text: perShopper ? 'planned shoppers' : 'planned' } as const] : []),
      { ink: 'sent', text: 'sent' },
      { ink: 'ok', text: 'answered ok' },
      ...(someDegraded ? [{ ink: 'degraded', text: 'answered degraded' } as const] : []),
      { ink: 'failed', text: someFailed ? 'failed or never sent' : 'failed or never sent (none)' },
    ],
    draw: (rows, points) => ({
      ...common(
        report,
        `Requests a second over ${saySpan(lengthMs(report))}: ${trafficInWords(condense(timeline, Number.POSITIVE_INFINITY))}`,
      ),
      levels: [],
      scale: 'linear',
      sayValue: sayPlain,
      lines: [
        {
          ink: 'ok',
          points: pointsOf(
            rows,
            rate((row) => row.ok),
          ),
          widthPx: 2,
          filled: true,
        },
        {
          ink: 'sent',
          points: pointsOf(
            rows,
            rate((row) => row.sent),
          ),
          widthPx: 1.2,
        },
        { ink: 'planned', points: plannedPoints(start.planned, points), widthPx: 1.5, dash: 'dashed' },
        ...(someDegraded
          ? [
              {
                ink: 'degraded',
                points: pointsOf(
                  rows,
                  rate((row) => row.degraded),
                ),
                widthPx: 2,
                dash: 'dotted',
              } as const,
            ]
          : []),
        { ink: 'failed', points: withoutRests(pointsOf(rows, notAnswered)), widthPx: 2.5 },
      ],
    }),
    columns: [
      { title: 'due', text: (row) => sayCount(row.due) },
      { title: 'sent', text: (row) => sayCount(row.sent) },
      { title: 'ok', text: (row) => sayCount(row.ok) },
      { title: 'degraded', text: (row) => sayCount(row.degraded) },
      { title: 'failed', text: (row) => sayCount(row.failed) },
      { title: 'dropped', text: (row) => sayCount(row.dropped) },
      { title: 'under way', text: (row) => sayCount(row.inFlight) },
    ],
  })
}

function trafficInWords(rows: readonly TimelineRow[]): string {
  const peak = rows.reduce((most, row) => Math.max(most, perSec(row.sent, row.lastingMs)), 0)
  const worst = rows.reduce((most, row) => Math.max(most, perSec(row.failed + row.dropped, row.lastingMs)), 0)
  return `at most ${sayRate(peak)} sent, at most ${sayRate(worst)} failed or never sent.`
}

export function responseFigure(report: Report): Markup {
  const { timeline } = report
  const least = extreme(
    timeline.map((row) => row.p50),
    Math.min,
  )
  const most = extreme(
    timeline.map((row) => row.p99),
    Math.max,
  )
  const levels = levelsOf(report)
  const top = Math.max(most ?? 0, ...levels.map((level) => level.value))
  const scale = least !== null && top > 20 * Math.max(least, 0.001) ? 'log' : 'linear'
  const lines: readonly (Line & { ink: 'p50' | 'p95' | 'p99' })[] = [
    { ink: 'p50', points: [], widthPx: 2 },
    { ink: 'p95', points: [], widthPx: 1.6 },
    { ink: 'p99', points: [], widthPx: 1.2 },
  ]
  return figureMarkup(report.timeline, {
    id: 'response',
    title: 'Response time, from due to done',
    note: scale === 'log' ? 'The scale is logarithmic: each line of the grid is ten times the one below.' : null,
    joined: 'the worst second of',
    keys: [
      { ink: 'p50', text: 'p50, half of all answers' },
      { ink: 'p95', text: 'p95' },
      { ink: 'p99', text: 'p99' },
      ...(levels.length > 0 ? [{ ink: 'limit', text: 'allowed by an objective' } as const] : []),
    ],
    draw: (rows) => ({
      ...common(
        report,
        `Response time over ${saySpan(lengthMs(report))}: the 50th percentile of a second was at best ${sayMs(least)}, the 99th at worst ${sayMs(most)}.`,
      ),
      levels,
      scale,
      sayValue: sayTick,
      lines: lines.map((line) => ({ ...line, points: pointsOf(rows, (row) => row[line.ink]) })),
    }),
    columns: (['p50', 'p95', 'p99', 'max'] as const).map((title) => ({ title, text: (row) => sayMs(row[title]) })),
  })
}

export function latenessFigure(report: Report): Markup {
  const worst = extreme(
    report.timeline.map((row) => row.latenessP99),
    Math.max,
  )
  return figureMarkup(report.timeline, {
    id: 'lateness',
    height: 'low',
    title: 'How late requests were sent, the instrument’s own error',
    joined: 'the worst second of',
    keys: [{ ink: 'lateness', text: 'p99 of lateness' }],
    draw: (rows) => ({
      ...common(report, `The 99th percentile of lateness was at worst ${sayMs(worst)} in one second.`),
      levels: [],
      scale: 'linear',
      sayValue: sayTick,
      lines: [{ ink: 'lateness', points: pointsOf(rows, (row) => row.latenessP99), widthPx: 1.6 }],
    }),
    columns: [{ title: 'lateness p99', text: (row) => sayMs(row.latenessP99) }],
  })
}

function extreme(values: readonly (number | null)[], pick: (a: number, b: number) => number): number | null {
  return values.reduce((a, b) => (a === null || b === null ? (a ?? b) : pick(a, b)), null)
}

function lengthMs({ start, summary, timeline }: Report): number {
  const last = timeline.at(-1)
  return Math.max(
    1,
    start.lastingMs,
    last === undefined ? 0 : last.startMs + last.lastingMs,
    timeline.length === 0 ? summary.durationMs : 0,
  )
}

function common(report: Report, label: string): Pick<Drawing, 'label' | 'bands' | 'lastingMs'> {
  const bands = report.start.phases.map(({ name, startMs, lastingMs }) => ({ name, fromMs: startMs, toMs: startMs + lastingMs }))
  return { label, bands, lastingMs: lengthMs(report) }
}

/** Limits on response times of all steps together; limits of single steps, of lateness and of recovery have no place in this picture. */
function levelsOf(report: Report): readonly Level[] {
  const phaseOf = (one: ObjectiveResult) => report.start.phases.find((phase) => phase.name === one.phase)
  return report.summary.objectives
    .filter((one) => one.unit === 'ms' && one.step === null && one.of === null && /^(?:p\(?\d|avg|med|max)/.test(one.text))
    .slice(0, 4)
    .map((one) => {
      const phase = phaseOf(one)
      const fromMs = phase?.startMs ?? 0
      return { text: one.text, value: one.limit, fromMs, toMs: phase === undefined ? lengthMs(report) : fromMs + phase.lastingMs }
    })
}
