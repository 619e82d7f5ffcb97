// Laws that every kind of stage keeps.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaBefore } from '../src/course.ts'
import { areaOf, areaUntil, courseOf, dueMs, ratePerSecAt } from '../src/stage-course.ts'
import {
  anyStage,
  burst,
  curvedStage,
  exponentialDecay,
  hold,
  linearDecay,
  lognormal,
  overlay,
  plateau,
  ramp,
  silence,
} from './support/stages.ts'

const share = fc.nat(2 ** 30).map((part) => part / 2 ** 30)

describe('every stage', () => {
  test('owes nothing before its start and everything at its end', () => {
    fc.assert(
      fc.property(anyStage, (stage) => {
        const course = courseOf(stage)
        expect(course.areaUntil(-1)).toBe(0)
        expect(course.areaUntil(stage.lastingMs)).toBeCloseTo(course.area, 6)
        expect(course.areaUntil(stage.lastingMs + 1)).toBeCloseTo(course.area, 6)
        // An overlay's lanes are added up in the plan and here in a different order: a bit of the last place may differ.
        expect(course.lastingMs).toBeCloseTo(stage.lastingMs, 6)
      }),
    )
  })

  test('owes ever more, and never later for fewer', () => {
    fc.assert(
      fc.property(anyStage, share, share, (stage, one, other) => {
        const course = courseOf(stage)
        const [less, more] = one < other ? [one, other] : [other, one]
        expect(course.areaUntil(stage.lastingMs * more) - course.areaUntil(stage.lastingMs * less)).toBeGreaterThanOrEqual(
          -1e-9 * course.area,
        )
        expect(course.dueMs(course.area * more) - course.dueMs(course.area * less)).toBeGreaterThanOrEqual(-1e-6)
      }),
    )
  })

  test('owes an area by its due time and not 1 µs earlier', () => {
    fc.assert(
      fc.property(anyStage, share, (stage, part) => {
        const course = courseOf(stage)
        const wanted = course.area * part
        const atMs = course.dueMs(wanted)
        const hair = 1e-13 * Math.max(1, course.area)
        expect(atMs).toBeGreaterThanOrEqual(0)
        expect(atMs).toBeLessThanOrEqual(stage.lastingMs)
        expect(course.areaUntil(atMs + 1e-3)).toBeGreaterThanOrEqual(wanted - hair)
        if (atMs > 1e-3) expect(areaBefore(course, atMs - 1e-3)).toBeLessThanOrEqual(wanted + hair)
      }),
      { numRuns: 1000 },
    )
  })

  test('owes the integral of its rate', () => {
    fc.assert(
      fc.property(curvedStage, share, (stage, part) => {
        const course = courseOf(stage)
        const untilMs = stage.lastingMs * part
        expect(integral(course.ratePerSecAt, 0, untilMs, course.edgesMs)).toBeCloseTo(course.areaUntil(untilMs), 2)
      }),
      { numRuns: 60 },
    )
  })

  test('is nowhere busier than its highest rate', () => {
    fc.assert(
      fc.property(anyStage, share, (stage, part) => {
        const course = courseOf(stage)
        expect(course.ratePerSecAt(stage.lastingMs * part)).toBeLessThanOrEqual(course.highestPerSec() * (1 + 1e-6))
      }),
    )
  })
})

test('the four questions answer for a stage in figures that a reader can check', () => {
  expect(areaOf(hold(20, 60_000))).toBe(1200)
  expect(areaUntil(ramp(0, 10, 2000), 1000)).toBe(2.5)
  expect(dueMs(linearDecay(10, 0, 2000), 7.5)).toBe(1000)
  expect(ratePerSecAt(exponentialDecay(400, 100, 2000), 1000)).toBeCloseTo(200, 9)
})

test.each([
  [hold(5, 2000), 10],
  [ramp(10, 30, 4000), 80],
  [burst(250), 250],
  [burst(250, 700), 250],
  [silence(9000), 0],
  [lognormal(60_000, 45_000, 1, 300_000), 60_000],
  [plateau(1000, 60_000, 0.7, 600_000), 1000],
  [overlay([hold(5, 2000)], [burst(3)]), 13],
])('%o owes %d', (stage, arrivals) => expect(areaOf(stage)).toBeCloseTo(arrivals, 9))

/** Simpson's rule on pieces that shrink towards each edge, where the laws bend most. */
function integral(ratePerSecAt: (tMs: number) => number, fromMs: number, toMs: number, edgesMs: readonly number[]): number {
  const cuts = [...edgesMs.filter((edgeMs) => edgeMs > fromMs && edgeMs < toMs), toMs]
  let startMs = fromMs
  let sum = 0
  for (const endMs of cuts) {
    sum += graded(ratePerSecAt, startMs, endMs)
    startMs = endMs
  }
  return sum / 1000
}

function graded(rateAt: (tMs: number) => number, fromMs: number, toMs: number): number {
  const pieces = 4000
  const place = (step: number): number => fromMs + (toMs - fromMs) * (step / pieces) ** 4
  let sum = 0
  for (let step = 0; step < pieces; step += 1) {
    const [low, high] = [place(step), place(step + 1)]
    // A hair inside the piece, since at an edge the next law already holds.
    sum += ((high - low) / 6) * (rateAt(low) + 4 * rateAt((low + high) / 2) + rateAt(high - (high - low) * 1e-9))
  }
  return sum
}
