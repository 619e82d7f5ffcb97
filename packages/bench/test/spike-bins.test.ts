import { expect, test } from 'vitest'
import type { Shape } from '../src/spike-bins.ts'
import { owedBy, worstBin } from '../src/spike-bins.ts'

const shape: Shape = { lowPerSec: 50, highPerSec: 5_000, lowSeconds: 2, riseSeconds: 1, highSeconds: 2 }

/** The moments at which a perfect tool sends, in ms from `beganMs`: by bisection of the area. */
function perfect(beganMs: number): number[] {
  const all = Math.floor(owedBy(5_000, shape))
  return Array.from({ length: all }, (_, index) => {
    let [low, high] = [0, 5_000]
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2
      if (owedBy(middle, shape) < index + 1) low = middle
      else high = middle
    }
    return beganMs + high
  })
}

test('two seconds at 50/s owe 100, the rise 2,525 and two seconds at 5,000/s another 10,000', () => {
  expect([0, 2_000, 3_000, 5_000, 9_000].map((ms) => owedBy(ms, shape))).toEqual([0, 100, 2_625, 12_625, 12_625])
})

test('halfway through the rise half of its length is owed at the low rate, and an eighth of what it rises by', () => {
  expect(owedBy(2_500, shape)).toBe(100 + 25 + 4_950 / 8)
})

test('who sends as it is owed is off by less than two arrivals in any bin, wherever it began', () => {
  expect(worstBin(perfect(123_456.7), shape).ratio).toBeLessThan(0.02)
})

test('the order in which arrivals were written down says nothing', () => {
  expect(worstBin(perfect(0).reverse(), shape)).toEqual(worstBin(perfect(0), shape))
})

test('a fifth of a second kept back and sent at once is seen in its bin', () => {
  const arrivals = perfect(0).map((ms) => (ms > 3_500 && ms <= 3_700 ? 3_700 : ms))
  const { ratio } = worstBin(arrivals, shape)
  expect(ratio).toBeGreaterThan(0.9)
})

test('who starts its seconds with a burst is far off', () => {
  const { ratio } = worstBin(
    perfect(0).map((ms) => Math.floor(ms / 1_000) * 1_000),
    shape,
  )
  expect(ratio).toBeGreaterThan(5)
})

test('who sends nothing after the rise lacks a whole bin', () => {
  const { ratio, arrivals } = worstBin(
    perfect(0).filter((ms) => ms < 2_900),
    shape,
  )
  expect(ratio).toBe(1)
  expect(arrivals).toBeLessThan(-400)
})

test('nothing that came has no worst bin', () => expect(() => worstBin([], shape)).toThrow('nothing came'))
