import { expect, test } from 'vitest'
import { poissonGaps } from '../src/gaps.ts'

const draws = 200_000

test('gaps have the mean 1 and the variance 1 of the unit exponential, within 5σ', () => {
  const next = poissonGaps(11)
  const all = Array.from({ length: draws }, next)
  const mean = all.reduce((sum, gap) => sum + gap, 0) / draws
  const variance = all.reduce((sum, gap) => sum + (gap - 1) ** 2, 0) / draws
  expect(Math.abs(mean - 1)).toBeLessThan(5 / Math.sqrt(draws))
  // The fourth central moment is 9, so the variance of (gap − 1)² is 8.
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(8 / draws))
})

test('more than t is left with probability e^−t, within 5σ', () => {
  const next = poissonGaps(12)
  const all = Array.from({ length: draws }, next)
  for (const t of [0.01, 0.1, 1, 3, 6]) {
    const share = Math.exp(-t)
    const seen = all.filter((gap) => gap > t).length / draws
    expect(Math.abs(seen - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / draws))
  }
})

test('gaps add up without rounding, in whatever order', () => {
  const next = poissonGaps(13)
  const all = Array.from({ length: 10_000 }, next)
  const forth = all.reduce((sum, gap) => sum + gap, 2 ** 32)
  const back = all.reduceRight((sum, gap) => sum + gap, 0) + 2 ** 32
  expect(forth).toBe(back)
})
