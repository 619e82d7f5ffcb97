import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivals } from '../src/arrivals.ts'
import { outline } from '../src/outline.ts'
import { planned } from '../src/planned.ts'
import { anyTraffic, burst, hold, overlay, ramp, silence } from './support/stages.ts'

test('a bucket holds the area under its stretch of the rate', () => {
  expect(planned([hold(10, 2000), ramp(0, 10, 2000)], 1000)).toEqual([10, 10, 2.5, 7.5])
})

test('a bucket may hold the end of one stage and the beginning of the next, and the last may be short', () => {
  expect(planned([hold(10, 1500), hold(20, 1200)], 1000)).toEqual([10, 15, 14])
})

test('a burst belongs to the bucket that starts at its instant, even at the very end', () => {
  expect(planned([silence(2000), burst(7), silence(1000)], 1000)).toEqual([0, 0, 7])
  expect(planned([hold(1, 2000), burst(7)], 1000)).toEqual([1, 1, 7])
  expect(planned([burst(7)], 1000)).toEqual([7])
  expect(planned([overlay([silence(1000), burst(7), silence(1000)], [hold(3, 2000)])], 1000)).toEqual([3, 10])
})

test('rounding at a stage edge opens no bucket of crumbs', () => {
  // Thirty stages of 0.1 s each: 3 s, give or take the last digit of a double.
  expect(
    planned(
      Array.from({ length: 30 }, () => hold(10, 0.1 * 1000)),
      1000,
    ),
  ).toEqual([10, 10, 10])
  expect(planned([hold(7, 333.3), hold(7, 333.3), hold(7, 333.4)], 1000)).toEqual([7])
})

test('the buckets add up to the whole, for any traffic and length', () => {
  fc.assert(
    fc.property(anyTraffic(5), fc.integer({ min: 200, max: 90_000 }), (traffic, everyMs) => {
      const buckets = planned(traffic, everyMs)
      const whole = outline(traffic).arrivals
      expect(Math.abs(buckets.reduce((sum, each) => sum + each, 0) - whole)).toBeLessThan(1e-6 * Math.max(1, whole))
      expect(Math.min(...buckets)).toBeGreaterThanOrEqual(-1e-9)
    }),
  )
})

test('each bucket differs from the arrivals due in it by less than two', () => {
  fc.assert(
    fc.property(
      anyTraffic(4).filter((traffic) => outline(traffic).arrivals < 20_000),
      (traffic) => {
        const due: number[] = []
        const cursor = arrivals({ traffic, spacing: 'even', seed: 1 })
        while (cursor.advance()) due[Math.floor(cursor.dueMs / 5000)] = (due[Math.floor(cursor.dueMs / 5000)] ?? 0) + 1
        planned(traffic, 5000).forEach((area, bucket) => expect(Math.abs(area - (due[bucket] ?? 0))).toBeLessThan(2))
      },
    ),
    { numRuns: 60 },
  )
})

test('buckets of no length are refused', () => {
  expect(() => planned([hold(1, 1000)], 0)).toThrow(RangeError)
})
