import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilson } from '../src/wilson.ts'

describe('the interval of a share', () => {
  // z² = 3.8415: high = z²/n / (1 + z²/n) = 0.0038415 / 1.0038415
  test('no failure of 1,000 leaves room for 0.38 %', () => {
    expect(wilson(0, 1_000).low).toBe(0)
    expect(wilson(0, 1_000).high).toBeCloseTo(0.0038268, 6)
  })

  // Wilson (1927) by hand: (0.5 ± …) of 10 is 0.2366 to 0.7634.
  test('5 of 10 lies between 24 % and 76 %', () => {
    expect(wilson(5, 10).low).toBeCloseTo(0.2366, 4)
    expect(wilson(5, 10).high).toBeCloseTo(0.7634, 4)
  })

  test('it always holds the observed share, stays within 0 and 1, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (samples, part) => {
        const hits = Math.round(samples * part)
        const { low, high } = wilson(hits, samples)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(hits / samples)
        expect(high).toBeGreaterThanOrEqual(hits / samples)
        expect(high).toBeLessThanOrEqual(1)
        expect(wilson(samples - hits, samples).high).toBeCloseTo(1 - low, 12)
      }),
    )
  })
})
