import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lognormalCourse } from '../src/lognormal.ts'

const dayMs = 24 * 3600_000

test('half of a rush that is hardly cut has come by its median', () => {
  const rush = lognormalCourse(60_000, 45_000, 1, dayMs)
  expect(rush.dueMs(30_000)).toBeCloseTo(45_000, 3)
})

test('median 45 s and sigma 1 bring 61 % within 60 s and 84 % within 120 s, at most 1,263 times the mean of a day', () => {
  const rush = lognormalCourse(1_000_000, 45_000, 1, dayMs)
  expect(rush.areaUntil(60_000) / 1e6).toBeCloseTo(0.61, 2)
  expect(rush.areaUntil(120_000) / 1e6).toBeCloseTo(0.84, 2)
  expect(Math.round(rush.highestPerSec() / (1e6 / 86_400))).toBe(1263)
})

test('a rush cut at its median is scaled to owe its whole count by then', () => {
  const rush = lognormalCourse(1000, 45_000, 1, 45_000)
  expect(rush.areaUntil(45_000)).toBe(1000)
  expect(rush.dueMs(1000)).toBe(45_000)
  // Before the cut it is the uncut law doubled: Φ(−1) = 0.158655… at m/e.
  expect(rush.areaUntil(45_000 / Math.E)).toBeCloseTo(2000 * 0.15865525393145707, 9)
})

test('due times answer to their areas to 1 µs, in both tails', () => {
  const log = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 10_000_000 }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      log,
      log,
      (arrivals, sigma, cut, place) => {
        const lastingMs = 1000 * 86_400 ** cut
        const rush = lognormalCourse(arrivals, 45_000, sigma, lastingMs)
        // First, last and everything between, on a scale that visits the ends.
        for (const nth of [Math.ceil(arrivals ** place), arrivals - Math.floor(arrivals ** place) + 1]) {
          const dueMs = rush.dueMs(nth)
          const errorMs = (1000 * Math.abs(rush.areaUntil(dueMs) - nth)) / rush.ratePerSecAt(dueMs)
          // A double near `arrivals` cannot itself say where it stands more exactly than this.
          const grainMs = (1000 * arrivals * 2 ** -51) / rush.ratePerSecAt(dueMs)
          expect(errorMs).toBeLessThanOrEqual(1e-3 + grainMs)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('a rush that ends before anyone could come is refused', () => {
  expect(() => lognormalCourse(10, 86_400_000, 0.1, 1)).toThrow(RangeError)
})
