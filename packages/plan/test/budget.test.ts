import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usualBudget } from '../src/budget.ts'
import { canonicalPlan } from '../src/canonical.ts'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { formatDuration } from '../src/units.ts'
import { problemsOf } from './problems-of.ts'

const withBudget = (budget: unknown) =>
  launch({ name: 'sale', target: 'http://127.0.0.1', traffic: 'burst 1', budget: budget as Launch['budget'] })

describe('the error budget of a plan', () => {
  test('is a share and a time', () => {
    expect(withBudget('99.95% over 90m').budget).toEqual({ availabilityRatio: 0.9995, overMs: 5_400_000 })
    expect(withBudget('0.99 over 1h30m').budget).toEqual({ availabilityRatio: 0.99, overMs: 5_400_000 })
    expect(withBudget('99.9% over 2h').budget).toEqual(usualBudget)
  })

  test('is no part of a plan that does not say it, whose hash stays what it was', () => {
    expect(withBudget(undefined)).not.toHaveProperty('budget')
    expect(canonicalPlan(withBudget(undefined))).not.toHaveProperty('budget')
  })

  test.each(['99.9%', '99.9% in 2h', 'over 2h', '', '99.9% over 2h over 3h'])('%j is none', (text) => {
    expect(problemsOf(() => withBudget(text)).join('\n')).toContain('budget: a share of requests and a time, such as "99.9% over 2h"')
  })

  test.each(['100% over 2h', '0% over 2h', '99.9% over 0s'])('%j leaves nothing to spend, or nothing to ask for', (text) => {
    expect(problemsOf(() => withBudget(text)).join('\n')).toContain('less than 100 %')
  })

  test.each([
    ['99,9% over 2h', 'a share such as'],
    ['120% over 2h', 'a share such as'],
    ['99.9% over 2 h', 'such as "99.9% over 2h"'],
    ['99.9% over 2y', 'a duration'],
  ])('%j says which half is wrong', (text, expected) => expect(problemsOf(() => withBudget(text)).join('\n')).toContain(expected))

  test('is what was written, to the last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 86_400 }), (perHundredThousand, seconds) => {
        const share = `${perHundredThousand / 1e3}%`
        expect(withBudget(`${share} over ${formatDuration(seconds * 1e3)}`).budget).toEqual({
          availabilityRatio: Number(`${perHundredThousand}e-5`),
          overMs: seconds * 1e3,
        })
      }),
    )
  })
})
