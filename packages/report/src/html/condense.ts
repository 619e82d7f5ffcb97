// Fewer rows of the same timeline, for charts and for the tables behind them. Knows nothing of how they are drawn.
import type { TimelineRow } from '@doorbuster/measurements'

/**
 * Joins neighbours evenly until at most `most` rows are left. Counts add up; of the times the worst is kept, so that a bad
 * second is never averaged away; requests under way keep their mean.
 */
export function condense(rows: readonly TimelineRow[], most: number): readonly TimelineRow[] {
  return joinNeighbours(rows, most, join)
}

type Stretch = { readonly lastingMs: number }

/** Joins neighbours evenly until at most `most` rows are left. */
export function joinNeighbours<Row extends Stretch>(all: readonly Row[], most: number, join: (a: Row, b: Row) => Row): readonly Row[] {
  const rows = withoutStub(all, join)
  const every = Math.max(1, Math.ceil(rows.length / most))
  if (every === 1) return rows
  return Array.from({ length: Math.ceil(rows.length / every) }, (_, i) =>
    rows.slice(i * every, (i + 1) * every).reduce((a, b) => join(a, b)),
  )
}

/** A run ends within a second: a last row of a few ms would show its two answers as a rate of hundreds, so its neighbour takes it in. */
function withoutStub<Row extends Stretch>(rows: readonly Row[], join: (a: Row, b: Row) => Row): readonly Row[] {
  const [before, last] = rows.slice(-2)
  if (before === undefined || last === undefined || last.lastingMs >= before.lastingMs / 2) return rows
  return [...rows.slice(0, -2), join(before, last)]
}

function join(a: TimelineRow, b: TimelineRow): TimelineRow {
  const lastingMs = a.lastingMs + b.lastingMs
  return {
    startMs: a.startMs,
    lastingMs,
    due: a.due + b.due,
    sent: a.sent + b.sent,
    ok: a.ok + b.ok,
    degraded: a.degraded + b.degraded,
    failed: a.failed + b.failed,
    dropped: a.dropped + b.dropped,
    inFlight: lastingMs === 0 ? a.inFlight : (a.inFlight * a.lastingMs + b.inFlight * b.lastingMs) / lastingMs,
    p50: worst(a.p50, b.p50),
    p95: worst(a.p95, b.p95),
    p99: worst(a.p99, b.p99),
    max: worst(a.max, b.max),
    latenessP99: worst(a.latenessP99, b.latenessP99),
  }
}

/** Planned arrivals by stretches of time; `tenths` the same by 100 ms, where a run is short enough to have them. The last stretch ends with the plan. */
export type Planned = {
  readonly everyMs: number
  readonly arrivals: readonly number[]
  readonly tenths?: readonly number[]
  readonly endMs: number
}
export type Rate = { readonly fromMs: number; readonly toMs: number; readonly value: number }

type Counted = { readonly startMs: number; readonly lastingMs: number; readonly count: number }

function countedIn({ everyMs, arrivals, tenths, endMs }: Planned): readonly Counted[] {
  const [stepMs, counts] = tenths === undefined ? [everyMs, arrivals] : [100, tenths]
  return counts.map((count, i) => {
    const leftMs = endMs - i * stepMs
    return { startMs: i * stepMs, lastingMs: leftMs > 0 ? Math.min(stepMs, leftMs) : stepMs, count }
  })
}

/** Planned arrivals a second, as fine as is known, joined like rows. */
export function plannedRates(planned: Planned, most: number): readonly Rate[] {
  const join = (a: Counted, b: Counted): Counted => ({ startMs: a.startMs, lastingMs: a.lastingMs + b.lastingMs, count: a.count + b.count })
  return joinNeighbours(countedIn(planned), most, join).map(({ startMs, lastingMs, count }) => ({
    fromMs: startMs,
    toMs: startMs + lastingMs,
    value: perSec(count, lastingMs),
  }))
}

/** Planned arrivals between two moments; a stretch that is only half between them counts half. */
export function plannedBetween(planned: Planned): (fromMs: number, toMs: number) => number {
  const counted = countedIn(planned)
  const stepMs = counted[1]?.startMs ?? Number.POSITIVE_INFINITY
  return (fromMs, toMs) => {
    const within = counted.slice(Math.floor(fromMs / stepMs), Math.ceil(toMs / stepMs) + 1)
    return within.reduce((sum, { startMs, lastingMs, count }) => {
      const overlapMs = Math.min(toMs, startMs + lastingMs) - Math.max(fromMs, startMs)
      return sum + count * Math.max(0, overlapMs / lastingMs)
    }, 0)
  }
}

/** A line that stays level over each stretch: what holds for a second is not a slope to the next. */
export function stairs(rates: readonly Rate[]): readonly Point[] {
  return rates.flatMap(({ fromMs, toMs, value }) => [
    [fromMs, value],
    [toMs, value],
  ])
}

/** ms from the run's zero, and a value; null where nothing was measured, which leaves a gap. */
export type Point = readonly [atMs: number, value: number | null]

/** One line through the rows, each at its middle. */
export function pointsOf(rows: readonly TimelineRow[], value: (row: TimelineRow) => number | null): readonly Point[] {
  return rows.map((row) => [row.startMs + row.lastingMs / 2, value(row)])
}

export function perSec(count: number, lastingMs: number): number {
  return lastingMs > 0 ? (count * 1e3) / lastingMs : 0
}

function worst(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
