// Several courses at once, all from the same moment: the area is the sum of theirs.
//
//   k[j]        every instant at which any lane changes its law      rate │     ╱╲ lane 2
//   before[j]   arrivals owed before k[j]                                 │────╱──╲──── lane 1
//   until[j]    the same, bursts at k[j] included                         └────┴───┴───┴─ t
//                                                                         k0   k1  k2  k3
//   t(a):  before[j] < a ≤ until[j]        → k[j] exactly: a burst lands on its instant
//          until[j] < a ≤ before[j+1]      → inside the piece: a straight sum in closed form (linear.ts),
//                                            else Newton's method kept inside the piece (solve.ts)
// Pieces of a curved sum are cut smaller, so that Newton starts close and needs two steps or three.
import type { Course, Jump } from './course.ts'
import type { Line } from './linear.ts'
import { lineDueMs } from './linear.ts'
import { firstAtLeast } from './ordered.ts'
import { distinct } from './sequence.ts'
import { solve } from './solve.ts'

export function overlayCourse(lanes: readonly Course[], lastingMs: number): Course {
  // The sum of a lane's lengths may pass the overlay's own by its last digit.
  const inside = (tMs: number): number => Math.min(tMs, lastingMs)
  const edgesMs = distinct([0, lastingMs, ...lanes.flatMap((lane) => lane.edgesMs)].map(inside))
  const jumps = lanes.flatMap((lane) => lane.jumps).map((jump) => ({ ...jump, atMs: inside(jump.atMs) }))
  const area = lanes.reduce((sum, lane) => sum + lane.area, 0)
  const areaUntil = (tMs: number): number => (tMs >= lastingMs ? area : lanes.reduce((sum, lane) => sum + lane.areaUntil(tMs), 0))
  const ratePerSecAt = (tMs: number): number => lanes.reduce((sum, lane) => sum + lane.ratePerSecAt(tMs), 0)
  const isStraight = lanes.every((lane) => lane.isStraight)
  const knotsMs = isStraight ? edgesMs : subdivided(edgesMs)
  const until = Float64Array.from(knotsMs, areaUntil)
  const jumped = jumpedAt(jumps)
  const before = until.map((reached, index) => reached - (jumped.get(knotsMs[index] ?? 0) ?? 0))

  function lineAfter(index: number): Line {
    const startMs = knotsMs[index] ?? 0
    return straightLine((knotsMs[index + 1] ?? lastingMs) - startMs, (before[index + 1] ?? 0) - (until[index] ?? 0), (offsetMs) =>
      ratePerSecAt(startMs + offsetMs),
    )
  }

  function insideMs(index: number, wanted: number): number {
    const startMs = knotsMs[index] ?? 0
    const endMs = knotsMs[index + 1] ?? lastingMs
    if (isStraight) return Math.min(endMs, startMs + lineDueMs(lineAfter(index), wanted - (until[index] ?? 0)))
    const share = (wanted - (until[index] ?? 0)) / ((before[index + 1] ?? 0) - (until[index] ?? 0))
    return solve({ areaUntil, ratePerSecAt }, wanted, { fromMs: startMs, toMs: endMs, guessMs: startMs + (endMs - startMs) * share })
  }

  function dueMs(wanted: number): number {
    if (wanted <= 0) return 0
    const knot = firstAtLeast(until, wanted)
    if (knot >= until.length) return lastingMs
    if (knot === 0 || wanted > (before[knot] ?? 0)) return knotsMs[knot] ?? 0
    return insideMs(knot - 1, wanted)
  }

  function highestPerSec(): number {
    if (!isStraight) return highestSum(lanes, knotsMs, ratePerSecAt)
    return edgesMs.slice(1).reduce((highest, _, index) => {
      const { fromPerSec, toPerSec } = lineAfter(index)
      return Math.max(highest, fromPerSec, toPerSec)
    }, 0)
  }

  return { lastingMs, area, areaUntil, dueMs, ratePerSecAt, highestPerSec, edgesMs, jumps, isStraight }
}

/**
 * The straight line that owes `area` in `lastingMs`. Its slope is read a quarter of the way in, because at the ends
 * themselves a lane may just begin or stop.
 */
function straightLine(lastingMs: number, area: number, ratePerSecAt: (offsetMs: number) => number): Line {
  const mean = (1000 * area) / lastingMs
  const fromPerSec = Math.min(2 * mean, Math.max(0, 2 * ratePerSecAt(lastingMs / 4) - mean))
  return { fromPerSec, toPerSec: 2 * mean - fromPerSec, lastingMs }
}

/** Every piece cut into equal parts, about 2,048 in all. */
function subdivided(edgesMs: readonly number[]): readonly number[] {
  const parts = Math.max(2, Math.ceil(2048 / edgesMs.length))
  return distinct(
    edgesMs.flatMap((startMs, index) => {
      const stepMs = ((edgesMs[index + 1] ?? startMs) - startMs) / parts
      return Array.from({ length: parts }, (_, part) => startMs + stepMs * part)
    }),
  )
}

/** Sampled: curved sums have no closed form for their top. */
function highestSum(lanes: readonly Course[], knotsMs: readonly number[], ratePerSecAt: (tMs: number) => number): number {
  let highest = lanes.reduce((most, lane) => Math.max(most, lane.highestPerSec()), 0)
  knotsMs.forEach((startMs, index) => {
    const widthMs = (knotsMs[index + 1] ?? startMs) - startMs
    // A hair inside both ends, where only this piece's own lanes run.
    for (const share of [1e-9, 0.25, 0.5, 0.75, 1 - 1e-9]) highest = Math.max(highest, ratePerSecAt(startMs + widthMs * share))
  })
  return highest
}

function jumpedAt(jumps: readonly Jump[]): Map<number, number> {
  const arrivals = new Map<number, number>()
  for (const jump of jumps) arrivals.set(jump.atMs, (arrivals.get(jump.atMs) ?? 0) + jump.arrivals)
  return arrivals
}
