import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CapacityLevel } from '../../src/capacity/capacity-form.ts'
import { looksAt } from '../../src/capacity/looks.ts'
import type { SearchRules } from '../../src/capacity/search.ts'
import { bracketOf, nextStep, usualSearch } from '../../src/capacity/search.ts'
import { level, seeded } from '../support/simulated-target.ts'

const rules = (more: Partial<SearchRules> = {}): SearchRules => ({
  ...usualSearch,
  fromPerSec: 10,
  ceilingPerSec: Number.POSITIVE_INFINITY,
  ...more,
})

/** Every level that a search tries of a target that says of each rate how it stands. */
function searched(standingOf: (ratePerSec: number, nth: number) => CapacityLevel['standing'], own = rules()): readonly CapacityLevel[] {
  const levels: CapacityLevel[] = []
  for (;;) {
    const step = nextStep(levels, own)
    if (step.kind === 'done') return levels
    levels.push(level({ ratePerSec: step.ratePerSec, purpose: step.purpose, standing: standingOf(step.ratePerSec, levels.length) }))
  }
}

const bears = (limitPerSec: number) => (ratePerSec: number) => (ratePerSec <= limitPerSec ? 'met' : 'missed')

test('of a target that bears 100/s it tries 10, 20, 40, 80, 160, and then the middle of 80 and 160 by ratio', () => {
  const rates = searched(bears(100)).map(({ ratePerSec }) => ratePerSec)
  expect(rates.slice(0, 6)).toEqual([10, 20, 40, 80, 160, 113.1])
})

test('whatever a target bears, the ends are 3 % apart at last, the truth lies between them, and each was tried twice', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e5, noNaN: true }), (limitPerSec) => {
      const levels = searched(bears(limitPerSec))
      const { met, over } = bracketOf(levels)
      expect(met?.ratePerSec).toBeLessThanOrEqual(limitPerSec)
      expect(over?.ratePerSec).toBeGreaterThan(limitPerSec)
      expect((over?.ratePerSec ?? 0) / (met?.ratePerSec ?? 1)).toBeLessThanOrEqual(1.0301)
      expect([met?.looks, over?.looks]).toEqual([2, 2])
    }),
  )
})

test('however a target behaves, the search comes to an end, and answers no rate above one that missed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(0.1, 0.5, 0.9), (seed, share) => {
      const random = seeded(seed)
      const kinds = ['missed', 'invalid', 'unknown'] as const
      const levels = searched(() => (random() < share ? 'met' : (kinds[Math.floor(random() * 3)] ?? 'missed')))
      expect(levels.length).toBeLessThanOrEqual(usualSearch.mostLevels)
      const { met, over } = bracketOf(levels)
      expect(met?.ratePerSec ?? 0).toBeLessThan(over?.ratePerSec ?? Number.POSITIVE_INFINITY)
    }),
  )
})

test('one bad level in a hundred moves the answer by no more than 5 % in 95 of 100 searches', () => {
  const near = Array.from({ length: 100 }, (_, seed) => {
    const random = seeded(seed + 1)
    const levels = searched((ratePerSec) => (random() < 0.01 ? 'missed' : bears(700)(ratePerSec)))
    return Math.abs((bracketOf(levels).met?.ratePerSec ?? 0) / 700 - 1) <= 0.05
  })
  expect(near.filter(Boolean).length).toBeGreaterThanOrEqual(95)
})

test('the same levels always give the same step', () => {
  const levels = searched(bears(300)).slice(0, 7)
  expect(nextStep(levels, rules())).toEqual(nextStep([...levels], rules()))
})

describe('at the ceiling', () => {
  test('it is tried itself, and once more', () => {
    const levels = searched(() => 'met', rules({ ceilingPerSec: 50 }))
    expect(levels.map(({ ratePerSec }) => ratePerSec)).toEqual([10, 20, 40, 50, 50])
  })

  test('a first rate above it is the ceiling', () => {
    expect(nextStep([], rules({ ceilingPerSec: 4 }))).toMatchObject({ ratePerSec: 4 })
  })
})

test('where the first rate is too much it goes down to a 64th of it, and then gives up', () => {
  const rates = searched(() => 'missed').map(({ ratePerSec }) => ratePerSec)
  expect([...new Set(rates)]).toEqual([10, 2.5, 0.625, 0.1563].filter((rate) => rate >= 10 / 64))
})

test('a rate too low for its percentiles is left for the next higher one', () => {
  const levels = searched((ratePerSec) => (ratePerSec < 40 ? 'unknown' : bears(100)(ratePerSec)))
  expect(levels.slice(0, 3).map(({ ratePerSec }) => ratePerSec)).toEqual([10, 20, 40])
  expect(bracketOf(levels).met?.ratePerSec).toBeGreaterThan(95)
})

test('a generator that fell behind is asked once more, also above a rate of which too little is known, and then is the limit', () => {
  const levels = searched((ratePerSec) => (ratePerSec <= 20 ? 'met' : ratePerSec <= 40 ? 'unknown' : 'invalid'))
  expect(levels.slice(0, 5).map(({ ratePerSec }) => ratePerSec)).toEqual([10, 20, 40, 80, 80])
  expect(Math.max(...levels.map(({ ratePerSec }) => ratePerSec))).toBe(80)
})

test('a generator that fell behind twice is a limit, and once is not', () => {
  const looks = (...standings: CapacityLevel['standing'][]) =>
    looksAt(standings.map((standing) => level({ ratePerSec: 80, standing })))[0]?.standing
  expect(looks('invalid')).toBe('open')
  expect(looks('invalid', 'invalid')).toBe('invalid')
  expect(looks('invalid', 'met', 'met')).toBe('met')
})

test('of three looks the majority counts', () => {
  const looks = (...standings: CapacityLevel['standing'][]) =>
    looksAt(standings.map((standing) => level({ ratePerSec: 80, standing })))[0]?.standing
  expect(looks('met', 'missed')).toBe('open')
  expect(looks('met', 'missed', 'met')).toBe('met')
  expect(looks('met', 'missed', 'missed')).toBe('missed')
})
