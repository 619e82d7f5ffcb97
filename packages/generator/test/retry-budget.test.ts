import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budgeted } from '../src/retry-budget.ts'

const taken = (budget: Budgeted, tries: number, nowMs: number): number =>
  Array.from({ length: tries }, () => budget.take(nowMs)).filter(Boolean).length

test('a tenth of a hundred intents is ten retries', () => {
  const budget = new Budgeted({ shareRatio: 0.1, leastPerSec: 0 }, 1)
  for (let i = 0; i < 100; i++) budget.wanted(i)
  expect(taken(budget, 50, 100)).toBe(10)
})

test('one a second is there without any intent, for ten seconds in advance', () => {
  const budget = new Budgeted({ shareRatio: 0.1, leastPerSec: 1 }, 1)
  expect(taken(budget, 50, 0)).toBe(10)
  expect(taken(budget, 50, 9_999)).toBe(0)
  expect(taken(budget, 50, 10_000)).toBe(10)
})

test('what was paid in is forgotten after ten seconds', () => {
  const budget = new Budgeted({ shareRatio: 0.5, leastPerSec: 0 }, 1)
  for (let i = 0; i < 20; i++) budget.wanted(500)
  expect(taken(budget, 3, 9_999)).toBe(3)
  expect(taken(budget, 50, 10_000)).toBe(0)
})

test('of the fixed part each of four threads has a quarter', () => {
  const threads = Array.from({ length: 4 }, () => new Budgeted({ shareRatio: 0.1, leastPerSec: 2 }, 4))
  expect(threads.map((budget) => taken(budget, 50, 0))).toEqual([5, 5, 5, 5])
})

test('in any ten seconds the retries stay within the share of the intents and the fixed part', () => {
  const act = fc.record({ afterMs: fc.nat(1_500), isRetry: fc.boolean() })
  const settings = { shareRatio: fc.double({ min: 0.01, max: 2, noNaN: true }), leastPerSec: fc.nat(5) }
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), fc.record(settings), (acts, { shareRatio, leastPerSec }) => {
      const budget = new Budgeted({ shareRatio, leastPerSec }, 1)
      const seconds: { intents: number; retries: number }[] = []
      let nowMs = 0
      for (const { afterMs, isRetry } of acts) {
        nowMs += afterMs
        const second = Math.floor(nowMs / 1e3)
        seconds[second] ??= { intents: 0, retries: 0 }
        if (!isRetry) {
          budget.wanted(nowMs)
          seconds[second].intents++
        } else if (budget.take(nowMs)) seconds[second].retries++
      }
      for (let from = 0; from < seconds.length; from++) {
        const span = seconds.slice(from, from + 10).filter((each) => each !== undefined)
        const sum = (of: 'intents' | 'retries') => span.reduce((total, each) => total + each[of], 0)
        // Taken out at the latest in the second that is looked at; what was left over of the seconds before may have been spent in it.
        const before = seconds.slice(Math.max(0, from - 9), from).reduce((total, each) => total + (each?.intents ?? 0), 0)
        expect(sum('retries')).toBeLessThanOrEqual(shareRatio * (sum('intents') + before) + leastPerSec * 10 + 1e-6)
      }
    }),
  )
})
