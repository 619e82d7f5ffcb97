import { expect, test } from 'vitest'
import { stripe } from '../src/stripe.ts'

test('the last worker is one less than their number', () => {
  expect(stripe(3, 4)).toEqual({ worker: 3, of: 4 })
})

test.each([
  [4, 4],
  [-1, 4],
  [0, 0],
  [0.5, 2],
])('worker %d of %d is refused', (worker, of) => {
  expect(() => stripe(worker, of)).toThrow(RangeError)
})
