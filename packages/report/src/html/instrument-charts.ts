// The instrument's own errors over time: lateness, and how long its event loop stood still. Knows nothing of SVG.
import type { Gallery } from '@doorbuster/measurements'
import { joinStretches } from '@doorbuster/measurements'
import { sayClock, sayMs, sayTick } from '../format.ts'
import type { Report } from '../report.ts'
import { joinNeighbours, pointsOf } from './condense.ts'
import { drawnTwice, exhibitMarkup, figureMarkup, mostTableRows, shareOf } from './figure.ts'
import type { Markup } from './markup.ts'
import { common, extreme, stretchesOf } from './run-stage.ts'
import type { Drawing } from './svg.ts'

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
      axis: 'late by',
      levels: [],
      scale: 'linear',
      sayValue: sayTick,
      lines: [{ ink: 'lateness', points: pointsOf(rows, (row) => row.latenessP99), widthPx: 1.6 }],
    }),
    columns: [{ title: 'lateness p99', text: (row) => sayMs(row.latenessP99) }],
  })
}

type Stretch = Gallery['stretches'][number]

export function loopDelayFigure(report: Report): Markup | null {
  const stretches = stretchesOf(report)
  if (stretches.length === 0) return null
  const worst = stretches.reduce((most, { loopDelayMs }) => Math.max(most, loopDelayMs.max), 0)
  const middle = ({ startMs, lastingMs }: Stretch): number => startMs + lastingMs / 2
  const drawing: Drawing = {
    ...common(report, `The generator's event loop stood still for ${sayMs(worst)} at worst.`),
    axis: 'event loop held up for',
    levels: [],
    scale: 'linear',
    sayValue: sayTick,
    lines: [
      { ink: 'max', points: stretches.map((one) => [middle(one), one.loopDelayMs.max]), widthPx: 1.2 },
      { ink: 'lateness', points: stretches.map((one) => [middle(one), one.loopDelayMs.p99]), widthPx: 1.6 },
    ],
  }
  const cellsOf = ({ startMs, loopDelayMs }: Stretch): readonly string[] => [
    sayClock(startMs),
    sayMs(loopDelayMs.p99),
    sayMs(loopDelayMs.max),
  ]
  return exhibitMarkup({
    id: 'loop-delay',
    title: 'Event-loop delay of the busiest sending thread',
    keys: [
      { ink: 'lateness', text: 'p99' },
      { ink: 'max', text: 'longest' },
    ],
    pictures: drawnTwice(drawing, 'loop-delay', 'low'),
    titles: ['from', 'p99', 'longest'],
    rows: joinNeighbours(stretches, mostTableRows, joinStretches).map(cellsOf),
    places: stretches.map((one) => ({ share: shareOf(middle(one), drawing), cells: cellsOf(one) })),
  })
}
