import { expect, test } from 'vitest'
import { rush } from '../src/rush.ts'
import { problemsOf } from './problems-of.ts'

test('a rush keeps its law in ms', () => {
  expect(rush({ arrivals: '60k', law: 'lognormal', median: '45s', sigma: 1, lasting: '5m', phase: 'doors' })).toEqual({
    kind: 'rush',
    arrivals: 60_000,
    law: { kind: 'lognormal', medianMs: 45_000, sigma: 1 },
    lastingMs: 300_000,
    phase: 'doors',
  })
  expect(rush({ arrivals: 1, law: 'exponential', mean: '1m', lasting: '1s' }).law).toEqual({ kind: 'exponential', meanMs: 60_000 })
  expect(rush({ arrivals: 1, law: 'plateau', plateau: '100s', power: 0.33, lasting: '1h' }).law).toEqual({
    kind: 'plateau',
    plateauMs: 100_000,
    power: 0.33,
  })
})

test('what a law needs is asked for, and what belongs to another law is refused', () => {
  const given: object = { arrivals: 0, law: 'lognormal', mean: '1s', sigma: 'wide', lasting: '0s' }
  expect(problemsOf(() => Reflect.apply(rush, undefined, [given]))).toEqual([
    'mean: one of arrivals, lasting, phase, law, median, sigma | "mean"',
    'arrivals: a count above zero | 0',
    'median: a duration such as "90s", "250ms" or "5m" | nothing',
    'sigma: a number above zero | "wide"',
    'lasting: a duration above zero | "0s"',
  ])
  expect(problemsOf(() => Reflect.apply(rush, undefined, [{ arrivals: 1, law: 'normal', lasting: '1s' }]))).toEqual([
    'law: "lognormal" or "exponential" or "plateau" | "normal"',
  ])
})

test('a cut so early that nobody has come yet is a mistake, for nothing can be scaled up to the count', () => {
  expect(problemsOf(() => rush({ arrivals: 10, law: 'lognormal', median: '1h', sigma: 0.1, lasting: '1s' }))).toEqual([
    'lasting: a longer duration: of everybody that the law sends, hardly anyone has come by then | "1s"',
  ])
  // 1h · e^−6 is 8.92 s: by then Φ(−6) of all have come, 0.99 in a milliard.
  const cutAt = (lasting: string) => rush({ arrivals: 10, law: 'lognormal', median: '1h', sigma: 1, lasting })
  expect(problemsOf(() => cutAt('8.9s'))).toHaveLength(1)
  expect(cutAt('9.1s').lastingMs).toBe(9_100)
})
