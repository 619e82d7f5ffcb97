import { expect, test } from 'vitest'
import { restAfter } from '../../src/capacity/rest.ts'
import { level } from '../support/simulated-target.ts'

const asked = { coolDownMs: 5_000, fromPerSec: 10 }
const met = (ratePerSec: number) => level({ ratePerSec })
const missed = (ratePerSec: number) => level({ ratePerSec, standing: 'missed' })

test('after a level that met its objectives a target is left alone, and after one that missed it is given the first rate', () => {
  expect(restAfter([met(10), met(20)], asked)).toEqual({ kind: 'idle', lastingMs: 5_000 })
  expect(restAfter([met(10), met(20), missed(40)], asked)).toEqual({ kind: 'load', perSec: 10, lastingMs: 5_000 })
})

test('the load is never more than a rate that held', () => {
  expect(restAfter([missed(10), met(2.5), missed(5)], asked)).toEqual({ kind: 'load', perSec: 2.5, lastingMs: 5_000 })
  expect(restAfter([missed(10)], asked)).toEqual({ kind: 'idle', lastingMs: 5_000 })
})

test('too little measured, and a generator that fell behind, are no reason to trust that it is well', () => {
  for (const standing of ['unknown', 'invalid'] as const)
    expect(restAfter([met(10), level({ ratePerSec: 20, standing })], asked)).toMatchObject({ kind: 'load', perSec: 10 })
})

test('a load lasts a second at least, and none is asked for with a cool-down of 0', () => {
  expect(restAfter([met(10), missed(20)], { ...asked, coolDownMs: 200 })).toMatchObject({ kind: 'load', lastingMs: 1_000 })
  expect(restAfter([met(10), missed(20)], { ...asked, coolDownMs: 0 })).toEqual({ kind: 'none' })
})
