import { expect, test } from 'vitest'
import { plateauRushCourse, powerDecayCourse, powerFallCourse } from '../src/power.ts'

test('the plateau is flat, and the fall continues it at t^−q', () => {
  const rush = plateauRushCourse(1000, 60_000, 2, 600_000)
  const flat = rush.ratePerSecAt(0)
  expect(rush.ratePerSecAt(59_999)).toBe(flat)
  expect(rush.ratePerSecAt(120_000)).toBeCloseTo(flat / 4, 9)
  expect(rush.ratePerSecAt(600_000)).toBeCloseTo(flat / 100, 9)
})

test('a plateau of 1 s falling as t^−2 until 4 s owes 1 + (1 − 1/4) plateaus', () => {
  const rush = plateauRushCourse(1750, 1000, 2, 4000)
  expect(rush.areaUntil(1000)).toBeCloseTo(1000, 9)
  expect(rush.area).toBeCloseTo(1750, 9)
  // 500 more by 2 s: 1000·(1 − 1/2).
  expect(rush.dueMs(1500)).toBeCloseTo(2000, 9)
})

test('q = 1 owes the logarithm, and q beside 1 differs from it by as little', () => {
  const exact = powerFallCourse({ ratePerSec: 100, scaleMs: 1000, power: 1, lastingMs: (Math.E - 1) * 1000 })
  expect(exact.area).toBeCloseTo(100, 9)
  expect(exact.dueMs(50)).toBeCloseTo((Math.sqrt(Math.E) - 1) * 1000, 9)
  for (const power of [1 - 1e-12, 1 + 1e-12]) {
    const near = powerFallCourse({ ratePerSec: 100, scaleMs: 1000, power, lastingMs: (Math.E - 1) * 1000 })
    expect(near.area).toBeCloseTo(100, 8)
    expect(near.dueMs(50)).toBeCloseTo(exact.dueMs(50), 8)
  }
})

test('a plateau longer than the rush is a hold', () => {
  const rush = plateauRushCourse(100, 60_000, 1.5, 10_000)
  expect(rush.dueMs(50)).toBe(5000)
  expect(rush.ratePerSecAt(10_000)).toBe(10)
})

test('in the tail of a steep fall, due times are counted from the end and keep their digits', () => {
  const arrivals = 1_000_000
  const rush = plateauRushCourse(arrivals, 1000, 3, 1_000_000)
  for (const left of [1, 2, 10]) {
    const dueMs = rush.dueMs(arrivals - left)
    const rest = arrivals - rush.areaUntil(dueMs)
    expect(Math.abs(rest - left) / rush.ratePerSecAt(dueMs)).toBeLessThan(1e-6)
  }
})

test.each([0.5, 1, 2, 3.7])('a decay of power %d starts and ends at its rates', (power) => {
  const decay = powerDecayCourse({ fromPerSec: 300, toPerSec: 20, lastingMs: 90_000 }, power)
  expect(decay.ratePerSecAt(0)).toBeCloseTo(300, 9)
  expect(decay.ratePerSecAt(90_000)).toBeCloseTo(20, 9)
})

test('a power decay of 1 from 400 to 100 over 3 s has τ = 1 s and owes 400·ln 4', () => {
  const decay = powerDecayCourse({ fromPerSec: 400, toPerSec: 100, lastingMs: 3000 }, 1)
  expect(decay.ratePerSecAt(1000)).toBeCloseTo(200, 9)
  expect(decay.area).toBeCloseTo(400 * Math.log(4), 9)
})

test('a power too small to fall so far is refused, not answered with NaN', () => {
  expect(() => powerDecayCourse({ fromPerSec: 1000, toPerSec: 1, lastingMs: 1000 }, 0.005)).toThrow(RangeError)
})
