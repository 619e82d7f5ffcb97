import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstAtLeast, lastAtMost } from '../src/ordered.ts'

test('among equals the first is at least, and the last is at most', () => {
  expect(firstAtLeast([1, 2, 2, 2, 5], 2)).toBe(1)
  expect(lastAtMost([1, 2, 2, 2, 5], 2)).toBe(3)
})

test('outside the list they say so', () => {
  expect(firstAtLeast([1, 2], 3)).toBe(2)
  expect(lastAtMost([1, 2], 0)).toBe(-1)
  expect([firstAtLeast([], 0), lastAtMost([], 0)]).toEqual([0, -1])
})

test('they agree with a plain search, for any list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (numbers, value) => {
      const ordered = numbers.toSorted((a, b) => a - b)
      const first = ordered.findIndex((each) => each >= value)
      expect(firstAtLeast(ordered, value)).toBe(first === -1 ? ordered.length : first)
      expect(lastAtMost(ordered, value)).toBe(ordered.findLastIndex((each) => each <= value))
    }),
  )
})
