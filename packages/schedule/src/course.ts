// What every stage becomes once its constants are worked out: one contract that cursor, outline and overlay share.
// Knows no stage by name, no clock and no plan.
//
//   arrivals │              ______ area        areaUntil reads upwards from a time,
//            │          ___╱                   dueMs reads leftwards from a number of arrivals.
//          a │┄┄┄┄┄┄┄┄╱┊                       A jump (a burst at one instant) is a vertical step:
//            │     __│ ┊                       every arrival in it has the same due time.
//            └────────────────── t, ms
//                      dueMs(a)

/** So many arrivals at one instant, ms from the start of the course. */
export type Jump = { readonly atMs: number; readonly arrivals: number }

export type Course = {
  readonly lastingMs: number
  /** Arrivals owed by its end, not rounded. */
  readonly area: number
  /** Arrivals owed from the start until tMs, a jump at tMs included; 0 before the start, `area` after the end. */
  areaUntil(tMs: number): number
  /** Earliest ms from the start at which `area` arrivals are owed; 0 ≤ result ≤ lastingMs, whatever is asked. */
  dueMs(area: number): number
  /** Rate at tMs, the later piece's where two meet; 0 outside [0, lastingMs]. A jump adds nothing: it has no rate. */
  ratePerSecAt(tMs: number): number
  /** Highest rate anywhere inside, jumps apart. */
  highestPerSec(): number
  /** 0, lastingMs and each instant between at which the law of the rate changes, in order. */
  readonly edgesMs: readonly number[]
  readonly jumps: readonly Jump[]
  /** True when the rate is a straight line between neighbouring edges. */
  readonly isStraight: boolean
}

/** Arrivals owed before tMs: as `areaUntil`, a jump at exactly tMs left out. */
export function areaBefore(course: Course, tMs: number): number {
  let area = course.areaUntil(tMs)
  for (const jump of course.jumps) if (jump.atMs === tMs) area -= jump.arrivals
  return area
}
