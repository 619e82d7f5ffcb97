import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Budget } from '../src/budget.ts'
import { localBudget, sharedBudget } from '../src/budget.ts'

const kinds: Readonly<Record<string, (most: number) => Budget>> = {
  'of one thread': localBudget,
  'over shared memory': (most) => sharedBudget(new Int32Array(new SharedArrayBuffer(8)), 1, most),
}

describe.each(Object.entries(kinds))('a budget %s', (_, create) => {
  test('gives out as many places as there are, and no more', () => {
    const budget = create(3)
    expect([1, 2, 3, 4].map(() => budget.take())).toEqual([true, true, true, false])
  })

  test('of nothing gives out nothing', () => expect(create(0).take()).toBe(false))

  test('without a limit never refuses', () => {
    const budget = create(Number.POSITIVE_INFINITY)
    expect(Array.from({ length: 1_000 }, () => budget.take()).every(Boolean)).toBe(true)
  })

  test('takes exactly while fewer are taken than there are, whatever came before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.array(fc.boolean()), (most, isTakes) => {
        const budget = create(most)
        let taken = 0
        for (const isTake of isTakes) {
          if (isTake) {
            expect(budget.take()).toBe(taken < most)
            if (taken < most) taken++
          } else if (taken > 0) {
            budget.give()
            taken--
          }
        }
      }),
    )
  })
})

test('two views of one memory share one budget', () => {
  const memory = new SharedArrayBuffer(4)
  const [one, other] = [0, 1].map(() => sharedBudget(new Int32Array(memory), 0, 2)) as [Budget, Budget]
  expect([one.take(), other.take(), one.take()]).toEqual([true, true, false])
  other.give()
  expect([one.take(), other.take()]).toEqual([true, false])
})
