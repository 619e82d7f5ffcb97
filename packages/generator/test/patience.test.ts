import { noShoppers } from '@doorbuster/measurements'
import type { PatienceInput } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterEach, expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((each) => each.stop())))

/** Answers the nth request (from 1) after so many ms; null: never. Tells of each request whose socket was closed on it. */
async function slowShop(delayMs: (nth: number) => number | null): Promise<{ readonly url: string; readonly closed: number[] }> {
  const closed: number[] = []
  let asked = 0
  const server = await serve((_, response) => {
    const nth = ++asked
    const ms = delayMs(nth)
    response.on('close', () => {
      if (!response.writableEnded) closed.push(nth)
    })
    if (ms !== null) setTimeout(() => response.end('here'), ms)
  })
  servers.push(server)
  return { url: server.url, closed }
}

/** Long enough for a busy machine to see the request first. */
const noReloads: PatienceInput = { notTold: '200ms', reloads: { chance: 0 } }

test('a shopper whom nobody answers gives up when patience ends, closes the socket and leaves for good', async () => {
  let closedMeanwhile: readonly number[] = []
  const shop = await slowShop((nth) => {
    if (nth === 4) closedMeanwhile = [...shop.closed]
    return null
  })
  const reached: string[] = []
  const { scope, tally, end } = await rehearse({
    target: shop.url,
    traffic: 'burst 3; silence for 500ms; burst 1',
    shoppers: [
      shopper('looker', { patience: noReloads }, async (s) => {
        await s.get('/', { step: 'landing' })
        reached.push('after')
      }),
    ],
  })
  expect(tally.shoppers).toEqual({ ...noShoppers(), due: 4, started: 4, gaveUp: 4 })
  expect(scope({ step: 'landing' }).causes).toEqual({ 'gave-up': 4 })
  expect(reached).toEqual([])
  expect(closedMeanwhile).toHaveLength(3)
  expect(tally.trends['gave-up.after']?.count).toBe(4)
  expect(tally.trends['gave-up.after']?.minMs).toBeGreaterThanOrEqual(199)
  // The plan's own timeout is 10 s.
  expect(end.durationMs).toBeLessThan(5_000)
})

test('a shopper who leaves the socket open is gone, and the answer that nobody sees still counts, as given up', async () => {
  const shop = await slowShop(() => 600)
  const { scope, tally, end } = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    shoppers: [
      shopper('looker', { patience: { ...noReloads, closesSocket: false } }, async (s) => void (await s.get('/', { step: 'landing' }))),
    ],
  })
  expect(tally.shoppers.gaveUp).toBe(2)
  expect(scope().counts).toMatchObject({ due: 2, sent: 2, ok: 0, failed: 2 })
  expect(scope().causes).toEqual({ 'gave-up': 2 })
  expect(shop.closed).toEqual([])
  expect(end.durationMs).toBeGreaterThanOrEqual(600)
})

test('a request that is left open past the drain time is cut off with the rest', async () => {
  const shop = await slowShop(() => null)
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    drain: '400ms',
    shoppers: [shopper('looker', { patience: { ...noReloads, closesSocket: false } }, async (s) => void (await s.get('/')))],
  })
  expect([tally.shoppers.gaveUp, tally.shoppers.cut]).toEqual([1, 0])
  expect(scope().counts).toMatchObject({ due: 1, sent: 1, failed: 1 })
})

test('who reloads tries the same wish again: one intent, one attempt for every load', async () => {
  const shop = await slowShop(() => null)
  const patience = { notTold: '30ms', reloads: { chance: 1, most: 2, gap: '10ms' } }
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 4',
    shoppers: [shopper('looker', { patience }, async (s) => void (await s.get('/')))],
  })
  expect(scope().counts).toMatchObject({ intents: 4, attempts: 12, due: 12, failed: 12 })
  expect(tally.shoppers.gaveUp).toBe(4)
  // Three times 30 ms of waiting, and two gaps.
  expect(tally.trends['gave-up.after']?.minMs).toBeGreaterThanOrEqual(109.9)
})

test('a reload that is answered goes on with the journey, and its answer counts from the first wish', async () => {
  const shop = await slowShop((nth) => (nth === 1 ? null : 0))
  const seen: unknown[] = []
  let waitedMs = 0
  const patience = { notTold: '200ms', reloads: { chance: 1, most: 5, gap: '20ms' } }
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('looker', { patience }, async (s) => {
        const page = await s.get('/', { step: 'landing', check: { 'is here': (answer) => answer.text() === 'here' } })
        seen.push(page.ok, page.status)
        waitedMs = page.responseMs
      }),
    ],
  })
  expect(seen).toEqual([true, 200])
  expect(scope().counts).toMatchObject({ intents: 1, attempts: 2, ok: 1, failed: 1 })
  // Under its step the request counts with its own time, without the 200 ms of patience and the gap of 20 ms before it.
  expect(waitedMs - (scope().response.maxMs ?? 0)).toBeGreaterThanOrEqual(219)
  expect(tally.checks['is here']).toEqual({ passed: 1, failed: 0 })
  expect(tally.shoppers.finished).toBe(1)
})

test('a declared list of requests is given up where it stands, and what it was asked for is told', async () => {
  const shop = await slowShop((nth) => (nth === 1 ? 0 : null))
  const steps = [
    { step: 'landing', get: '/', think: '10ms' },
    { step: 'product', get: '/p' },
    { step: 'cart', get: '/cart' },
  ]
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [{ name: 'looker', patience: noReloads, steps }],
  })
  expect(['landing', 'product', 'cart'].map((step) => scope({ step }).counts.due)).toEqual([1, 1, 0])
  const [visit] = tally.cuts('shoppers')
  expect(visit?.causes).toEqual({ 'gave-up:product': 1 })
})

test('who gives up for good is decided by the seed: the same shoppers reload in every run', async () => {
  const patience: PatienceInput = { notTold: '20ms', reloads: { chance: 0.5, most: 1, gap: '5ms' } }
  const shop = await slowShop(() => null)
  const reloading = async (): Promise<readonly number[]> => {
    const journey = shopper('looker', { patience }, async (s) => void (await s.get('/', { step: `shopper ${s.arrival}` })))
    const { scope } = await rehearse({ target: shop.url, traffic: 'burst 16', seed: 5, shoppers: [journey] })
    return Array.from({ length: 16 }, (_, index) => scope({ step: `shopper ${index + 1}` }).counts.attempts)
  }
  const [once, twice] = [await reloading(), await reloading()]
  expect(new Set(once)).toEqual(new Set([1, 2]))
  expect(twice).toEqual(once)
})

test('what a journey draws is the same however often it has to try', async () => {
  const drawn = async (patience: PatienceInput | undefined): Promise<readonly number[]> => {
    const numbers: number[] = []
    const shop = await slowShop((nth) => (nth === 1 && patience !== undefined ? null : 0))
    await rehearse({
      target: shop.url,
      traffic: 'burst 1',
      shoppers: [
        shopper('looker', { patience }, async (s) => {
          await s.get('/')
          numbers.push(s.random())
        }),
      ],
    })
    return numbers
  }
  expect(await drawn({ notTold: '30ms', reloads: { chance: 1, gap: '5ms' } })).toEqual(await drawn(undefined))
})
