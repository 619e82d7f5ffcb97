import { expect, test } from 'vitest'
import { parseThink } from '../src/think.ts'
import { problemsOf } from './problems-of.ts'

test('a time to think is read in all of its forms', () => {
  expect(['3s', 'exp 3s', 'exp 3s cap 5s', 'uniform 1s 5s'].map((text) => parseThink(text))).toEqual([
    { kind: 'fixed', lastingMs: 3_000 },
    { kind: 'exponential', meanMs: 3_000, capMs: 30_000 },
    { kind: 'exponential', meanMs: 3_000, capMs: 5_000 },
    { kind: 'uniform', fromMs: 1_000, toMs: 5_000 },
  ])
  expect(parseThink(250)).toEqual({ kind: 'fixed', lastingMs: 250 })
})

test.each(['25d', 'exp 3d', 'exp 1s cap 25d', 'uniform 1s 25d', 2 ** 31])('%s is longer than any timer', (time) => {
  expect(problemsOf(() => parseThink(time, 'think'))).toEqual([
    `think: at most 24 days, the longest that a timer can wait | ${JSON.stringify(time)}`,
  ])
})

test('a thought of 24 days is the longest, cap included', () => {
  expect([parseThink('24d'), parseThink('exp 2.4d'), parseThink('uniform 1s 24d')]).toHaveLength(3)
})

test('a log-normal time is cut at four sigmas, or where it says', () => {
  expect([parseThink('lognormal median 8s sigma 0.5'), parseThink('lognormal median 8s sigma 0.5 cap 1m')]).toEqual([
    { kind: 'lognormal', medianMs: 8_000, sigma: 0.5, capMs: 8_000 * Math.exp(2) },
    { kind: 'lognormal', medianMs: 8_000, sigma: 0.5, capMs: 60_000 },
  ])
})

test.each([
  'lognormal 8s',
  'lognormal median 8s',
  'lognormal median 8s sigma',
  'lognormal median 8s sigma 0',
  'lognormal median 8s sigma 1 2s',
])('%s is no log-normal time', (text) => expect(problemsOf(() => parseThink(text, 'think'))).toHaveLength(1))
