import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram } from '../src/histogram.ts'

const recorded = (times: readonly number[]): Histogram => {
  const histogram = Histogram.create()
  for (const ms of times) histogram.recordMs(ms)
  return histogram
}

test('small values come back exactly, with how often they were counted', () => {
  const histogram = recorded([0.001, 0.5, 0.5, 2, 0])
  expect([...histogram.values()]).toEqual([
    { valueUs: 0, count: 1 },
    { valueUs: 1, count: 1 },
    { valueUs: 500, count: 2 },
    { valueUs: 2_000, count: 1 },
  ])
  histogram.destroy()
})

test('the values of any set, laid out in order, are the set within a thousandth', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 3.5e6, noNaN: true }), { maxLength: 60 }), (times) => {
      const histogram = recorded(times)
      const laidOut = [...histogram.values()].flatMap(({ valueUs, count }) => Array.from({ length: count }, () => valueUs))
      histogram.destroy()
      const exact = times.map((ms) => Math.round(ms * 1e3)).toSorted((a, b) => a - b)
      expect(laidOut.length).toBe(exact.length)
      for (const [index, us] of exact.entries()) expect(Math.abs((laidOut[index] ?? 0) - us)).toBeLessThanOrEqual(us / 1e3)
    }),
    { numRuns: 60 },
  )
})

test('a count of several bytes is read whole', () => {
  const histogram = recorded([7])
  for (let doubling = 0; doubling < 24; doubling++) histogram.add(histogram)
  expect([...histogram.values()]).toEqual([{ valueUs: 7_000, count: 2 ** 24 }])
  histogram.destroy()
})

test('an empty set has no values', () => expect([...Histogram.create().values()]).toEqual([]))
