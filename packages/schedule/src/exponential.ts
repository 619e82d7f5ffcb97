// The exponential family: an exponential rush, and a decay by equal factors in equal times.
//
//   n  arrivals owed    μ  time in which the rate falls to 1/e, ms    T  length, ms    D = 1 − e^(−T/μ)
//
//   r(t) = 1000·n/(μ·D) · e^(−t/μ)                     rate │╲
//   A(t) = n · (1 − e^(−t/μ)) / D                           │ ╲_
//   t(a) = −μ · ln(1 − (a/n)·D)                             │   ‾‾──__
//        = −μ · ln(((n − a)/n)·D + e^(−T/μ))                └──────────┴─ t
//                                                                      T
// The two forms of t(a) are equal on paper; the first keeps its digits early on, the second in the tail.
// A decay from r0 to r1 is μ = T/ln(r0/r1) and n = (r0 − r1)·μ/1000.
import type { Course } from './course.ts'
import type { Line } from './linear.ts'
import { lineCourse } from './linear.ts'

/** `area` arrivals in `lastingMs`, the rate falling to 1/e of itself every `meanMs`. */
export function exponentialCourse(area: number, meanMs: number, lastingMs: number): Course {
  const share = -Math.expm1(-lastingMs / meanMs)
  const beyond = Math.exp(-lastingMs / meanMs)
  const highestPerSec = (1000 * area) / (meanMs * share)

  function dueMs(wanted: number): number {
    if (wanted <= 0) return 0
    if (wanted >= area) return lastingMs
    const early = 2 * wanted < area
    const log = early ? Math.log1p((-wanted / area) * share) : Math.log(((area - wanted) / area) * share + beyond)
    return Math.min(lastingMs, -meanMs * log)
  }

  return {
    lastingMs,
    area,
    areaUntil: (tMs) => (tMs <= 0 ? 0 : tMs >= lastingMs ? area : (area * -Math.expm1(-tMs / meanMs)) / share),
    dueMs,
    ratePerSecAt: (tMs) => (tMs < 0 || tMs > lastingMs ? 0 : highestPerSec * Math.exp(-tMs / meanMs)),
    highestPerSec: () => highestPerSec,
    edgesMs: [0, lastingMs],
    jumps: [],
    isStraight: false,
  }
}

/** r(t) = from·(to/from)^(t/T). Both ends must be above zero. */
export function exponentialDecayCourse({ fromPerSec, toPerSec, lastingMs }: Line): Course {
  const falls = Math.log(fromPerSec / toPerSec)
  if (!Number.isFinite(falls)) throw new RangeError('an exponential decay needs both of its rates above zero')
  if (falls === 0) return lineCourse({ fromPerSec, toPerSec, lastingMs })
  const meanMs = lastingMs / falls
  return exponentialCourse(((fromPerSec - toPerSec) * meanMs) / 1000, meanMs, lastingMs)
}
