import { expect, test } from 'vitest'
import { solve } from '../src/solve.ts'

test('a cubic area is solved to far below 1 µs', () => {
  // A(t) = t³/10⁹ with t in ms: 8 arrivals by 2,000 ms.
  const cubic = { areaUntil: (tMs: number) => tMs ** 3 / 1e9, ratePerSecAt: (tMs: number) => (3 * tMs * tMs) / 1e6 }
  expect(solve(cubic, 8, { fromMs: 0, toMs: 100_000, guessMs: 70_000 })).toBeCloseTo(2000, 8)
})

test('a kink that throws plain Newton out of the bracket is still solved', () => {
  // Nearly flat until 900 ms, then 1,000/s.
  const kink = {
    areaUntil: (tMs: number) => (tMs < 900 ? tMs * 1e-6 : 9e-4 + (tMs - 900)),
    ratePerSecAt: (tMs: number) => (tMs < 900 ? 1e-3 : 1000),
  }
  const bracket = { fromMs: 0, toMs: 1000 }
  expect(solve(kink, 50, { ...bracket, guessMs: 20 })).toBeCloseTo(950 - 9e-4, 8)
  expect(solve(kink, 5e-4, { ...bracket, guessMs: 950 })).toBeCloseTo(500, 6)
})
