import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ninetyFivePercent, rankInterval, threeSigma } from '../src/rank-interval.ts'

describe('the ranks that bound a percentile', () => {
  // Binomial(10, ½): P(B ≤ 1) = 11/1024 = 1.1 %, P(B ≤ 2) = 56/1024 = 5.5 %.
  test('the median of ten lies between the 2nd and the 9th', () => expect(rankInterval(10, 0.5)).toEqual({ low: 2, high: 9 }))

  // 0.95^n is the chance that none of n lies above p95: 21.5 % for 30, 2.6 % for 71, 2.5 % for 72.
  test('thirty samples bound p95 by nothing from above', () => expect(rankInterval(30, 0.95).high).toBe(31))
  test('72 samples are the fewest that bound p95 from above', () => {
    expect(rankInterval(71, 0.95).high).toBe(72)
    expect(rankInterval(72, 0.95).high).toBe(72)
  })

  test('p100 has the maximum below it and nothing above', () => expect(rankInterval(40, 1)).toEqual({ low: 40, high: 41 }))
  test('p0 has the minimum above it and nothing below', () => expect(rankInterval(40, 0)).toEqual({ low: 0, high: 1 }))

  // 40,000 · 0.99 ± 1.96 · √(40,000 · 0.99 · 0.01) = 39,600 ± 39
  test('many samples narrow it like a normal', () => expect(rankInterval(40_000, 0.99)).toEqual({ low: 39_561, high: 39_640 }))

  test('each bound is the tightest one whose tail is small enough, by the binomial itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 999 }), (samples, perMille) => {
        const share = perMille / 1e3
        const { low, high } = rankInterval(samples, share)
        const below = cumulative(samples, share)
        const outside = (rank: number): number => (rank < 0 ? 0 : (below[rank] ?? 1))
        expect(outside(low - 1)).toBeLessThanOrEqual(ninetyFivePercent.tail + 1e-9)
        expect(outside(low)).toBeGreaterThan(ninetyFivePercent.tail - 1e-9)
        expect(1 - outside(high - 1)).toBeLessThanOrEqual(ninetyFivePercent.tail + 1e-9)
        expect(1 - outside(high - 2)).toBeGreaterThan(ninetyFivePercent.tail - 1e-9)
      }),
    )
  })

  test('the exact sum and the normal agree where one gives way to the other', () => {
    // n · 0.01 · 0.99 passes 200 between these two.
    const summed = rankInterval(20_200, 0.99)
    const normal = rankInterval(20_203, 0.99)
    expect(Math.abs(normal.low - summed.low - 3)).toBeLessThanOrEqual(1)
    expect(Math.abs(normal.high - summed.high - 3)).toBeLessThanOrEqual(1)
  })

  test('more certainty is never a narrower interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (samples, share) => {
        const usual = rankInterval(samples, share)
        const surer = rankInterval(samples, share, threeSigma)
        expect(surer.low).toBeLessThanOrEqual(usual.low)
        expect(surer.high).toBeGreaterThanOrEqual(usual.high)
      }),
    )
  })
})

/** P(B ≤ k) for every k, multiplied out in logarithms: slow and plain. */
function cumulative(samples: number, share: number): readonly number[] {
  let logChoose = 0
  let sum = 0
  return Array.from({ length: samples + 1 }, (_, k) => {
    if (k > 0) logChoose += Math.log((samples - k + 1) / k)
    sum += Math.exp(logChoose + k * Math.log(share) + (samples - k) * Math.log1p(-share))
    return sum
  })
}
