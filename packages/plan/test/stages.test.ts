import { expect, test } from 'vitest'
import { PlanError } from '../src/problems.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

test('a stage is frozen and holds plain numbers', () => {
  expect(hold('1200/m', '1m', { phase: 'baseline' })).toEqual({ kind: 'hold', ratePerSec: 20, lastingMs: 60_000, phase: 'baseline' })
  expect(ramp('20/s', 80, '500ms')).toEqual({ kind: 'ramp', fromPerSec: 20, toPerSec: 80, lastingMs: 500 })
  expect(burst('60k')).toEqual({ kind: 'burst', arrivals: 60_000, lastingMs: 0 })
  expect(burst(0.5, '1.005s')).toEqual({ kind: 'burst', arrivals: 0.5, lastingMs: 1005 })
  expect(silence(0.25)).toEqual({ kind: 'silence', lastingMs: 0.25 })
  for (const stage of [hold(1, 1), ramp(1, 2, 1), burst(1), silence(1)]) expect(Object.isFrozen(stage)).toBe(true)
})

test('a stage without a phase has no phase key, so that equal stages are deeply equal', () => {
  expect(Object.keys(hold(1, 1))).toEqual(['kind', 'ratePerSec', 'lastingMs'])
})

test('all mistakes of one call are told together, each under its argument', () => {
  expect(problemsOf(() => ramp('20', '80', '0s', { phase: '1st' }))).toEqual([
    'from: a rate that says per what, such as "500/s", "1200/m" or "5000/h" | "20"',
    'to: a rate that says per what, such as "500/s", "1200/m" or "5000/h" | "80"',
    'lasting: a duration above zero | "0s"',
    'phase: a name of letters, digits, "-" and "_" that begins with a letter | "1st"',
  ])
})

test('only a burst may last no time, and a burst of nobody is a mistake', () => {
  expect(() => hold(1, 0)).toThrow('PLAN_INVALID lasting: expected a duration above zero, received 0')
  expect(() => silence('0ms')).toThrow('lasting')
  expect(burst(5, 0).lastingMs).toBe(0)
  expect(() => burst(0)).toThrow('PLAN_INVALID count: expected a count above zero, received 0')
})

test('mistakes that only plain JavaScript can make are mistakes of the plan too', () => {
  expect(() => Reflect.apply(hold, undefined, [])).toThrow(PlanError)
  expect(() => Reflect.apply(hold, undefined, ['1/s', '1s', null])).toThrow('options: expected an object with phase')
  expect(() => Reflect.apply(hold, undefined, ['1/s', '1s', { phse: 'x' }])).toThrow('phse: expected one of phase')
})
