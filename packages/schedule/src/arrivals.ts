// Every arrival of a plan, one at a time, in order. Holds one stage and a few numbers, however long the plan.
// Knows no clock: it says when an arrival is due, never waits for it.
//
//   area, arrivals │                        ╱‾‾‾  sum of both stages
//              3 ┄ │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄╱        The n-th arrival (n ≥ 1) is due when the area reaches n.
//              2 ┄ │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄╱ ┊          Nothing is due at 0 ms: nothing is owed yet.
//              1 ┄ │┄┄┄┄┄┄┄╱‾‾‾‾‾‾‾‾╱  ┊           A fraction left by one stage counts in the next.
//                  └───────┴─────────┴──┴─── t
//                    stage 0 │  stage 1
//
// The rule at a stage's end: an arrival belongs to the first stage by whose end the area reaches n, give or take the
// tolerance (tolerance.ts), and is then due within it, at its last instant if need be. So a hold of 2,000/s for 20 s owes
// 40,000, the last of them due at 20,000 ms exactly, and ten stages that owe 0.1 each owe 1.
import type { Spacing, Stage } from '@doorbuster/plan'
import type { Course } from './course.ts'
import { ExactSum } from './exact-sum.ts'
import { poissonGaps } from './gaps.ts'
import { instantCourse } from './linear.ts'
import { courseOf } from './stage-course.ts'
import type { Stripe } from './stripe.ts'
import { stripe } from './stripe.ts'
import { toleranceOf } from './tolerance.ts'

/** What decides every due time: the open model's traffic and spacing, and the plan's seed (used by Poisson only). */
export type ArrivalSource = { readonly traffic: readonly Stage[]; readonly spacing: Spacing; readonly seed: number }

/** Stands before the first arrival until `advance` is called. After the last it stays on the last. */
export interface ArrivalCursor {
  /** ms from the run's zero; never less than the one before. */
  readonly dueMs: number
  /** Number among all arrivals of the plan, from 1, whatever the stripe. */
  readonly nth: number
  /** Index into the traffic; −1 before the first arrival. */
  readonly stage: number
  /** Moves to the next arrival of the stripe; false when there is none. Creates no objects. */
  advance(): boolean
}

/** All arrivals of the plan, or one worker's share of them. */
export function arrivals(source: ArrivalSource, share: Stripe = stripe(0, 1)): ArrivalCursor {
  return new Cursor(source, share)
}

/** The due times alone, ms from the run's zero. */
export function* dueTimes(source: ArrivalSource, share?: Stripe): Generator<number, void> {
  const cursor = arrivals(source, share)
  while (cursor.advance()) yield cursor.dueMs
}

class Cursor implements ArrivalCursor {
  dueMs = 0
  nth = 0
  stage = -1
  readonly #share: Stripe
  /** Null when every gap is 1: the n-th arrival then stands at area n, and no walk is needed. */
  readonly #nextGap: (() => number) | null
  readonly #walk: StageWalk
  #walked = 0
  #area = 0

  constructor(source: ArrivalSource, share: Stripe) {
    this.#share = share
    this.#nextGap = source.spacing === 'poisson' ? poissonGaps(source.seed) : null
    this.#walk = new StageWalk(source.traffic)
  }

  advance(): boolean {
    const next = this.nth === 0 ? this.#share.worker + 1 : this.nth + this.#share.of
    const area = this.#areaOf(next)
    if (!this.#walk.reaches(area)) return false
    // Two Poisson arrivals can be closer than the last digit of an inverted area.
    this.dueMs = Math.max(this.dueMs, this.#walk.dueMs(area))
    this.nth = next
    this.stage = this.#walk.stage
    return true
  }

  /** Every worker draws the gaps of all arrivals, and so agrees with the others on where each stands. */
  #areaOf(nth: number): number {
    if (this.#nextGap === null) return nth
    for (; this.#walked < nth; this.#walked += 1) this.#area += this.#nextGap()
    return this.#area
  }
}

/** The stage in which a growing area is reached. Only ever moves forward. */
class StageWalk {
  readonly #traffic: readonly Stage[]
  readonly #startMs = new ExactSum()
  readonly #areaBefore = new ExactSum()
  #course: Course = nothing
  #fromMs = 0
  #toMs = 0
  #reach = 0
  stage = -1

  constructor(traffic: readonly Stage[]) {
    this.#traffic = traffic
  }

  /** Moves on until `area` is reached; false when the traffic ends first. */
  reaches(area: number): boolean {
    while (area > this.#reach) {
      const stage = this.#traffic[this.stage + 1]
      if (stage === undefined) return false
      this.#enter(courseOf(stage))
    }
    return true
  }

  /** ms from the run's zero, inside the stage that the area was reached in. */
  dueMs(area: number): number {
    const inside = Math.min(this.#course.area, this.#areaBefore.leftOf(area))
    return Math.min(this.#toMs, this.#fromMs + this.#course.dueMs(inside))
  }

  #enter(course: Course): void {
    this.#startMs.add(this.#course.lastingMs)
    this.#areaBefore.add(this.#course.area)
    this.#course = course
    this.stage += 1
    this.#fromMs = this.#startMs.value
    this.#toMs = this.#fromMs + course.lastingMs
    const area = this.#areaBefore.value + course.area
    this.#reach = area + toleranceOf(area)
  }
}

/** Before the first stage. */
const nothing: Course = instantCourse(0)
