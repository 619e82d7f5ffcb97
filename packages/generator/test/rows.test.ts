import type { DataSet } from '@doorbuster/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRows } from '../src/rows.ts'

const rows = Array.from({ length: 4 }, (_, id) => ({ id }))
const set = (take: DataSet['take'], atEnd: DataSet['atEnd'] = 'error'): DataSet => ({ rows, take, atEnd })
const sets = { one: set('unique'), again: set('unique', 'wrap'), round: set('round-robin'), any: set('random'), other: set('random') }

const idsOf = (name: keyof typeof sets, count: number, seed = 1) => {
  const opened = openRows({ data: sets, seed }, () => {})
  return Array.from({ length: count }, (_, index) => opened.rowOf(name, index + 1)?.id)
}

test('unique rows are each arrival’s alone and end; wrapped and in turn they begin again', () => {
  expect(idsOf('one', 5)).toEqual([0, 1, 2, 3, undefined])
  expect(idsOf('again', 5)).toEqual([0, 1, 2, 3, 0])
  expect(idsOf('round', 5)).toEqual([0, 1, 2, 3, 0])
})

test('running out is told with what would have been enough', () => {
  const told: string[] = []
  openRows({ data: sets, seed: 1 }, (because) => told.push(because)).rowOf('one', 6)
  expect(told).toEqual(['PLAN_INVALID data.one: expected at least 6 rows, one for each arrival (or atEnd: "wrap"), received 4'])
})

test('random rows are the seed’s, a set’s own, and every one of them comes', () => {
  expect(idsOf('any', 50)).toEqual(idsOf('any', 50))
  expect(idsOf('any', 50)).not.toEqual(idsOf('any', 50, 2))
  expect(idsOf('any', 50)).not.toEqual(idsOf('other', 50))
  expect(new Set(idsOf('any', 50)).size).toBe(4)
})

test('whatever the stripes, no two arrivals have one row', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), (threads) => {
      const seen: unknown[] = []
      for (let worker = 0; worker < threads; worker++) {
        const opened = openRows({ data: sets, seed: 1 }, () => {})
        for (let nth = worker + 1; nth <= rows.length; nth += threads) seen.push(opened.rowOf('one', nth)?.id)
      }
      expect(seen.sort()).toEqual([0, 1, 2, 3])
    }),
  )
})

test('a set that is not there, and a name that every object has, are refused', () => {
  const { rowOf } = openRows({ data: sets, seed: 1 }, () => {})
  expect(() => rowOf('none', 1)).toThrow('the plan has no data named "none"')
  expect(() => rowOf('toString', 1)).toThrow('the plan has no data named "toString"')
  expect(() => rowOf('one', 0)).toThrow('rows are for shoppers')
})
