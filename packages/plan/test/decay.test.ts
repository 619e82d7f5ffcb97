import { expect, test } from 'vitest'
import { decay } from '../src/decay.ts'
import { problemsOf } from './problems-of.ts'

test('a decay is straight unless another law is named', () => {
  expect(decay({ from: '80/s', to: 0, lasting: '1m' })).toEqual({
    kind: 'decay',
    fromPerSec: 80,
    toPerSec: 0,
    law: { kind: 'linear' },
    lastingMs: 60_000,
  })
  expect(decay({ from: 80, to: 20, lasting: 1, law: 'exponential', phase: 'decay' })).toMatchObject({
    law: { kind: 'exponential' },
    phase: 'decay',
  })
  expect(decay({ from: 80, to: 20, lasting: 1, law: 'power', power: 0.5 }).law).toEqual({ kind: 'power', power: 0.5 })
})

test('a decay neither rises nor stays level', () => {
  expect(problemsOf(() => decay({ from: 20, to: 80, lasting: '1m' }))).toEqual(['to: a rate below "from" (20/s): a decay falls | 80'])
  expect(problemsOf(() => decay({ from: 20, to: '20/s', lasting: '1m' }))).toHaveLength(1)
})

test('laws that never reach zero need both ends above it', () => {
  expect(problemsOf(() => decay({ from: '20/s', to: '0/s', lasting: '1m', law: 'exponential' }))).toEqual(['to: a rate above zero | "0/s"'])
  expect(problemsOf(() => decay({ from: '20/s', to: '0/s', lasting: '1m', law: 'power', power: 0 }))).toEqual([
    'power: a number above zero | 0',
    'to: a rate above zero | "0/s"',
  ])
})

test('a power without the power law is refused', () => {
  expect(problemsOf(() => Reflect.apply(decay, undefined, [{ from: 2, to: 1, lasting: 1, power: 1 }]))).toEqual([
    'power: one of from, to, lasting, law, phase | "power"',
  ])
})

test('a power so small that its time scale is no number is a mistake', () => {
  // 1000^(1/p) is 10^300 for p = 0.01, and beyond any double for p = 0.005.
  const fallBy = (power: number) => decay({ from: 1000, to: 1, lasting: '1s', law: 'power', power })
  expect(problemsOf(() => fallBy(0.005))).toEqual([
    'power: a higher power: by this one no curve falls from 1000/s to 1/s in 1000 ms | 0.005',
  ])
  expect(fallBy(0.01).law).toEqual({ kind: 'power', power: 0.01 })
})
