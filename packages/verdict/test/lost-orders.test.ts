import { noCounts } from '@doorbuster/measurements'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LostGiven } from '../src/lost-orders.ts'
import { lostOrders } from '../src/lost-orders.ts'

type Visit = LostGiven['visits'][number]

const visits = (name: string, finished: number, left: number, threw = 0): Visit => ({
  name,
  counts: { ...noCounts(), ok: finished, failed: left + threw },
  causes: { 'gave-up:checkout': left, ...(threw > 0 && { threw }) },
})
const given = (more: Partial<LostGiven>): LostGiven => ({
  stoppedBy: 'end',
  visits: [],
  ordered: new Map(),
  products: [],
  basket: undefined,
  ...more,
})
const stock = (pieces: number, sold: number) => [{ stock: pieces, sold: { least: sold, most: sold } }]

test('those who left would have ordered as often as those who stayed', () => {
  // 60 orders of 80 visits: three in four. 40 left: 30 orders.
  const lost = lostOrders(given({ visits: [visits('buyer', 80, 40)], ordered: new Map([['buyer', 60]]) }))
  expect(lost).toMatchObject({ orders: 30, cents: null })
  expect(lost?.text).toBe(
    'about 30 orders were lost: 40 shoppers of classes that order left without getting through, and 60 orders came from 80 who did (75 %)',
  )
})

test('a class that never ordered lost none, and a journey that threw is no shop’s loss', () => {
  const all = [visits('looker', 10, 500), visits('buyer', 10, 4, 90)]
  expect(lostOrders(given({ visits: all, ordered: new Map([['buyer', 10]]) }))?.orders).toBe(4)
})

test('who still waited when the run ended by itself is lost; whom a stop of ours cut off is not', () => {
  const waiting: Visit = { name: 'buyer', counts: { ...noCounts(), ok: 10, failed: 6 }, causes: { cut: 4, 'gave-up:checkout': 2 } }
  const one = { visits: [waiting], ordered: new Map([['buyer', 10]]) }
  expect(lostOrders(given(one))?.orders).toBe(6)
  expect(lostOrders(given({ ...one, stoppedBy: 'interrupt' }))?.orders).toBe(2)
})

test('phases of one class add up', () => {
  const all = [visits('buyer', 30, 10), visits('buyer', 10, 30)]
  expect(lostOrders(given({ visits: all, ordered: new Map([['buyer', 20]]) }))?.orders).toBe(20)
})

test('no more is lost than was left to sell', () => {
  const one = { visits: [visits('buyer', 10, 100)], ordered: new Map([['buyer', 10]]) }
  expect(lostOrders(given({ ...one, products: stock(12, 10) }))).toMatchObject({
    orders: 2,
    text: expect.stringContaining('no more than 2 pieces were left to sell') as string,
  })
  expect(lostOrders(given({ ...one, products: stock(10, 10) }))).toBeNull()
})

test('a basket tells it in money, in its currency’s own digits', () => {
  const one = { visits: [visits('buyer', 10, 10)], ordered: new Map([['buyer', 10]]) }
  expect(lostOrders(given({ ...one, basket: { cents: 12_900, currency: 'AUD' } }))).toMatchObject({
    cents: 129_000,
    text: expect.stringContaining('worth AUD 1,290.00') as string,
  })
  expect(lostOrders(given({ ...one, basket: { cents: 1_290, currency: 'JPY' } }))?.text).toContain('worth JPY 12,900')
  expect(lostOrders(given({ ...one, basket: { cents: 50 } }))?.text).toContain('worth 5.00')
  // As a damaged folder may have it.
  expect(lostOrders(given({ ...one, basket: { cents: 50, currency: '<b>' } }))?.text).toContain('worth 5.00')
})

test('nobody who finished, or nobody who left: nothing to tell', () => {
  expect(lostOrders(given({ visits: [visits('buyer', 0, 40)], ordered: new Map([['buyer', 60]]) }))).toBeNull()
  expect(lostOrders(given({ visits: [visits('buyer', 40, 0)], ordered: new Map([['buyer', 60]]) }))).toBeNull()
})

test('never more than one order for each who left, where nobody ordered twice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 500 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (through, left, share) => {
        const ordered = new Map([['buyer', Math.round(through * share)]])
        expect(lostOrders(given({ visits: [visits('buyer', through, left)], ordered }))?.orders ?? 0).toBeLessThanOrEqual(left)
      },
    ),
  )
})
