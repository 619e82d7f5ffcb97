import { expect, test } from 'vitest'
import { tidy, toleranceOf } from '../src/tolerance.ts'

test('what rounding leaves beside a whole number is that number, a real fraction stays', () => {
  expect(tidy(0.1 + 0.2 + 0.7)).toBe(1)
  expect(tidy(40_000 - 2 ** -37)).toBe(40_000)
  expect(tidy(1.000001)).toBe(1.000001)
  expect(tidy(2.5)).toBe(2.5)
})

test('the tolerance grows with what one rounded product of that size can be off', () => {
  expect(toleranceOf(40_000)).toBe(1e-9)
  // 2^27 ≈ 1.3·10⁸ arrivals lie 2^−25·… apart as doubles: four of those steps.
  expect(toleranceOf(2 ** 27)).toBe(4 * 2 ** -25)
})
