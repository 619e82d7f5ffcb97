import type { OrderEntry } from '@doorbuster/measurements'
import type { Answer } from '@doorbuster/plan'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ShopperOrders } from '../src/shopper-orders.ts'

type Seen = Pick<Answer, 'status' | 'cause' | 'json'>

const answer = (status: number, json: unknown = undefined, cause?: string): Seen => ({ status, cause, json: () => json })

function shopper(nth = 7): { readonly orders: ShopperOrders; readonly entries: OrderEntry[] } {
  const entries: OrderEntry[] = []
  const recorder = { advance: () => {}, ordered: (entry: OrderEntry) => void entries.push(entry) }
  return {
    entries,
    orders: new ShopperOrders({ desk: { recorder, mask: (text) => text, clock: { now: () => 42 } }, nth, shopper: { name: 'buyer' } }),
  }
}

const toldOf = (seen: Seen) => shopper().orders.ordered({ sku: 'tv', answer: seen })

describe('what an answer says of an order', () => {
  test('yes names it: the id is a text, whatever the shop makes of it', () => {
    const { orders, entries } = shopper()
    orders.ordered({ sku: 'tv', qty: 2, key: 'k', answer: answer(201, { id: 12 }), priceCents: 900, cartPriceCents: 900 })
    expect(entries).toEqual([
      {
        ...{ atMs: 42, arrival: 7, shopper: 'buyer', status: 'confirmed', id: '12' },
        ...{ sku: 'tv', qty: 2, key: 'k', priceCents: 900, cartPriceCents: 900 },
      },
    ])
  })

  test('no is a refusal, and only then', () => {
    expect([400, 409, 422, 429].map((status) => toldOf(answer(status)).status)).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  test('an error of the shop, a timeout and a cut connection leave it open: the order may have been written', () => {
    const open = [
      answer(500),
      answer(503),
      answer(0, undefined, 'timeout'),
      answer(0, undefined, 'reset'),
      answer(0, undefined, 'cancelled'),
    ]
    expect(open.map((seen) => toldOf(seen).status)).toEqual(open.map(() => 'unknown'))
  })

  test('a yes that was not expected, or fails a check, is a yes; what fails for another reason is open', () => {
    expect(toldOf(answer(200, { id: 1 }, 'status:200')).status).toBe('confirmed')
    expect(toldOf(answer(201, { id: 1 }, 'check:has a total')).status).toBe('confirmed')
    expect(toldOf(answer(200, undefined, 'malformed:content-encoding')).status).toBe('unknown')
  })

  test('what never left this machine is no order, and nothing is written', () => {
    const { orders, entries } = shopper()
    for (const cause of ['dropped:ours-no-socket', 'refused', 'dns', 'connect-timeout', 'tls:CERT_HAS_EXPIRED', 'unreachable'])
      expect(orders.ordered({ sku: 'tv', answer: answer(0, undefined, cause) }).status, cause).toBe('unsent')
    expect(entries).toEqual([])
  })

  test.each([[undefined], [null], [{}], [[1]], [{ id: {} }], [{ id: '' }], [{ id: 'x'.repeat(201) }], ['id'], [Object.create({ id: 1 })]])(
    'a yes that holds %j is an order without a name',
    (json) => expect(toldOf(answer(200, json))).toMatchObject({ status: 'confirmed', id: null }),
  )

  test('an id that the journey read itself wins', () => {
    expect(shopper().orders.ordered({ sku: 'tv', id: 'A-1', answer: answer(200, { id: 12 }) }).id).toBe('A-1')
  })
})

describe("a journey's mistakes", () => {
  test.each([[{ sku: '' }], [{ sku: 'tv', qty: 0 }], [{ sku: 'tv', qty: 1.5 }], [{ sku: 'tv', priceCents: 9.5 }]])(
    '%j is refused',
    (told) => expect(() => shopper().orders.ordered(told)).toThrow(TypeError),
  )

  test('nobody takes back an order that is not his own', () => {
    expect(() => shopper().orders.cancelled('12')).toThrow('this shopper has no order "12" that it could take back')
  })
})

test('an order is taken back by itself or by its id, with all its pieces', () => {
  const { orders, entries } = shopper()
  const own = orders.ordered({ sku: 'tv', qty: 3, id: 5 })
  orders.cancelled(own)
  orders.cancelled(5)
  expect(entries.map(({ status, id, qty }) => [status, id, qty])).toEqual([
    ['confirmed', '5', 3],
    ['cancelled', '5', 3],
    ['cancelled', '5', 3],
  ])
})

describe('idempotency keys', () => {
  test('are UUIDs, each another, and each says whose it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 40 }), (nth, count) => {
        const { orders } = shopper(nth)
        const keys = Array.from({ length: count }, () => orders.key())
        expect(new Set(keys).size).toBe(count)
        for (const key of keys) expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
        for (const key of keys) expect(Number.parseInt(key.slice(-12), 16)).toBe(nth)
      }),
    )
  })

  test('of a second run are other ones: it must not meet the orders of the first', () => {
    expect(shopper(7).orders.key()).not.toBe(shopper(7).orders.key())
  })
})
