// How many arrivals the traffic owes in each bucket of time: the planned line of every chart. Areas, so fractions stay.
//
//   rate │  ╱│‾‾│‾‾│╲ │      bucket k holds what is owed in [k·every, (k+1)·every): a burst at exactly 2 s belongs to
//        │╱  │  │  │ ╲│      the bucket that starts at 2 s, as its arrivals do in a run's windows.
//        └───┴──┴──┴──┴ t
import type { Stage } from '@doorbuster/plan'
import type { Course } from './course.ts'
import { areaBefore } from './course.ts'
import { ExactSum } from './exact-sum.ts'
import { courseOf } from './stage-course.ts'
import { tidy, toleranceOf } from './tolerance.ts'

const hairMs = 1e-6

/** Planned arrivals by bucket of `everyMs`, from the run's zero to the end of the traffic; the last bucket may be cut short. */
export function planned(traffic: readonly Stage[], everyMs: number): readonly number[] {
  if (!(everyMs > 0)) throw new RangeError(`buckets of ${everyMs} ms: their length must be above zero`)
  const buckets: number[] = []
  const startMs = new ExactSum()
  for (const stage of traffic) {
    const course = courseOf(stage)
    addTo(buckets, course, startMs.value, everyMs)
    startMs.add(course.lastingMs)
  }
  return buckets.map(tidy)
}

function addTo(buckets: number[], course: Course, startMs: number, everyMs: number): void {
  const endMs = startMs + course.lastingMs
  let owed = 0
  for (let bucket = Math.floor(startMs / everyMs); bucket * everyMs <= endMs; bucket += 1) {
    const closesMs = (bucket + 1) * everyMs
    const reached = closesMs > endMs ? course.area : areaBefore(course, closesMs - startMs)
    // A stage that ends on a bucket's edge, give or take rounding, opens the next one only for a burst on that edge.
    const isOver = bucket > 0 && endMs - bucket * everyMs < hairMs && reached - owed <= toleranceOf(course.area)
    const into = isOver && bucket * everyMs > startMs ? bucket - 1 : bucket
    buckets[into] = (buckets[into] ?? 0) + reached - owed
    owed = reached
  }
}
