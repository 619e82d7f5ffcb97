import { seededRandom } from '@doorbuster/schedule'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chance, pick, zipf } from '../src/draws.ts'

const randomOf = (seed: number): (() => number) => {
  const generator = seededRandom(seed, 1)
  return () => generator.uniform()
}

const ranks = (count: number): readonly number[] => Array.from({ length: count }, (_, nth) => nth + 1)

test('by rank the first of four is picked 12 times in 25, the last 3 times', () => {
  // 1, 1/2, 1/3 and 1/4 are 12, 6, 4 and 3 of 25.
  const random = randomOf(1)
  const counts = new Map<number, number>()
  for (let i = 0; i < 25_000; i++) {
    const rank = zipf([1, 2, 3, 4], 1, random)
    counts.set(rank, (counts.get(rank) ?? 0) + 1)
  }
  for (const [rank, of25] of [
    [1, 12],
    [2, 6],
    [3, 4],
    [4, 3],
  ] as const) {
    // Five standard errors of a share of a half among 25,000 are 0.016.
    expect(Math.abs((counts.get(rank) ?? 0) / 25_000 - of25 / 25)).toBeLessThan(0.016)
  }
})

test('with an exponent of 0 nobody is preferred, and an even pick is the same', () => {
  for (const at of [0, 0.24, 0.26, 0.99]) expect(zipf(ranks(4), 0, () => at)).toBe(pick(ranks(4), () => at))
})

test('whatever is drawn is in the list, and a larger number never gets an earlier rank', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: 0, max: 4, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true })),
      (count, exponent, numbers) => {
        const picked = numbers.toSorted((a, b) => a - b).map((at) => zipf(ranks(count), exponent, () => at))
        expect(picked).toEqual(picked.toSorted((a, b) => a - b))
        for (const rank of picked) expect(rank).toBeLessThanOrEqual(count)
      },
    ),
  )
})

test('a chance of 0 never comes and one of 1 always does', () => {
  expect([chance(0, () => 0), chance(1, () => 1 - 2 ** -53), chance(0.25, () => 0.2), chance(0.25, () => 0.25)]).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('what cannot be drawn is told to the journey', () => {
  const random = (): number => 0.5
  expect(() => pick([], random)).toThrow(RangeError)
  expect(() => zipf([], 1, random)).toThrow(RangeError)
  expect(() => zipf([1], Number.NaN, random)).toThrow('an exponent is a number from 0 on, not NaN')
  expect(() => chance(1.5, random)).toThrow('a share is a number from 0 to 1, not 1.5')
})
