// A curve: straight lines between sampled rates, as from a CSV of last year's traffic.
//
//   rate │      •                 at[i], rate[i]  the samples, ms and 1/s
//        │    ╱   ╲      •        reached[i]      arrivals owed until at[i]
//        │  •       ╲ ╱
//        │•           •           t(n): find the line by reached[], then solve that line (linear.ts)
//        └────────────────── t
// Before the first sample the first rate holds, after the last one the last. Two samples at one instant are a step.
import type { CurvePoint } from '@doorbuster/plan'
import type { Course } from './course.ts'
import { ExactSum } from './exact-sum.ts'
import type { Line } from './linear.ts'
import { lineArea, lineAreaUntil, lineDueMs } from './linear.ts'
import { firstAtLeast, lastAtMost } from './ordered.ts'

export function curveCourse(points: readonly CurvePoint[], lastingMs: number): Course {
  const { at, rate } = samples(points, lastingMs)
  const reached = areas(at, rate)
  const area = reached.at(-1) ?? 0

  const lineFrom = (index: number): Line => ({
    fromPerSec: rate[index] ?? 0,
    toPerSec: rate[index + 1] ?? 0,
    lastingMs: (at[index + 1] ?? lastingMs) - (at[index] ?? 0),
  })

  function areaUntil(tMs: number): number {
    if (tMs <= 0) return 0
    if (tMs >= lastingMs) return area
    const index = lastAtMost(at, tMs)
    return (reached[index] ?? 0) + lineAreaUntil(lineFrom(index), tMs - (at[index] ?? 0))
  }

  function dueMs(wanted: number): number {
    if (wanted <= 0) return 0
    const index = firstAtLeast(reached, wanted) - 1
    if (index + 1 >= reached.length) return lastingMs
    return (at[index] ?? 0) + lineDueMs(lineFrom(index), wanted - (reached[index] ?? 0))
  }

  function ratePerSecAt(tMs: number): number {
    if (tMs < 0 || tMs > lastingMs) return 0
    const index = lastAtMost(at, tMs)
    const line = lineFrom(index)
    if (index === at.length - 1) return line.fromPerSec
    return line.fromPerSec + ((line.toPerSec - line.fromPerSec) * (tMs - (at[index] ?? 0))) / line.lastingMs
  }

  return {
    lastingMs,
    area,
    areaUntil,
    dueMs,
    ratePerSecAt,
    highestPerSec: () => rate.reduce((highest, each) => Math.max(highest, each), 0),
    edgesMs: [...new Set(at)],
    jumps: [],
    isStraight: true,
  }
}

/** The samples inside the stage, with one more at each end. Typed arrays: a day of one sample a second stays small. */
function samples(points: readonly CurvePoint[], lastingMs: number): { at: Float64Array; rate: Float64Array } {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) throw new Error('a curve has no points: its file has not been read')
  const inside = points.filter(({ atMs }) => atMs >= 0 && atMs <= lastingMs)
  const all = [{ ...first, atMs: 0 }, ...inside, { ...last, atMs: lastingMs }]
  return { at: Float64Array.from(all, (each) => each.atMs), rate: Float64Array.from(all, (each) => each.ratePerSec) }
}

function areas(at: Float64Array, rate: Float64Array): Float64Array {
  const sum = new ExactSum()
  return at.map((atMs, index) => {
    if (index === 0) return 0
    const lastingMs = atMs - (at[index - 1] ?? 0)
    sum.add(lineArea({ fromPerSec: rate[index - 1] ?? 0, toPerSec: rate[index] ?? 0, lastingMs }))
    return sum.value
  })
}
