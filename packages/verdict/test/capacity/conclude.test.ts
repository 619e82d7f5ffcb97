import { describe, expect, test } from 'vitest'
import { rateBeyond } from '../../src/capacity/beyond.ts'
import type { CapacityAsked, CapacityLevel, CapacityResult } from '../../src/capacity/capacity-form.ts'
import { concludeCapacity } from '../../src/capacity/conclude.ts'
import { asked, level } from '../support/simulated-target.ts'

const done = { finished: true, stopped: null }

/** Met up to 100/s in two runs, missed at 102/s. */
const found: readonly CapacityLevel[] = [
  ...[10, 20, 40, 80, 100, 100].map((ratePerSec) => level({ ratePerSec })),
  ...[102, 102].map((ratePerSec) => level({ ratePerSec, standing: 'missed', because: 'The p99 was 300 ms.' })),
]

const concluded = (more: Partial<CapacityAsked>, levels = found): CapacityResult => concludeCapacity(asked(more), levels, done)

describe('headroom', () => {
  test.each([
    [60, 'go', 1.67],
    [80, 'warn', 1.25],
    [125, 'no-go', 0.8],
  ])('over a forecast of %d/s it is %s', (forecastPerSec, verdict, ratio) => {
    const result = concluded({ forecastPerSec })
    expect(result.verdict).toBe(verdict)
    expect(result.headroom?.ratio).toBeCloseTo(ratio, 2)
    expect(result.reasons[0]).toBe('Safe up to 100 requests a second: every objective was met there, in two runs.')
  })

  test('without a forecast the answer is a number and no verdict on it', () => {
    expect(concluded({})).toMatchObject({ verdict: 'measured', answer: { perSec: 100, atLeast: false }, headroom: null })
  })
})

describe('zones', () => {
  test('of three with one lost two thirds are left to plan with', () => {
    const { usable, verdict } = concluded({ forecastPerSec: 60, zones: { count: 3, lost: 1 } })
    expect(usable?.utilisationLimit).toBeCloseTo(2 / 3)
    expect(usable?.perSec).toBeCloseTo(66.7, 1)
    expect(verdict).toBe('go')
  })

  test('what is left has to be enough, too', () => {
    expect(concluded({ forecastPerSec: 60, zones: { count: 5, lost: 3 } }).verdict).toBe('no-go')
  })
})

describe('at least', () => {
  const upTo = (...standings: readonly CapacityLevel['standing'][]) => [
    ...[10, 20, 40, 50, 50].map((ratePerSec) => level({ ratePerSec })),
    ...standings.map((standing) => level({ ratePerSec: 60, standing, because: 'The generator fell behind.' })),
  ]

  test('is said where the generator fell behind, and too little to tell is then its fault', () => {
    const result = concluded({ forecastPerSec: 100 }, upTo('invalid', 'invalid'))
    expect(result).toMatchObject({ verdict: 'invalid', answer: { perSec: 50, atLeast: true }, slo: { limitedBy: 'generator' } })
    expect(result.reasons[0]).toBe('At least 50 requests a second: every objective was met there, in two runs.')
  })

  test('is said at the calibrated maximum, and at --max', () => {
    const at = (because: 'calibration' | 'asked') => concluded({ forecastPerSec: 100, ceiling: { perSec: 50, because } }, upTo())
    expect(at('calibration')).toMatchObject({ verdict: 'invalid', answer: { atLeast: true } })
    expect(at('asked')).toMatchObject({ verdict: 'inconclusive', answer: { atLeast: true } })
  })

  test('is enough where it is enough', () => {
    expect(concluded({ forecastPerSec: 30 }, upTo('invalid', 'invalid')).verdict).toBe('go')
  })
})

describe('a rate of which too little was seen', () => {
  const twice = (ratePerSec: number, standing: CapacityLevel['standing']) => [1, 2].map(() => level({ ratePerSec, standing }))
  const unknown = [...twice(141.4, 'unknown'), level({ ratePerSec: 141.4, standing: 'unknown' })]

  test('below the one that missed leaves room: at least, and no no-go for a forecast in between', () => {
    const result = concluded({ forecastPerSec: 120 }, [...twice(100, 'met'), ...unknown, ...twice(200, 'missed')])
    expect(result).toMatchObject({ verdict: 'inconclusive', answer: { perSec: 100, atLeast: true }, slo: { limitedBy: 'unfinished' } })
    expect(result.reasons).toContain('Between 100/s and 200/s too little was measured to tell: longer levels (--level) would.')
  })

  test('is no excuse for a forecast that was seen to be too much', () => {
    const result = concluded({ forecastPerSec: 200 }, [...twice(100, 'met'), ...unknown, ...twice(200, 'missed')])
    expect(result.verdict).toBe('no-go')
  })

  test('is no evidence that nothing holds', () => {
    const result = concluded({ forecastPerSec: 50 }, [...unknown, ...twice(200, 'missed')])
    expect(result).toMatchObject({ verdict: 'inconclusive', answer: null, slo: { missedPerSec: 200 } })
  })
})

test('where no rate held it is a no-go, whatever the forecast', () => {
  const none = [10, 10, 2.5, 2.5].map((ratePerSec) => level({ ratePerSec, standing: 'missed' }))
  expect(concluded({}, none)).toMatchObject({ verdict: 'no-go', answer: null, slo: { perSec: null, missedPerSec: 2.5 } })
})

test('a search that was cut off says what it knows and no more', () => {
  const half = [10, 20, 40].map((ratePerSec) => level({ ratePerSec }))
  const result = concludeCapacity(asked({ forecastPerSec: 100 }), [...half, level({ ratePerSec: 80, standing: 'missed' })], {
    finished: false,
    stopped: 'it was interrupted',
  })
  expect(result).toMatchObject({ finished: false, verdict: 'inconclusive', answer: { perSec: 40, atLeast: true } })
  expect(result.reasons).toContain('The search is unfinished: it was interrupted.')
})

test('the smaller of knee and SLO rate is the answer', () => {
  const flat = [10, 20, 40, 80, 160, 160].map((ratePerSec) => level({ ratePerSec, answeredPerSec: Math.min(ratePerSec, 40) }))
  const missed = [164, 164].map((ratePerSec) => level({ ratePerSec, answeredPerSec: 40, standing: 'missed' }))
  const result = concluded({}, [...flat, ...missed])
  expect(result).toMatchObject({ knee: { perSec: 40 }, slo: { perSec: 160 }, answer: { perSec: 40, atLeast: false } })
})

test.each([
  ['was answered throughout', [10, 20, 40], [10, 20, 40], 'it grew with what was offered as far as it was tried'],
  ['was never answered', [10, 20, 40], [0, 0, 0], 'it did not grow with what was offered'],
  ['was tried at two rates alone', [10, 20], [10, 20], 'is not known'],
])('of a target that %s it is said that there is no knee, and why', (_what, rates, answered, because) => {
  const levels = rates.map((ratePerSec, nth) => level({ ratePerSec, answeredPerSec: answered[nth] ?? 0 }))
  expect(concluded({}, levels).knee).toMatchObject({ perSec: null, because: expect.stringContaining(because) })
})

describe('beyond', () => {
  test('twice the answer is tried once, and not where nothing missed', () => {
    expect(rateBeyond(found, Number.POSITIVE_INFINITY)).toBe(200)
    expect(rateBeyond(found, 120)).toBeNull()
    expect(rateBeyond([...found, level({ ratePerSec: 200, purpose: 'beyond' })], Number.POSITIVE_INFINITY)).toBeNull()
    expect(rateBeyond(found.slice(0, 6), Number.POSITIVE_INFINITY)).toBeNull()
  })

  test.each([
    [95, 'sheds'],
    [85, 'sags'],
    [30, 'collapses'],
  ])('%d/s of 102 served is what it %s', (answeredPerSec, status) => {
    const level200 = level({ ratePerSec: 200, purpose: 'beyond', standing: 'missed', answeredPerSec })
    expect(concluded({}, [...found, level200]).beyond).toMatchObject({ status, ratePerSec: 200, ratio: answeredPerSec / 102 })
  })
})

test('a level that ended early bends no curve, and beyond it says nothing', () => {
  const early = level({ ratePerSec: 160, standing: 'missed', answeredPerSec: 20, hasEndedEarly: true })
  expect(concluded({}, [...found, early]).knee).toEqual(concluded({}).knee)
  const beyond = { ...early, ratePerSec: 200, purpose: 'beyond' as const }
  expect(concluded({}, [...found, beyond]).beyond).toMatchObject({ status: 'not-measured', ratio: null })
})

test('of shoppers who make six requests each goodput is a sixth of the answers', () => {
  const six = [10, 20].map((ratePerSec) => level({ ratePerSec, answeredPerSec: ratePerSec * 6, requestsPerArrival: 6 }))
  // Those who gave up asked for two: they are not well served.
  const full = level({ ratePerSec: 40, answeredPerSec: 120, requestsPerArrival: 2, standing: 'missed', purpose: 'beyond' })
  expect(concluded({ per: 'shoppers' }, [...six, full]).beyond.ratio).toBe(1)
})

test('concluded again from what was stored it comes out the same', () => {
  const first = concluded({ forecastPerSec: 60 })
  const stored = JSON.parse(JSON.stringify(first)) as CapacityResult
  expect(concludeCapacity(stored, stored.levels, stored)).toMatchObject({
    verdict: first.verdict,
    reasons: first.reasons,
    answer: first.answer,
  })
})
