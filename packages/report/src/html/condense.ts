// Fewer rows of the same timeline, for charts and for the tables behind them. Knows nothing of how they are drawn.
import type { TimelineRow } from '@doorbuster/measurements'

/**
 * Joins neighbours evenly until at most `most` rows are left. Counts add up; of the times the worst is kept, so that a bad
 * second is never averaged away; requests under way keep their mean.
 */
export function condense(all: readonly TimelineRow[], most: number): readonly TimelineRow[] {
  const rows = withoutStub(all)
  return joinNeighbours(rows, most, join)
}

/** Joins neighbours evenly until at most `most` rows are left. */
export function joinNeighbours<Row>(rows: readonly Row[], most: number, join: (a: Row, b: Row) => Row): readonly Row[] {
  const every = Math.max(1, Math.ceil(rows.length / most))
  if (every === 1) return rows
  return Array.from({ length: Math.ceil(rows.length / every) }, (_, i) =>
    rows.slice(i * every, (i + 1) * every).reduce((a, b) => join(a, b)),
  )
}

/** A run ends within a second: a last row of a few ms would show its two answers as a rate of hundreds, so its neighbour takes it in. */
function withoutStub(rows: readonly TimelineRow[]): readonly TimelineRow[] {
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

/** Planned arrivals as points of a line: the middle of each bucket and its rate. Joined like the rows. */
export function plannedPoints(planned: { readonly everyMs: number; readonly arrivals: readonly number[] }, most: number): readonly Point[] {
  const every = Math.max(1, Math.ceil(planned.arrivals.length / most))
  const points: Point[] = []
  for (let i = 0; i < planned.arrivals.length; i += every) {
    const joined = planned.arrivals.slice(i, i + every)
    const lastingMs = joined.length * planned.everyMs
    points.push([
      i * planned.everyMs + lastingMs / 2,
      perSec(
        joined.reduce((sum, count) => sum + count, 0),
        lastingMs,
      ),
    ])
  }
  return points
}

/** ms from the run's zero, and a value; null where nothing was measured, which leaves a gap. */
export type Point = readonly [atMs: number, value: number | null]

/** One line through the rows, each at its middle. */
export function pointsOf(rows: readonly TimelineRow[], value: (row: TimelineRow) => number | null): readonly Point[] {
  return rows.map((row) => [row.startMs + row.lastingMs / 2, value(row)])
}

/** Gaps where a line only rests on zero, so that what never happened is not drawn; the zeros at its feet stay. */
export function withoutRests(points: readonly Point[]): readonly Point[] {
  const isRest = (i: number): boolean => (points[i]?.[1] ?? 0) === 0
  return points.map(([atMs, value], i) => [atMs, isRest(i - 1) && isRest(i) && isRest(i + 1) ? null : value])
}

export function perSec(count: number, lastingMs: number): number {
  return lastingMs > 0 ? (count * 1e3) / lastingMs : 0
}

function worst(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
