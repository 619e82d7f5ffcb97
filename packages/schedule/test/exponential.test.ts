import { expect, test } from 'vitest'
import { exponentialCourse, exponentialDecayCourse } from '../src/exponential.ts'

test('half of an uncut exponential rush has come by ln 2 of its mean', () => {
  const rush = exponentialCourse(1000, 60_000, 60 * 60_000)
  expect(rush.dueMs(500)).toBeCloseTo(60_000 * Math.LN2, 6)
  // 1 − 1/e within one mean.
  expect(rush.areaUntil(60_000)).toBeCloseTo(1000 * (1 - Math.exp(-1)), 9)
})

test('a rush cut at one mean is scaled so that its whole count is still owed', () => {
  const rush = exponentialCourse(1000, 60_000, 60_000)
  expect(rush.areaUntil(60_000)).toBe(1000)
  expect(rush.dueMs(1000)).toBe(60_000)
  expect(rush.ratePerSecAt(0)).toBeCloseTo(1000 / 60 / (1 - Math.exp(-1)), 9)
})

test('deep in the tail the due time still answers to its area', () => {
  const rush = exponentialCourse(1_000_000, 60_000, 24 * 3600_000)
  // One arrival is left when e^(−t/μ) is a millionth.
  expect(rush.dueMs(999_999)).toBeCloseTo(60_000 * Math.log(1_000_000), 6)
})

test('a decay falls by equal factors in equal times and ends at its last rate', () => {
  const decay = exponentialDecayCourse({ fromPerSec: 800, toPerSec: 100, lastingMs: 3000 })
  expect([0, 1000, 2000, 3000].map((tMs) => decay.ratePerSecAt(tMs))).toEqual([800, 400, 200, 100].map((rate) => expect.closeTo(rate, 9)))
  // ∫ 800·2^(−t) dt from 0 to 3 s = 700/ln 2
  expect(decay.area).toBeCloseTo(700 / Math.LN2, 9)
})

test('a decay between equal rates is a hold, and one to 0 is refused', () => {
  expect(exponentialDecayCourse({ fromPerSec: 5, toPerSec: 5, lastingMs: 2000 }).dueMs(5)).toBe(1000)
  expect(() => exponentialDecayCourse({ fromPerSec: 5, toPerSec: 0, lastingMs: 2000 })).toThrow(RangeError)
})
