import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delayExceeded } from '../src/delay-exceeded.ts'

test('one stall of 150 ms in a second makes a hundredth of all moments wait more than 140', () => {
  expect(delayExceeded(0.01, [150], 1_000)).toBe(140)
})

test('two stalls of 60 ms share the hundredth: 5 ms of each', () => expect(delayExceeded(0.01, [60, 0, 60], 1_000)).toBe(55))

test('stalls that last no hundredth in all are none', () => {
  expect(delayExceeded(0.01, [3, 4, 2], 1_000)).toBe(0)
  expect(delayExceeded(0.01, [], 1_000)).toBe(0)
})

test('the moments with more to wait last just that share', () => {
  const stalls = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(stalls, fc.double({ min: 0, max: 0.5, noNaN: true }), (stallsMs, ratio) => {
      const delayMs = delayExceeded(ratio, stallsMs, 1_000)
      const longerMs = stallsMs.reduce((sum, stallMs) => sum + Math.max(0, stallMs - delayMs), 0)
      if (delayMs > 0) expect(longerMs).toBeCloseTo(ratio * 1_000, 6)
      else expect(longerMs).toBeLessThanOrEqual(ratio * 1_000 + 1e-9)
    }),
  )
})
