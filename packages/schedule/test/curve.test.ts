import { expect, test } from 'vitest'
import { curveCourse } from '../src/curve.ts'

const tent = curveCourse(
  [
    { atMs: 0, ratePerSec: 0 },
    { atMs: 2000, ratePerSec: 20 },
    { atMs: 4000, ratePerSec: 0 },
    { atMs: 9000, ratePerSec: 0 },
  ],
  9000,
)

test('a tent of 20/s over 4 s owes 40, half of them by its top', () => {
  expect(tent.area).toBe(40)
  expect(tent.areaUntil(2000)).toBe(20)
  expect(tent.dueMs(20)).toBe(2000)
  expect(tent.ratePerSecAt(1000)).toBe(10)
  expect(tent.ratePerSecAt(3000)).toBe(10)
})

test('the last arrival is due when it is owed, not at the end of the quiet that follows', () => {
  expect(tent.dueMs(40)).toBe(4000)
})

test('before the first sample the first rate holds, after the last the last', () => {
  const curve = curveCourse([{ atMs: 1000, ratePerSec: 10 }], 3000)
  expect(curve.area).toBe(30)
  expect(curve.dueMs(5)).toBe(500)
  expect(curve.dueMs(25)).toBe(2500)
})

test('two samples at one instant are a step', () => {
  const step = [0, 1000, 1000, 2000].map((atMs, index) => ({ atMs, ratePerSec: index < 2 ? 10 : 100 }))
  const curve = curveCourse(step, 2000)
  expect(curve.area).toBe(110)
  expect(curve.dueMs(10)).toBe(1000)
  expect(curve.dueMs(11)).toBe(1010)
  expect(curve.ratePerSecAt(1000)).toBe(100)
})

test('a curve whose file nobody read is our mistake, and says so', () => {
  expect(() => curveCourse([], 1000)).toThrow('has not been read')
})
