import { expect, test } from 'vitest'
import { between, holdAgainst } from '../src/load-round.ts'

const claim = (answers: number, failed = 0) => ({ answers, failed, percentiles: null, latenessP99Ms: null })

test('1.5 s of CPU for 100,000 requests in 2 s are 15 µs each, 50,000/s and three quarters of a core', () => {
  const a = { served: 7, cpuMs: 100, peakBytes: 5e6, atMs: 1_000 }
  const b = { served: 100_007, cpuMs: 1_600, peakBytes: 25e6, atMs: 3_000 }
  expect(between(a, b)).toEqual({ cpuUsEach: 15, perSec: 50_000, coreRatio: 0.75, peakMb: 25 })
})

test('where nothing was served, nothing was measured', () => {
  const a = { served: 7, cpuMs: 100, peakBytes: 1, atMs: 1_000 }
  expect(() => between(a, { ...a, cpuMs: 101, atMs: 2_000 })).toThrow('served nothing')
})

test('a claim may differ from what the target served by 1 % and the requests on their way', () => {
  expect(() => holdAgainst(claim(98_900), 100_000)).not.toThrow()
  expect(() => holdAgainst(claim(98_899), 100_000)).toThrow('98899 requests were answered, but the target served 100000')
  expect(() => holdAgainst(claim(101_101), 100_000)).toThrow()
})

test('a journey that mostly goes wrong is no load', () => {
  expect(() => holdAgainst(claim(1_000, 10), 1_000)).not.toThrow()
  expect(() => holdAgainst(claim(1_000, 11), 1_000)).toThrow('11 of 1000 requests went wrong')
})
