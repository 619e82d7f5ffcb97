import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forecast } from '../src/forecast.ts'
import { overlay } from '../src/overlay.ts'
import { rush } from '../src/rush.ts'
import { burst, hold } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

const million = { shoppers: 1_000_000, over: '24h' } as const
const usual = { law: 'lognormal', median: '45s', sigma: 1 } as const

test('a million over a day as a log-normal rush peaks at 1,263 times its mean, and says so', () => {
  const { line, concentration, peakPerSec, meanPerSec, total, rehearsed, stages } = forecast({ ...million, ...usual })
  expect([total, rehearsed]).toEqual([1_000_000, 1_000_000])
  expect(meanPerSec).toBeCloseTo(11.574, 3)
  expect(peakPerSec).toBeCloseTo(14_617, 0)
  expect(concentration).toBeCloseTo(1263, 0)
  expect(line).toBe('1,000,000 shoppers over 24h, log-normal (median 45s, sigma 1): peak 14,617/s, 1,263 times the mean of 11.6/s.')
  expect(stages).toEqual([rush({ ...usual, arrivals: 1_000_000, lasting: '24h' })])
})

test('a flat day is a hold at its mean', () => {
  const { stages, concentration } = forecast({ shoppers: 86_400, over: '24h', law: 'flat', phase: 'doors' })
  expect(stages).toEqual([hold(1, '24h', { phase: 'doors' })])
  expect(concentration).toBeCloseTo(1, 12)
})

test('an exponential rush over a day peaks at once; a plateau holds its peak', () => {
  expect(forecast({ ...million, law: 'exponential', mean: '60s' }).concentration).toBeCloseTo(86_400 / 60, 6)
  expect(forecast({ ...million, law: 'plateau', plateau: '60s', power: 0.7 }).concentration).toBeCloseTo(52.9, 1)
})

test('a cut rehearsal keeps the true peak and leaves out those who come later', () => {
  // 84 % of the crowd come within 120 s.
  const { stages, rehearsed, peakPerSec, line } = forecast({ ...million, ...usual, lasting: '120s' })
  expect(peakPerSec).toBe(forecast({ ...million, ...usual }).peakPerSec)
  expect(rehearsed / 1_000_000).toBeCloseTo(0.84, 2)
  expect(stages).toEqual([rush({ ...usual, arrivals: rehearsed, lasting: '120s' })])
  expect(line).toContain(` Rehearsed: the first 2m, ${Math.round(rehearsed).toLocaleString('en-GB')} shoppers.`)
})

test('watchers come at once, and the rest by the law', () => {
  const { stages, peakPerSec, rehearsed, line } = forecast({ ...million, law: 'exponential', mean: '60s', watchers: 0.6, phase: 'doors' })
  expect(stages).toEqual([
    overlay([burst(600_000, '1s'), rush({ arrivals: 400_000, law: 'exponential', mean: '60s', lasting: '24h' })], { phase: 'doors' }),
  ])
  // 600,000/s of watchers, on top of 400,000 / 60 s at the start.
  expect(peakPerSec).toBeCloseTo(600_000 + 400_000 / 60, 3)
  expect(rehearsed).toBeCloseTo(1_000_000, 6)
  expect(line).toContain('60 % of them waiting at the doors')
})

test('watchers who trickle in do not hide a higher peak of the rest', () => {
  const { peakPerSec } = forecast({ ...million, ...usual, watchers: 0.01, watcherSpread: '10s' })
  // 1,000/s for 10 s on the rising rush; 0.99 × 14,617/s at its own peak later.
  expect(peakPerSec).toBeCloseTo(0.99 * 14_616.55, 0)
})

test('when all are watchers, only they come', () => {
  const { stages, peakPerSec, rehearsed } = forecast({ ...million, ...usual, watchers: 1, watcherSpread: '2s', lasting: '1m' })
  expect(stages).toMatchObject([{ kind: 'overlay', shapes: [[burst(1_000_000, '2s')], [{ kind: 'silence' }]], lastingMs: 60_000 }])
  expect([peakPerSec, rehearsed]).toEqual([500_000, 1_000_000])
})

test('the peak is above the mean and never below what the watchers alone bring', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 600 }), (watchers, seconds) => {
      const { peakPerSec, stages, meanPerSec } = forecast({ ...million, law: 'exponential', mean: '60s', watchers, lasting: `${seconds}s` })
      expect(peakPerSec).toBeGreaterThan(meanPerSec)
      expect(peakPerSec).toBeGreaterThanOrEqual(watchers * 1_000_000)
      expect(stages.reduce((sum, { lastingMs }) => sum + lastingMs, 0)).toBe(seconds * 1000)
    }),
  )
})

test('a total without a law is refused, with what it could mean', () => {
  const meanings =
    'a law ("lognormal", "exponential", "plateau" or "flat"): a peak of 1,000,000 shoppers could be 27.8/s if 10 % come in the peak hour, ' +
    "or 14,617/s as a log-normal rush (median 45s, sigma 1), or 16,667/s as at Click Frenzy's opening (2 M requests in about 120s, 1 M planned)"
  expect(problemsOf(() => Reflect.apply(forecast, undefined, [million]))).toEqual([`law: ${meanings} | nothing`])
  expect(problemsOf(() => Reflect.apply(forecast, undefined, [{ ...million, law: 'normal' }]))).toEqual([`law: ${meanings} | "normal"`])
})

test('the peak hour is not mentioned to those whose crowd comes within one', () => {
  expect(problemsOf(() => Reflect.apply(forecast, undefined, [{ shoppers: 3600, over: '30m' }]))[0]).not.toContain('peak hour')
})

test('a rehearsal that misses the peak, or outlasts the forecast, is refused', () => {
  // The log-normal's mode is 45 s / e = 16.6 s.
  expect(problemsOf(() => forecast({ ...million, ...usual, lasting: '10s' }))).toEqual([
    'lasting: at least 16555ms, for a rehearsal has to reach the peak | "10s"',
  ])
  expect(problemsOf(() => forecast({ ...million, ...usual, lasting: '25h' }))).toEqual(['lasting: no longer than "over" (24h) | "25h"'])
  expect(problemsOf(() => forecast({ ...million, law: 'flat', watchers: 0.5, watcherSpread: '2m', lasting: '1m' }))).toEqual([
    'watcherSpread: no longer than the rehearsal | "2m"',
  ])
})

test('all mistakes of a forecast are told together', () => {
  const given: object = { shoppers: -1, over: 'a day', law: 'lognormal', median: '45s', mean: '1s', watchers: 60 }
  expect(problemsOf(() => Reflect.apply(forecast, undefined, [given])).map((each) => each.split(':')[0])).toEqual([
    'mean',
    'shoppers',
    'over',
    'watchers',
    'sigma',
  ])
})

test('a time so long before the median that hardly anybody has come is a mistake of that time', () => {
  // 1h · e^−6 is 8.92 s.
  const over = (time: string) => forecast({ shoppers: 100, over: time, law: 'lognormal', median: '1h', sigma: 1 })
  expect(problemsOf(() => over('8.9s'))).toEqual(['over: a time in which the law lets anyone arrive | "8.9s"'])
  expect(over('9.1s').total).toBe(100)
})
