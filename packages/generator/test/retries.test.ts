import type { RetriesInput } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterEach, expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((each) => each.stop())))

/** Says 503 to its first `failures` requests. */
async function busyShop(failures: number, headers: Readonly<Record<string, string>> = {}) {
  const bodies: string[] = []
  let asked = 0
  const server = await serve((request, response) => {
    response.statusCode = ++asked > failures ? 200 : 503
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      bodies.push(body)
      response.end('page')
    })
  })
  servers.push(server)
  return { url: server.url, bodies }
}

const quick = { base: '20ms', jitter: 'none' } as const

test('a client that tries again gets through in the end: one intent, three attempts, three requests', async () => {
  const shop = await busyShop(2)
  const seen: unknown[] = []
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('app', { retries: quick }, async (s) => {
        const order = await s.post('/orders', { json: { sku: 'tv' }, step: 'order' })
        seen.push(order.ok, order.responseMs >= 59.9)
      }),
    ],
  })
  // It waited 20 ms and then 40 ms.
  expect(seen).toEqual([true, true])
  expect(scope({ step: 'order' }).counts).toMatchObject({ intents: 1, attempts: 3, due: 3, ok: 1, failed: 2 })
  expect(scope().causes).toEqual({ 'status:503': 2 })
  expect(shop.bodies).toEqual(['{"sku":"tv"}', '{"sku":"tv"}', '{"sku":"tv"}'])
  // The first was owed by the arrival, each other by the end of its backoff: all three can be late.
  expect(tally.lateness.count).toBe(3)
})

test('after its last retry the failure is the answer', async () => {
  const shop = await busyShop(1_000)
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    shoppers: [{ name: 'app', retries: { ...quick, most: 2 }, steps: [{ step: 'page', get: '/' }] }],
  })
  expect(scope({ step: 'page' }).counts).toMatchObject({ intents: 2, attempts: 6, failed: 6 })
  expect(tally.shoppers.finished).toBe(2)
})

test('what the step expects is no failure, and what is not on the list is not tried again', async () => {
  const shop = await busyShop(1_000)
  const run = (retries: RetriesInput, expected: number) =>
    rehearse({
      target: shop.url,
      traffic: 'burst 1',
      shoppers: [{ name: 'app', retries, steps: [{ get: '/', expect: [expected] }] }],
    })
  expect((await run(quick, 503)).scope().counts).toMatchObject({ attempts: 1, ok: 1 })
  expect((await run({ ...quick, on: ['network', 502] }, 200)).scope().counts).toMatchObject({ attempts: 1, failed: 1 })
})

test('a connection that nobody takes is tried again as the network’s failure', async () => {
  const gone = await serve(() => {})
  await gone.stop()
  const { scope } = await rehearse({
    target: gone.url,
    traffic: 'burst 1',
    shoppers: [{ name: 'app', retries: quick, steps: [{ get: '/' }] }],
  })
  expect(scope().causes).toEqual({ refused: 4 })
})

test('Retry-After is obeyed by those who obey it, and by no others', async () => {
  const lasting = async (obeysRetryAfter: number, seconds: string): Promise<number> => {
    const shop = await busyShop(1, { 'retry-after': seconds })
    const { end, scope } = await rehearse({
      target: shop.url,
      traffic: 'burst 1',
      shoppers: [{ name: 'app', retries: { ...quick, obeysRetryAfter }, steps: [{ get: '/' }] }],
    })
    expect(scope().counts.ok).toBe(1)
    return end.durationMs
  }
  expect(await lasting(1, '1')).toBeGreaterThanOrEqual(1_000)
  // Had it waited, the drain time would have cut it off.
  expect(await lasting(0, '3000')).toBeLessThan(10_000)
})

test('a budget keeps the retries of a whole class to its share of what shoppers want', async () => {
  const shop = await busyShop(1_000)
  const { scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 40',
    shoppers: [{ name: 'app', retries: { ...quick, budget: { share: 0.25, leastPerSec: 0 } }, steps: [{ get: '/' }] }],
  })
  // A quarter of 40; three each would have been 120.
  expect(scope().counts).toMatchObject({ intents: 40, attempts: 50 })
})

test('a backoff that is longer than the drain time does not keep the run open', async () => {
  const shop = await busyShop(1_000)
  const { scope, tally, end } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    drain: '100ms',
    shoppers: [{ name: 'app', retries: { base: '60s', cap: '60s', jitter: 'none' }, steps: [{ get: '/' }] }],
  })
  expect(tally.shoppers.cut).toBe(1)
  expect(scope().counts).toMatchObject({ due: 1, failed: 1 })
  expect(end.durationMs).toBeLessThan(10_000)
})

test('a journey that does not wait for its request has not left before the last retry', async () => {
  const shop = await busyShop(2)
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('app', { retries: quick }, (s) => {
        void s.get('/')
      }),
    ],
  })
  expect(scope().counts).toMatchObject({ attempts: 3, ok: 1 })
  expect(tally.shoppers.finished).toBe(1)
})
