// The straight family: hold, ramp, silence, a burst with a width, linear decay; and the burst at one instant.
//
//   r0, r1  rate at start and end, 1/s      T  length, ms      a = (r1 − r0)/T  slope, 1/s per ms
//
//   r(t) = r0 + a·t                          rate        ╱ r1
//   A(t) = (2·r0·t + a·t²) / 2000             │       ╱
//   t(n) = 2000·n / (r0 + √(r0² + 2000·a·n))  │ r0 ╱   n arrivals
//                                             └──────────── t
// The root is written with the n on top: one form for rising, falling and flat, and no division by a slope of 0.
import type { Course } from './course.ts'

export type Line = { readonly fromPerSec: number; readonly toPerSec: number; readonly lastingMs: number }

export function lineArea({ fromPerSec, toPerSec, lastingMs }: Line): number {
  return ((fromPerSec + toPerSec) * lastingMs) / 2000
}

export function lineAreaUntil(line: Line, tMs: number): number {
  if (tMs <= 0) return 0
  if (tMs >= line.lastingMs) return lineArea(line)
  return (2 * line.fromPerSec * tMs + ((line.toPerSec - line.fromPerSec) * tMs * tMs) / line.lastingMs) / 2000
}

/** Earliest ms at which the line owes `area`; its end when it never does. */
export function lineDueMs({ fromPerSec, toPerSec, lastingMs }: Line, area: number): number {
  if (area <= 0) return 0
  const slope = (toPerSec - fromPerSec) / lastingMs
  // At the end of a line that falls to 0 rounding can push the discriminant just below 0.
  const root = Math.sqrt(Math.max(0, fromPerSec * fromPerSec + 2000 * slope * area))
  return Math.min(lastingMs, (2000 * area) / (fromPerSec + root))
}

export function lineCourse(line: Line): Course {
  const { fromPerSec, toPerSec, lastingMs } = line
  return {
    lastingMs,
    area: lineArea(line),
    areaUntil: (tMs) => lineAreaUntil(line, tMs),
    dueMs: (area) => lineDueMs(line, area),
    ratePerSecAt: (tMs) => (tMs < 0 || tMs > lastingMs ? 0 : fromPerSec + ((toPerSec - fromPerSec) * tMs) / lastingMs),
    highestPerSec: () => Math.max(fromPerSec, toPerSec),
    edgesMs: [0, lastingMs],
    jumps: [],
    isStraight: true,
  }
}

/** All arrivals at one instant: a step of the area, with no length and no rate. */
export function instantCourse(arrivals: number): Course {
  return {
    lastingMs: 0,
    area: arrivals,
    areaUntil: (tMs) => (tMs < 0 ? 0 : arrivals),
    dueMs: () => 0,
    ratePerSecAt: () => 0,
    highestPerSec: () => 0,
    edgesMs: [0],
    jumps: [{ atMs: 0, arrivals }],
    isStraight: true,
  }
}
