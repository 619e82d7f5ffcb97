// The most arrivals that a course owes in any one second. Knows no stages by name.
//
//   rate │      ╱╲               W(s) = arrivals in [s, s + 1 s]
//        │    ╱│  │╲             W rises while the rate at the window's end is above the rate at its start, so its
//        │  ╱  │  │  ╲           tops are where the two are equal, or where an edge enters or leaves the window.
//        └─────┴──┴───── t
//              s  s + 1 s
import type { Course } from './course.ts'
import { areaBefore } from './course.ts'
import { distinct } from './sequence.ts'

const windowMs = 1000
/** Between the edges of a curved sum W may have several tops; they are looked for between so many points at most. */
const mostSamples = 8192

/** Arrivals in the busiest second, which need not start on a whole second. For a course under 1 s this is its whole area. */
export function busiestSecond(course: Course): number {
  if (course.lastingMs <= windowMs) return course.area
  const startsMs = windowStarts(course)
  let most = 0
  startsMs.forEach((startMs, index) => {
    most = Math.max(most, owedFrom(course, startMs))
    const nextMs = startsMs[index + 1]
    const topMs = nextMs === undefined ? undefined : topBetween(course, startMs, nextMs)
    if (topMs !== undefined) most = Math.max(most, owedFrom(course, topMs))
  })
  return most
}

/** Every start at which an edge lies at one end of the window, and points between them where the sum is curved. */
function windowStarts(course: Course): readonly number[] {
  const lastMs = course.lastingMs - windowMs
  const atEdges = distinct(course.edgesMs.flatMap((edgeMs) => [edgeMs, edgeMs - windowMs]).map((ms) => Math.min(lastMs, Math.max(0, ms))))
  if (course.isStraight) return atEdges
  const between = Math.floor(Math.min(32, mostSamples / atEdges.length))
  return atEdges.flatMap((startMs, index) => {
    const gapMs = (atEdges[index + 1] ?? startMs) - startMs
    return Array.from({ length: gapMs > 0 ? between + 1 : 1 }, (_, step) => startMs + (gapMs * step) / (between + 1))
  })
}

/** The window half-open at either end, whichever holds more: a burst on its edge belongs to it, two bursts 1 s apart do not both. */
function owedFrom(course: Course, startMs: number): number {
  const endMs = startMs + windowMs
  const withStart = areaBefore(course, endMs) - areaBefore(course, startMs)
  return Math.max(withStart, course.areaUntil(endMs) - course.areaUntil(startMs))
}

/** Where W turns from rising to falling, by halving; undefined when it does not. */
function topBetween(course: Course, fromMs: number, toMs: number): number | undefined {
  const rises = (startMs: number): boolean => course.ratePerSecAt(startMs + windowMs) > course.ratePerSecAt(startMs)
  let [lowMs, highMs] = [fromMs + (toMs - fromMs) * 1e-6, toMs - (toMs - fromMs) * 1e-6]
  if (!rises(lowMs) || rises(highMs)) return undefined
  for (let halving = 0; halving < 40; halving += 1) {
    const middleMs = (lowMs + highMs) / 2
    if (rises(middleMs)) lowMs = middleMs
    else highMs = middleMs
  }
  return lowMs
}
