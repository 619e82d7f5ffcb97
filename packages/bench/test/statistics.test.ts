import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadOf } from '../src/statistics.ts'

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })

test('nothing measured has no spread', () => expect(spreadOf([])).toBeNull())

test('an odd number of rounds has its middle one as median', () => {
  expect(spreadOf([9, 1, 2])).toEqual({ median: 2, low: 1, high: 9, mad: 1 })
})

test('an even number of rounds has the mean of the middle two', () => {
  expect(spreadOf([4, 1, 2, 9])).toEqual({ median: 3, low: 1, high: 9, mad: 1.5 })
})

test('one wild round moves neither median nor deviation', () => {
  expect(spreadOf([10, 11, 12, 13, 1_000])).toMatchObject({ median: 12, mad: 1 })
})

test('at most half of the rounds lie on either side of the median, whatever their order', () => {
  fc.assert(
    fc.property(values, (rounds) => {
      const median = spreadOf(rounds)?.median ?? Number.NaN
      expect(rounds.filter((value) => value < median).length).toBeLessThanOrEqual(rounds.length / 2)
      expect(rounds.filter((value) => value > median).length).toBeLessThanOrEqual(rounds.length / 2)
      expect(spreadOf(rounds.toReversed())).toEqual(spreadOf(rounds))
    }),
  )
})

test('half of the rounds lie within the deviation', () => {
  fc.assert(
    fc.property(values, (rounds) => {
      const { median, mad } = spreadOf(rounds) ?? { median: Number.NaN, mad: Number.NaN }
      expect(rounds.filter((value) => Math.abs(value - median) <= mad).length).toBeGreaterThanOrEqual(rounds.length / 2)
    }),
  )
})
