import { describe, expect, test } from 'vitest'
import { canonicalPlan, planHash } from '../src/canonical.ts'
import { planFromData } from '../src/declared.ts'
import type { Launch } from '../src/launch.ts'
import { launch } from '../src/launch.ts'
import { memberAt, pathFilled } from '../src/orders.ts'
import { problemsOf } from './problems-of.ts'

const withOrders = (orders: unknown) =>
  launch({ name: 'sale', target: 'http://127.0.0.1', traffic: 'burst 1', orders: orders as Launch['orders'] })
const problems = (orders: unknown): readonly string[] => problemsOf(() => withOrders(orders))

describe('what a plan says of orders', () => {
  test('is read with its units', () => {
    expect(
      withOrders({
        stock: { 'tv-55': 500, lamp: 0 },
        count: { get: '/stock/{sku}', sold: 'data.sold', stock: 'data.left' },
        order: { get: '/orders/by-key/{key}' },
        settleWithin: '1m',
        perShopper: 2,
        forecast: '2400/m',
        providerLimit: '25/s',
        callsPerOrder: 1.5,
        basket: { cents: 12_900, currency: 'AUD' },
      }).orders,
    ).toEqual({
      stock: { 'tv-55': 500, lamp: 0 },
      count: { get: '/stock/{sku}', sold: 'data.sold', stock: 'data.left' },
      order: { get: '/orders/by-key/{key}', id: 'id' },
      settleMs: 60_000,
      perShopper: 2,
      forecastPerSec: 40,
      provider: { limitPerSec: 25, callsPerOrder: 1.5 },
      basket: { cents: 12_900, currency: 'AUD' },
    })
  })

  test('needs a stock alone', () => {
    expect(withOrders({ stock: { tv: 5 } }).orders).toEqual({ stock: { tv: 5 }, settleMs: 5_000 })
  })

  test('may leave the stock to the shop, which then has to tell it', () => {
    expect(withOrders({ stock: ['tv'], count: { get: '/stock/tv', stock: 'left' } }).orders?.stock).toEqual({ tv: null })
    expect(problems({ stock: ['tv'], count: { get: '/stock/tv', sold: 'sold' } })).toEqual([
      expect.stringMatching(/^orders\.count: where the shop tells its stock, since no number of pieces is given/) as string,
    ])
  })

  test('is not there for a plan that says nothing, whose hash it does not change', () => {
    const plan = launch({ name: 'sale', target: 'http://127.0.0.1', traffic: 'burst 1' })
    expect(plan).not.toHaveProperty('orders')
    expect(JSON.stringify(canonicalPlan(plan))).not.toContain('orders')
    expect(planHash(withOrders({ stock: { tv: 5 } }))).not.toBe(planHash(withOrders({ stock: { tv: 6 } })))
  })

  test('shows no secret in its canonical form', () => {
    const plan = withOrders({
      stock: { tv: 5 },
      count: { get: '/stock/{sku}?token=hunter2', sold: 'sold' },
      order: { get: '/o/{id}?api_key=hunter2' },
    })
    expect(JSON.stringify(canonicalPlan(plan))).not.toContain('hunter2')
    expect(plan.orders?.count?.get).toContain('hunter2')
  })

  test('reads the same from data, and a declared request may ask for an order', () => {
    const plan = planFromData({
      name: 'sale',
      target: 'http://127.0.0.1',
      traffic: 'burst 1',
      steps: [{ post: '/orders', json: { sku: 'tv' }, order: { sku: 'tv' } }],
      orders: { stock: { tv: 5 } },
    })
    expect(plan.orders).toEqual({ stock: { tv: 5 }, settleMs: 5_000 })
    expect(plan.shoppers[0]).toMatchObject({ requests: [{ order: { sku: 'tv', qty: 1 } }] })
  })
})

test.each([
  [{}, 'orders.stock: pieces by product'],
  [{ stock: {} }, 'orders.stock: 1 to 200 products | 0'],
  [{ stock: { tv: -1 } }, 'orders.stock.tv: a whole number of pieces, zero or above | -1'],
  [{ stock: { tv: 1.5 } }, 'orders.stock.tv: a whole number of pieces, zero or above | 1.5'],
  [{ stock: { tv: 1 }, stok: 1 }, 'orders.stok: no such key (did you mean "stock"?)'],
  [{ stock: { tv: 1 }, count: { get: '/s', sold: 'a b' } }, 'orders.count.sold: the name of a JSON member'],
  [{ stock: { tv: 1 }, count: { get: '/s' } }, 'orders.count: a member that says what is sold or what is left'],
  [{ stock: { tv: 1 }, count: { get: 'http://other/s', sold: 'n' } }, 'orders.count.get: a path that begins with one "/"'],
  [{ stock: { a: 1, b: 1 }, count: { get: '/s', sold: 'n' } }, 'orders.count: a path with {sku} in it, since there are several products'],
  [{ stock: { tv: 1 }, order: { get: '/orders' } }, 'orders.order: a path with {key} or {id} in it | "/orders"'],
  [{ stock: { tv: 1 }, forecast: '40' }, 'orders.forecast: a rate that says per what'],
  [{ stock: { tv: 1 }, providerLimit: 0 }, 'orders.providerLimit: a rate above zero'],
  [{ stock: { tv: 1 }, basket: { cents: 1, currency: 'euro' } }, 'orders.basket.currency: three capital letters'],
  [{ stock: { tv: 1 }, perShopper: 0 }, 'orders.perShopper: a whole number above zero | 0'],
])('%j is refused', (orders, expected) => {
  const found = problems(orders)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(expected)
})

test('a member is found by its path, and nothing that an object inherits is one', () => {
  const value = { data: { sold: 3, list: [{ n: 1 }] }, none: null }
  expect(
    ['data.sold', 'data.list.0.n', 'none', 'none.x', 'data.missing', 'toString', 'data.__proto__.x'].map((path) => memberAt(value, path)),
  ).toEqual([3, 1, null, undefined, undefined, undefined, undefined])
  expect(memberAt('text', 'length')).toBeUndefined()
})

test('what fills a path cannot leave its place in it', () => {
  expect(pathFilled('/stock/{sku}', { sku: '../admin?x=1#y' })).toBe('/stock/..%2Fadmin%3Fx%3D1%23y')
  expect(pathFilled('/o/{key}/{id}/{other}', { key: '\ud800', id: 'ä' })).toBe('/o/%EF%BF%BD/%C3%A4/{other}')
})
