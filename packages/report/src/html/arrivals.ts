// Planned against actual: who was to come, and who came, over the run and close up where it rose most. Knows nothing of SVG.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayClock, sayCount, sayPlain, sayRate, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import type { Planned } from './condense.ts'
import { joinNeighbours, perSec, plannedBetween, plannedRates, stairs } from './condense.ts'
import type { Exhibit, Key } from './figure.ts'
import { drawnTwice, exhibitMarkup, mostPoints, mostTableRows, pointNote, shareOf } from './figure.ts'
import type { Markup } from './markup.ts'
import { common, lengthMs, stretchesOf } from './run-stage.ts'
import type { Drawing } from './svg.ts'

/** Arrivals of a second, or of a tenth of one where that was counted. */
type Slot = { readonly startMs: number; readonly lastingMs: number; readonly count: number }

export function arrivalsFigure(report: Report): Markup {
  const slots = arrivalsOf(report)
  const drawn = joinNeighbours(slots, mostPoints, joinSlots)
  const peak = drawn.reduce((most, slot) => Math.max(most, perSec(slot.count, slot.lastingMs)), 0)
  const drawing: Drawing = {
    ...common(report, `Arrivals over ${saySpan(lengthMs(report))}, planned and actual: at most ${sayRate(peak)} came.`),
    ...look(drawn),
    lines: [{ ink: 'sent', points: stairs(plannedRates(plannedOf(report), mostPoints)), widthPx: 1.4, dash: 'dashed' }],
  }
  return exhibitMarkup({
    ...parts(report, slots, drawn, drawing),
    id: 'arrivals',
    title: 'Planned against actual arrivals',
    pictures: report.timeline.length === 0 ? [] : drawnTwice(drawing, 'arrivals'),
    notes: [pointNote(slots.length, drawn, 'the mean rate of')],
  })
}

/** Tenths of seconds that fit one picture. */
const closeMs = 20_000

/** The twenty seconds around the steepest rise by the tenth; null where tenths were not counted, or the whole run is no longer. */
export function closeArrivalsFigure(report: Report): Markup | null {
  const { timeline } = report
  if (lengthMs(report) <= 1.2 * closeMs || !isByTenth(report)) return null
  const fromMs = Math.max(0, Math.min(steepestMs(timeline) - closeMs / 4, lengthMs(report) - closeMs))
  const isNear = ({ startMs, lastingMs }: Pick<Slot, 'startMs' | 'lastingMs'>): boolean =>
    startMs >= fromMs && startMs + lastingMs <= fromMs + closeMs
  const slots = arrivalsOf(report).filter(isNear)
  const planned = plannedRates(plannedOf(report), Number.POSITIVE_INFINITY)
  const near = planned.filter((rate) => isNear({ startMs: rate.fromMs, lastingMs: rate.toMs - rate.fromMs }))
  const drawing: Drawing = {
    ...common(report, `Arrivals by the tenth of a second, from ${sayClock(fromMs)} to ${sayClock(fromMs + closeMs)}.`),
    ...look(slots),
    fromMs,
    lastingMs: closeMs,
    lines: [{ ink: 'sent', points: stairs(near), widthPx: 1.4, dash: 'dashed' }],
  }
  return exhibitMarkup({
    ...parts(report, slots, slots, drawing),
    id: 'arrivals-close',
    title: 'The steepest rise, by the tenth of a second',
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
  const bins = slots.map(({ startMs, lastingMs, count }) => ({
    fromMs: startMs,
    toMs: startMs + lastingMs,
    value: perSec(count, lastingMs),
  }))
  return { axis: 'arrivals a second', areas: [{ ink: 'okFill', edge: 'ok', bins }], levels: [], scale: 'linear', sayValue: sayPlain }
}

function parts(
  report: Report,
  slots: readonly Slot[],
  drawn: readonly Slot[],
  drawing: Drawing,
): Pick<Exhibit, 'keys' | 'titles' | 'rows' | 'places'> {
  const between = plannedBetween(plannedOf(report))
  // Nothing is planned by the moment where shoppers come when others have left.
  const isPlanned = report.start.planned.arrivals.length > 0
  const cellsOf = ({ startMs, lastingMs, count }: Slot): readonly string[] => [
    momentOf(startMs),
    sayRate(isPlanned ? perSec(between(startMs, startMs + lastingMs), lastingMs) : null),
    sayRate(perSec(count, lastingMs)),
    sayCount(count),
  ]
  const actual: Key = { ink: 'okFill', look: 'area', text: ofJourneys(report) ? 'shoppers who came' : 'sent' }
  return {
    keys: isPlanned ? [{ ink: 'sent', look: 'dashed', text: 'planned' }, actual] : [actual],
    titles: ['from', 'planned', 'actual', 'in all'],
    rows: joinNeighbours(slots, mostTableRows, joinSlots).map(cellsOf),
    places: drawn.map((slot) => ({ share: shareOf(slot.startMs + slot.lastingMs / 2, drawing), cells: cellsOf(slot) })),
  }
}

/** `00:12`, and `00:12.3` within a second. */
function momentOf(atMs: number): string {
  const tenth = Math.floor((atMs % 1e3) / 100)
  return tenth === 0 ? sayClock(atMs) : `${sayClock(atMs)}.${tenth}`
}

function plannedOf({ start }: Report): Planned {
  return { ...start.planned, endMs: start.lastingMs }
}

/** A shopper of a journey arrives once and makes many requests; otherwise every request is an arrival. */
function ofJourneys({ summary, gallery }: Report): boolean {
  return summary.shoppers.due !== summary.totals.due && gallery !== undefined
}

/** Rows of several seconds have no tenths; a long run's last row may still be of one. */
function isByTenth({ timeline }: Report): boolean {
  return timeline.length > 0 && timeline.every((row) => row.tenths !== undefined)
}

function arrivalsOf(report: Report): readonly Slot[] {
  const { timeline } = report
  if (!ofJourneys(report)) return timeline.flatMap((row) => tenthsOf(row, row.tenths?.sent ?? [row.sent]))
  if (isByTenth(report)) return timeline.flatMap((row) => tenthsOf(row, row.tenths?.arrivals ?? []))
  return stretchesOf(report).map(({ startMs, lastingMs, arrivals }) => ({ startMs, lastingMs, count: arrivals }))
}

function tenthsOf({ startMs, lastingMs }: TimelineRow, counts: readonly number[]): readonly Slot[] {
  const partMs = lastingMs / counts.length
  return counts.map((count, i) => ({ startMs: startMs + i * partMs, lastingMs: partMs, count }))
}

function joinSlots(a: Slot, b: Slot): Slot {
  return { startMs: a.startMs, lastingMs: a.lastingMs + b.lastingMs, count: a.count + b.count }
}
