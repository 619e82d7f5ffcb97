import { noShoppers } from '@doorbuster/measurements'
import { launch } from '@doorbuster/plan'
import { stripe } from '@doorbuster/schedule'
import { expect, test } from 'vitest'
import { lostArrivals } from '../src/lost-arrivals.ts'

const handedIn = noShoppers()
const target = 'http://127.0.0.1:4000'
const open = launch({ name: 'open', target, traffic: 'hold 10/s for 10s' })
const closed = launch({ name: 'closed', target, closed: { shoppers: 7, lasting: '10s' } })

// Ten a second: the n-th is due at n × 100 ms, and of three threads the second one sends 2, 5, 8, …
test('who was due until the stop and came to no known end is lost', () => {
  expect(lostArrivals(open, stripe(1, 3), 850, handedIn)).toBe(3)
  expect(lostArrivals(open, stripe(1, 3), 850, { ...handedIn, due: 3, finished: 1, dropped: 1 })).toBe(1)
  expect(lostArrivals(open, stripe(1, 3), 799, { ...handedIn, threw: 1, cut: 1 })).toBe(0)
})

test('after the last arrival nothing more is lost, and before the first nothing is', () => {
  expect(lostArrivals(open, stripe(0, 1), Number.POSITIVE_INFINITY, handedIn)).toBe(100)
  expect(lostArrivals(open, stripe(0, 1), -5, handedIn)).toBe(0)
})

test("of a closed crowd the thread's share is lost", () => {
  const shares = [0, 1, 2].map((worker) => lostArrivals(closed, stripe(worker, 3), 500, { ...handedIn, finished: 900 }))
  expect(shares).toEqual([3, 2, 2])
})
