// Orders as whole shoppers tell of them, over real sockets.
import { shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let shop: Server
let sold = 0
const keys = new Map<string, number>()

/** /orders sells one more each time; /keyed one for each key; /hang takes the order and never answers; /none has nothing. */
beforeAll(async () => {
  shop = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      if (request.url === '/hang') return
      if (request.url === '/none') return response.writeHead(409).end('{}')
      const key = request.url === '/keyed' ? (JSON.parse(body) as { key: string }).key : ''
      const id = keys.get(key) ?? ++sold
      if (key !== '') keys.set(key, id)
      return response.writeHead(201).end(JSON.stringify({ id }))
    })
  })
})
afterAll(() => shop.stop())

test('a request that asks for an order tells of it by itself', async () => {
  const { orders } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('buyer', async (s) => {
        await s.post('/orders', { order: { sku: 'tv', qty: 2, priceCents: 5 } })
        await s.post('/none', { order: { sku: 'tv' }, expect: 409 })
      }),
    ],
  })
  expect(orders.map(({ status, sku, qty, priceCents, arrival, shopper }) => ({ status, sku, qty, priceCents, arrival, shopper }))).toEqual([
    { status: 'confirmed', sku: 'tv', qty: 2, priceCents: 5, arrival: 1, shopper: 'buyer' },
    { status: 'refused', sku: 'tv', qty: 1, priceCents: null, arrival: 1, shopper: 'buyer' },
  ])
})

test('an order whose shopper was cut off on the way is open, not forgotten', async () => {
  const { orders, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    drain: '100ms',
    shoppers: [shopper('buyer', async (s) => void (await s.post('/hang', { order: { sku: 'tv', key: 'k' } })))],
  })
  expect(tally.shoppers.cut).toBe(2)
  expect(orders.map(({ status, key }) => [status, key])).toEqual([
    ['unknown', 'k'],
    ['unknown', 'k'],
  ])
})

test('a double click is two requests of one intent that are under way together, and a replay comes after the answer', async () => {
  const under: number[] = []
  let now = 0
  const slow = await serve((_, response) => {
    under.push(++now)
    setTimeout(() => {
      now--
      response.end('{"id":1}')
    }, 40)
  })
  const click = (when: 'at-once' | 'after') =>
    rehearse({
      target: slow.url,
      traffic: 'burst 1',
      shoppers: [
        shopper('buyer', async (s) => {
          const [first, second] = await s.twice(() => s.post('/orders', { order: { sku: 'tv', key: 'k' } }), when)
          s.check('both answered', first.ok && second.ok)
        }),
      ],
    })
  const doubled = await click('at-once')
  const replayed = await click('after')
  await slow.stop()
  expect(under).toEqual([1, 2, 1, 1])
  for (const { scope, orders, tally } of [doubled, replayed]) {
    expect(scope().counts).toMatchObject({ due: 2, ok: 2, intents: 1, attempts: 2 })
    expect(orders.map(({ id }) => id)).toEqual(['1', '1'])
    expect(tally.checks['both answered']).toEqual({ passed: 1, failed: 0 })
  }
})

test('what comes after a double click is an intent of its own', async () => {
  const { scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('buyer', async (s) => {
        const key = s.key()
        await s.twice(() => s.post('/keyed', { json: { key } }))
        await s.get('/orders')
      }),
    ],
  })
  expect(scope().counts).toMatchObject({ attempts: 3, intents: 2 })
})

test('every shopper has keys of its own, and a shop that heeds them sells once for each', async () => {
  const before = sold
  const { orders } = await rehearse({
    target: shop.url,
    traffic: 'burst 20',
    shoppers: [
      shopper('buyer', async (s) => {
        const key = s.key()
        await s.twice(() => s.post('/keyed', { json: { key }, order: { sku: 'tv', key } }))
      }),
    ],
  })
  expect(sold - before).toBe(20)
  expect(new Set(orders.map(({ id }) => id)).size).toBe(20)
})

test('an order of half a piece is the journey’s mistake, and nothing is sent', async () => {
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [shopper('buyer', async (s) => void (await s.post('/orders', { order: { sku: 'tv', qty: 0.5 } })))],
  })
  expect([scope().counts.due, tally.shoppers.threw]).toEqual([0, 1])
})

test('a declared request tells of its order, too', async () => {
  const step = { order: { sku: 'tv' } }
  const { orders } = await rehearse({
    target: shop.url,
    traffic: 'burst 3',
    shoppers: [
      shopper('buyer', {}, [
        { post: '/orders', ...step },
        { post: '/none', expect: 409, order: { sku: 'tv', qty: 2 } },
      ]),
    ],
  })
  const told = orders.map(({ status, qty, shopper, id }) => `${status} ${qty} ${shopper} ${id === null ? 'no id' : 'id'}`).sort()
  expect(told).toEqual([...Array(3).fill('confirmed 1 buyer id'), ...Array(3).fill('refused 2 buyer no id')])
  expect(new Set(orders.map(({ arrival }) => arrival)).size).toBe(3)
})
