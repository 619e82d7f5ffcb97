import { expect, test } from 'vitest'
import { mix32, seededRandom, Xoshiro128 } from '../src/random.ts'

test('xoshiro128** 1.1 from state 1 2 3 4 gives the published numbers', () => {
  const random = new Xoshiro128(1, 2, 3, 4)
  const published = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]
  expect(published.map(() => random.uint32())).toEqual(published)
})

test('the seed mixer gives the known values of MurmurHash3', () => {
  expect([0, 1].map((word) => mix32(word) >>> 0)).toEqual([0, 0x514e28b7])
})

test('the same seed and stream replay, another seed or stream does not', () => {
  const first = (seed: number, stream: number): number[] => {
    const random = seededRandom(seed, stream)
    return Array.from({ length: 4 }, () => random.uniform())
  }
  expect(first(7, 3)).toEqual(first(7, 3))
  expect(first(7, 3)).not.toEqual(first(8, 3))
  expect(first(7, 3)).not.toEqual(first(7, 4))
  expect(first(7, 3)).not.toEqual(first(7, 3 + 2 ** 32))
})

test('uniform stays strictly between 0 and 1, with mean ½ and variance 1/12 within 5σ', () => {
  const random = seededRandom(1, 0)
  const draws = Array.from({ length: 100_000 }, () => random.uniform())
  const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length
  const variance = draws.reduce((sum, each) => sum + (each - 0.5) ** 2, 0) / draws.length
  expect(Math.min(...draws.slice(0, 50_000))).toBeGreaterThan(0)
  expect(Math.max(...draws.slice(50_000))).toBeLessThan(1)
  expect(Math.abs(mean - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(draws.length))
  expect(Math.abs(variance - 1 / 12)).toBeLessThan((5 * Math.sqrt(1 / 180)) / Math.sqrt(draws.length))
})

test('a draw of all zero bits is ½ of the smallest step, so that its logarithm is finite', () => {
  // Words b and then b ^ c ^ a are what the first two outputs are made of.
  expect(new Xoshiro128(5, 0, 5, 0).uniform()).toBe(2 ** -54)
})

test.each([0, 1, 2])('draw %d of 40,000 consecutive streams is uniform over 100 cells, and free of its neighbour', (skipped) => {
  const draws = Array.from({ length: 40_000 }, (_, stream) => {
    const random = seededRandom(42, stream + 1)
    for (let skip = 0; skip < skipped; skip += 1) random.uniform()
    return random.uniform()
  })
  // χ² with 99 degrees of freedom: mean 99, σ √198 ≈ 14.
  expect(chiSquare(draws.map((draw) => Math.floor(draw * 100)))).toBeLessThan(99 + 5 * 14.1)
  const pairs = draws.slice(1).map((draw, index) => Math.floor(draw * 10) * 10 + Math.floor((draws[index] ?? 0) * 10))
  expect(chiSquare(pairs)).toBeLessThan(99 + 5 * 14.1)
})

function chiSquare(cells: readonly number[]): number {
  const counts = new Array<number>(100).fill(0)
  for (const cell of cells) counts[cell] = (counts[cell] ?? 0) + 1
  const expected = cells.length / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}
