// Whether a target fell behind what was asked of it, though no objective was missed yet: a queue that only grows takes its time to be felt, and a
// level ends. Told from the last two thirds of a level, so that neither the way up nor a service that takes long looks like it.
import type { TimelineRow } from '@doorbuster/measurements'
import { countFigure, shareFigure } from '../figures.ts'

/** Windows of a second. */
const fewestRows = 6
const leastAnsweredShare = 0.95
/** Under way in the last third, times that in the middle one. */
const leastGrowth = 1.25
/** Fewer than this are noise. */
const fewestUnderWay = 5

/** A plain sentence; null while it keeps up, and of levels too short to tell. */
export function fallingBehind(timeline: readonly TimelineRow[], untilMs: number): string | null {
  const rows = timeline.filter((row) => row.startMs + row.lastingMs <= untilMs + 1)
  if (rows.length < fewestRows) return null
  const third = Math.floor(rows.length / 3)
  const late = rows.slice(-2 * third)
  const [middle, last] = [meanUnderWay(late.slice(0, third)), meanUnderWay(late.slice(third))]
  const due = late.reduce((sum, row) => sum + row.due, 0)
  const ended = late.reduce((sum, row) => sum + row.ok + row.degraded + row.failed + row.dropped, 0)
  const keepsUp = ended >= leastAnsweredShare * due || last <= Math.max(fewestUnderWay, middle * leastGrowth)
  if (keepsUp) return null
  return `Every objective was met, but of what was due only ${shareFigure(ended / due)} came to an end, and requests under way grew from ${countFigure(Math.round(middle))} to ${countFigure(Math.round(last))}: it would not have held for longer.`
}

function meanUnderWay(rows: readonly TimelineRow[]): number {
  return rows.reduce((sum, row) => sum + row.inFlight, 0) / rows.length
}
