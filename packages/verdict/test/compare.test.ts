import { describe, expect, test } from 'vitest'
import { isBroken, isHeld, isWorse } from '../src/compare.ts'

describe('a limit', () => {
  test.each([
    ['<', 499.9, true],
    ['<', 500, false],
    ['<=', 500, true],
    ['<=', 500.1, false],
    ['>', 500, false],
    ['>', 500.1, true],
    ['>=', 500, true],
    ['>=', 499.9, false],
    ['==', 500, true],
    ['==', 499.9, false],
  ] as const)('%s 500 of %d is held: %s', (op, value, held) => {
    expect(isHeld({ op, limit: 500 }, value)).toBe(held)
    expect(isBroken({ op, limit: 500 }, value)).toBe(!held)
  })

  test('what was never answered breaks every upper limit', () => {
    expect(isBroken({ op: '<', limit: 1e12 }, Number.POSITIVE_INFINITY)).toBe(true)
    expect(isBroken({ op: '<=', limit: 1e12 }, Number.POSITIVE_INFINITY)).toBe(true)
  })

  test('worse is higher under an upper limit, lower over a lower one, further from an exact one', () => {
    expect(isWorse({ op: '<', limit: 5 }, 9, 7)).toBe(true)
    expect(isWorse({ op: '>=', limit: 5 }, 9, 7)).toBe(false)
    expect(isWorse({ op: '==', limit: 5 }, 2, 7)).toBe(true)
    expect(isWorse({ op: '==', limit: 5 }, 3, 7)).toBe(false)
  })
})
