// Courses one after the other as one course: a lane of an overlay, or the two halves of a law that changes on the way.
//
//   startsMs[i]  when part i begins: the lengths of the parts before it
//   reached[i]   arrivals owed once part i is over
//
//   │ part 0 │  part 1   │ part 2 │         A(t) = reached[i−1] + part i at (t − startsMs[i])
//   └────────┴───────────┴────────┘ t
import type { Course } from './course.ts'
import { ExactSum } from './exact-sum.ts'
import { firstAtLeast, lastAtMost } from './ordered.ts'

export function sequenceCourse(parts: readonly Course[]): Course {
  const startsMs = new Float64Array(parts.length)
  const reached = new Float64Array(parts.length)
  const ms = new ExactSum()
  const arrivals = new ExactSum()
  parts.forEach((part, index) => {
    startsMs[index] = ms.value
    ms.add(part.lastingMs)
    arrivals.add(part.area)
    reached[index] = arrivals.value
  })
  const lastingMs = ms.value
  const area = arrivals.value

  function areaUntil(tMs: number): number {
    const index = lastAtMost(startsMs, tMs)
    const part = parts[index]
    return part === undefined ? 0 : at(reached, index - 1) + part.areaUntil(tMs - at(startsMs, index))
  }

  function dueMs(wanted: number): number {
    if (wanted <= 0) return 0
    const index = firstAtLeast(reached, wanted)
    const part = parts[index]
    return part === undefined ? lastingMs : at(startsMs, index) + part.dueMs(wanted - at(reached, index - 1))
  }

  function ratePerSecAt(tMs: number): number {
    if (tMs > lastingMs) return 0
    const index = lastAtMost(startsMs, tMs)
    return parts[index]?.ratePerSecAt(tMs - at(startsMs, index)) ?? 0
  }

  return {
    lastingMs,
    area,
    areaUntil,
    dueMs,
    ratePerSecAt,
    highestPerSec: () => parts.reduce((highest, part) => Math.max(highest, part.highestPerSec()), 0),
    edgesMs: distinct(parts.flatMap((part, index) => part.edgesMs.map((edgeMs) => at(startsMs, index) + edgeMs))),
    jumps: parts.flatMap((part, index) => part.jumps.map((jump) => ({ ...jump, atMs: at(startsMs, index) + jump.atMs }))),
    isStraight: parts.every((part) => part.isStraight),
  }
}

/** Sorted, each number once. */
export function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}

/** 0 in front of the first entry: nothing is owed yet. */
function at(list: Float64Array, index: number): number {
  return list[index] ?? 0
}
