// Planned against actual: what was to be sent, and what was, over the run and close up where it rose most. Knows nothing of SVG.
import type { TimelineRow } from '@doorbuster/measurements'
import { sayClock, sayCount, sayPlain, sayRate, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import type { Planned } from './condense.ts'
import { joinNeighbours, perSec, plannedBetween, plannedRates, stairs } from './condense.ts'
import type { Key } from './figure.ts'
import { drawnTwice, exhibitMarkup, mostPoints, mostTableRows, pointNote, shareOf } from './figure.ts'
import type { Markup } from './markup.ts'
import { common, lengthMs, stretchesOf } from './run-stage.ts'
import type { Drawing } from './svg.ts'

/** Arrivals of a second, or of a tenth of one where that was counted. */
type Slot = { readonly startMs: number; readonly lastingMs: number; readonly due: number; readonly sent: number }

export function arrivalsFigure(report: Report): Markup {
  const { start, timeline } = report
  const slots = arrivalsOf(report)
  const drawn = joinNeighbours(slots, mostPoints, joinSlots)
  const peak = drawn.reduce((most, slot) => Math.max(most, perSec(slot.sent, slot.lastingMs)), 0)
  const drawing: Drawing = {
    ...common(report, `Arrivals over ${saySpan(lengthMs(report))}, planned and actual: at most ${sayRate(peak)} came.`),
    ...look(drawn, 'arrivals a second'),
    lines: [{ ink: 'sent', points: stairs(plannedRates(plannedOf(report), mostPoints)), widthPx: 1.4, dash: 'dashed' }],
  }
  const actual: Key = { ink: 'okFill', look: 'area', text: ofJourneys(report) ? 'shoppers who began' : 'sent' }
  return exhibitMarkup({
    ...parts(drawn, joinNeighbours(slots, mostTableRows, joinSlots), plannedIn(plannedOf(report)), drawing),
    id: 'arrivals',
    title: 'Planned against actual arrivals',
    keys: start.planned.arrivals.length === 0 ? [actual] : [plannedKey('planned'), actual],
    pictures: timeline.length === 0 ? [] : drawnTwice(drawing, 'arrivals'),
    notes: [pointNote(slots.length, drawn, 'the mean rate of')],
  })
}

const plannedKey = (text: string): Key => ({ ink: 'sent', look: 'dashed', text })

/** A shopper of a journey arrives once and makes many requests; otherwise every request is an arrival. */
function ofJourneys({ summary, gallery }: Report): boolean {
  return summary.shoppers.due !== summary.totals.due && gallery !== undefined
}

function plannedOf({ start }: Report): Planned {
  return { ...start.planned, endMs: start.lastingMs }
}

function arrivalsOf(report: Report): readonly Slot[] {
  if (!ofJourneys(report)) return slotsOf(report.timeline)
  return stretchesOf(report).map(({ startMs, lastingMs, shoppers }) => ({ startMs, lastingMs, due: shoppers.due, sent: shoppers.started }))
}

/** Tenths of seconds that fit one picture. */
const closeMs = 20_000

/** The twenty seconds around the steepest rise by the tenth; null where tenths were not counted, or the whole run is no longer. */
export function closeArrivalsFigure(report: Report): Markup | null {
  const { timeline } = report
  if (lengthMs(report) <= 1.2 * closeMs || !timeline.some((row) => row.tenths !== undefined)) return null
  const fromMs = Math.max(0, Math.min(steepestMs(timeline) - closeMs / 4, lengthMs(report) - closeMs))
  const near = timeline.filter((row) => row.startMs >= fromMs && row.startMs < fromMs + closeMs)
  const slots = slotsOf(near)
  const planned = plannedOf(report)
  const isPlanned = planned.tenths !== undefined && !ofJourneys(report)
  const due = slots.map((slot) => ({ fromMs: slot.startMs, toMs: slot.startMs + slot.lastingMs, value: perSec(slot.due, slot.lastingMs) }))
  const rates = isPlanned ? plannedRates(planned, Number.POSITIVE_INFINITY) : due
  const shown = rates.filter((rate) => rate.fromMs >= fromMs && rate.toMs <= fromMs + closeMs)
  const drawing: Drawing = {
    ...common(report, `Requests by the tenth of a second, from ${sayClock(fromMs)} to ${sayClock(fromMs + closeMs)}.`),
    ...look(slots, 'requests a second'),
    fromMs,
    lastingMs: closeMs,
    lines: [{ ink: 'sent', points: stairs(shown), widthPx: 1.4, dash: 'dashed' }],
  }
  return exhibitMarkup({
    ...parts(slots, joinNeighbours(slots, mostTableRows, joinSlots), isPlanned ? plannedIn(planned) : dueIn, drawing),
    id: 'arrivals-close',
    title: 'The steepest rise, by the tenth of a second',
    keys: [plannedKey(isPlanned ? 'planned' : 'due'), { ink: 'okFill', look: 'area', text: 'sent' }],
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

function look(slots: readonly Slot[], axis: string): Omit<Drawing, 'label' | 'bands' | 'lastingMs' | 'lines'> {
  const bins = slots.map(({ startMs, lastingMs, sent }) => ({ fromMs: startMs, toMs: startMs + lastingMs, value: perSec(sent, lastingMs) }))
  return { axis, areas: [{ ink: 'okFill', edge: 'ok', bins }], levels: [], scale: 'linear', sayValue: sayPlain }
}

/** The dashed line's values as the table has them; null where nobody knows. */
type Wanted = { readonly title: string; readonly perSec: (slot: Slot) => number | null }

function parts(drawn: readonly Slot[], told: readonly Slot[], wanted: Wanted, drawing: Drawing) {
  const cellsOf = (slot: Slot): readonly string[] => [
    momentOf(slot.startMs),
    sayRate(wanted.perSec(slot)),
    sayRate(perSec(slot.sent, slot.lastingMs)),
    sayCount(slot.sent),
  ]
  return {
    titles: ['from', wanted.title, 'actual', 'in all'],
    rows: told.map(cellsOf),
    places: drawn.map((slot) => ({ share: shareOf(slot.startMs + slot.lastingMs / 2, drawing), cells: cellsOf(slot) })),
  }
}

/** Nothing is planned by the moment where shoppers come when others have left. */
function plannedIn(planned: Planned): Wanted {
  const between = plannedBetween(planned)
  const isKnown = planned.arrivals.length > 0
  return {
    title: 'planned',
    perSec: ({ startMs, lastingMs }) => (isKnown ? perSec(between(startMs, startMs + lastingMs), lastingMs) : null),
  }
}

const dueIn: Wanted = { title: 'due', perSec: ({ due, lastingMs }) => perSec(due, lastingMs) }

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
