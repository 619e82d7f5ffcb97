// Planned against actual: what was to be sent, and what was, over the run and close up where it rose most. Knows nothing of SVG.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayClock, sayCount, sayPlain, sayRate, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import { joinNeighbours, perSec, plannedPoints } from './condense.ts'
import type { Key } from './figure.ts'
import { drawnTwice, exhibitMarkup, mostPoints, mostTableRows, pointNote, shareOf } from './figure.ts'
import type { Markup } from './markup.ts'
import { common, lengthMs } from './run-stage.ts'
import type { Drawing } from './svg.ts'

/** Arrivals of a second, or of a tenth of one where that was counted. */
type Slot = { readonly startMs: number; readonly lastingMs: number; readonly due: number; readonly sent: number }

export function arrivalsFigure(report: Report): Markup {
  const { start, timeline, summary } = report
  const perShopper = summary.shoppers.due !== summary.totals.due
  const slots = slotsOf(timeline)
  const drawn = joinNeighbours(slots, mostPoints, joinSlots)
  const peak = drawn.reduce((most, slot) => Math.max(most, perSec(slot.sent, slot.lastingMs)), 0)
  const drawing: Drawing = {
    ...common(report, `Arrivals over ${saySpan(lengthMs(report))}, planned and sent: at most ${sayRate(peak)} were sent.`),
    ...look(drawn),
    lines: [{ ink: 'sent', points: plannedPoints(start.planned, mostPoints), widthPx: 1.4, dash: 'dashed' }],
  }
  return exhibitMarkup({
    ...parts(drawn, joinNeighbours(slots, mostTableRows, joinSlots), drawing),
    id: 'arrivals',
    title: 'Planned against actual arrivals',
    keys: start.planned.arrivals.length === 0 ? [sentKey] : [plannedKey(perShopper ? 'planned shoppers' : 'planned'), sentKey],
    pictures: timeline.length === 0 ? [] : drawnTwice(drawing, 'arrivals'),
    notes: [pointNote(slots.length, drawn, 'the mean rate of')],
  })
}

const plannedKey = (text: string): Key => ({ ink: 'sent', look: 'dashed', text })
const sentKey: Key = { ink: 'okFill', text: 'sent', look: 'area' }

/** Tenths of seconds that fit one picture. */
const closeMs = 20_000

/** The twenty seconds around the steepest rise by the tenth; null where tenths were not counted, or the whole run is no longer. */
export function closeArrivalsFigure(report: Report): Markup | null {
  const { timeline } = report
  if (lengthMs(report) <= 1.2 * closeMs || !timeline.some((row) => row.tenths !== undefined)) return null
  const fromMs = Math.max(0, Math.min(steepestMs(timeline) - closeMs / 4, lengthMs(report) - closeMs))
  const near = timeline.filter((row) => row.startMs >= fromMs && row.startMs < fromMs + closeMs)
  const slots = slotsOf(near)
  const drawing: Drawing = {
    ...common(report, `Arrivals by the tenth of a second, from ${sayClock(fromMs)} to ${sayClock(fromMs + closeMs)}.`),
    ...look(slots),
    fromMs,
    lastingMs: closeMs,
    lines: [
      {
        ink: 'sent',
        points: slots.map((slot) => [slot.startMs + slot.lastingMs / 2, perSec(slot.due, slot.lastingMs)]),
        widthPx: 1.4,
        dash: 'dashed',
      },
    ],
  }
  return exhibitMarkup({
    ...parts(slots, joinNeighbours(slots, mostTableRows, joinSlots), drawing),
    id: 'arrivals-close',
    title: 'The steepest rise, by the tenth of a second',
    keys: [plannedKey('due'), sentKey],
    pictures: drawnTwice(drawing, 'arrivals-close', 'low'),
  })
}

function steepestMs(rows: readonly TimelineRow[]): number {
  let steepest = { atMs: 0, rise: 0 }
  rows.forEach((row, i) => {
    const rise = row.due - (rows[i - 1]?.due ?? row.due)
    if (rise > steepest.rise) steepest = { atMs: row.startMs, rise }
  })
  return steepest.atMs
}

function look(slots: readonly Slot[]): Omit<Drawing, 'label' | 'bands' | 'lastingMs' | 'lines'> {
  const bins = slots.map(({ startMs, lastingMs, sent }) => ({ fromMs: startMs, toMs: startMs + lastingMs, value: perSec(sent, lastingMs) }))
  return { axis: 'arrivals a second', areas: [{ ink: 'okFill', edge: 'ok', bins }], levels: [], scale: 'linear', sayValue: sayPlain }
}

function parts(drawn: readonly Slot[], told: readonly Slot[], drawing: Drawing) {
  const cellsOf = ({ startMs, lastingMs, due, sent }: Slot): readonly string[] => [
    momentOf(startMs),
    sayRate(perSec(due, lastingMs)),
    sayRate(perSec(sent, lastingMs)),
    sayCount(sent),
  ]
  return {
    titles: ['from', 'due', 'sent', 'sent in all'],
    rows: told.map(cellsOf),
    places: drawn.map((slot) => ({ share: shareOf(slot.startMs + slot.lastingMs / 2, drawing), cells: cellsOf(slot) })),
  }
}

/** `00:12`, and `00:12.3` within a second. */
function momentOf(atMs: number): string {
  const tenth = Math.floor((atMs % 1e3) / 100)
  return tenth === 0 ? sayClock(atMs) : `${sayClock(atMs)}.${tenth}`
}

function slotsOf(rows: readonly TimelineRow[]): readonly Slot[] {
  return rows.flatMap(({ startMs, lastingMs, due, sent, tenths }) =>
    tenths === undefined
      ? [{ startMs, lastingMs, due, sent }]
      : tenths.sent.map((count, i) => {
          const partMs = lastingMs / tenths.sent.length
          return { startMs: startMs + i * partMs, lastingMs: partMs, due: tenths.due[i] ?? 0, sent: count }
        }),
  )
}

function joinSlots(a: Slot, b: Slot): Slot {
  return { startMs: a.startMs, lastingMs: a.lastingMs + b.lastingMs, due: a.due + b.due, sent: a.sent + b.sent }
}
