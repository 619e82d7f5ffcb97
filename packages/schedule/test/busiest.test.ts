import fc from 'fast-check'
import { expect, test } from 'vitest'
import { busiestSecond } from '../src/busiest.ts'
import { courseOf } from '../src/stage-course.ts'
import { anyStage, burst, curve, exponential, hold, lognormal, overlay, ramp, silence } from './support/stages.ts'

test.each([
  ['a hold is as busy in any second', hold(70, 5000), 70],
  ['a stage under a second counts as a whole', hold(70, 500), 35],
  ['a ramp is busiest in its last second', ramp(0, 100, 10_000), 95],
  ['a burst has all its arrivals in one second', burst(40), 40],
  ['a wide burst has its share of a second', burst(40, 2000), 20],
  // A tent of 20/s with sides of 2 s: 20 − 5/2 in the second around its top.
  ['a tent is busiest around its top', curve([0, 0], [2000, 20], [4000, 0]), 17.5],
  ['a burst counts on top of what runs beside it', overlay([silence(2500), burst(100)], [hold(10, 5000)]), 110],
  ['two bursts less than a second apart count together', overlay([silence(100), burst(5), silence(999), burst(6)], [silence(9000)]), 11],
  ['two bursts exactly a second apart do not', overlay([silence(100), burst(5), silence(1000), burst(6)], [silence(9000)]), 6],
])('%s', (_, stage, most) => expect(busiestSecond(courseOf(stage))).toBeCloseTo(most, 9))

test('an exponential rush is busiest in its first second', () => {
  const course = courseOf(exponential(5000, 20_000, 60_000))
  expect(busiestSecond(course)).toBeCloseTo(course.areaUntil(1000), 9)
})

test('no second that anyone picks is busier', () => {
  const share = fc.nat(2 ** 30).map((part) => part / 2 ** 30)
  fc.assert(
    fc.property(anyStage, share, (stage, part) => {
      const course = courseOf(stage)
      const startMs = Math.max(0, course.lastingMs - 1000) * part
      const picked = course.areaUntil(startMs + 1000) - course.areaUntil(startMs)
      expect(picked).toBeLessThanOrEqual(busiestSecond(course) * (1 + 1e-3) + 1e-9)
    }),
    { numRuns: 300 },
  )
})

test('two rushes in one overlay: the higher of their tops counts, wherever it is', () => {
  const course = courseOf(overlay([lognormal(1000, 10_000, 0.3, 120_000)], [silence(60_000), lognormal(3000, 20_000, 0.3, 60_000)]))
  expect(busiestSecond(course)).toBeCloseTo(busiestSecond(courseOf(lognormal(3000, 20_000, 0.3, 60_000))), 2)
})
