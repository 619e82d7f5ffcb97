// Watchers in a real run: what they ask for before the doors open, when they go in, and how it is counted.
import { shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Rehearsal, Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let shop: Server
let seen: string[]
beforeEach(() => {
  seen = []
})
beforeAll(async () => {
  shop = await serve((request, response) => {
    seen.push(request.url ?? '')
    if (request.url === '/hang') return
    response.end('x')
  })
})
afterAll(() => shop.stop())

const traffic = 'countdown: hold 50/s for 400ms; doors: hold 50/s for 400ms'
const watchers = { share: 1, refreshEvery: '100ms', jitter: '50ms', step: 'landing', page: '/soon' }
const inPhase = ({ scope }: Rehearsal, phase: string, step: string) => scope({ phase, step }).counts

test('who comes early refreshes until the doors open, and then goes in, and nobody is lost or added', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic,
    shoppers: [
      shopper('a', { watchers }, [
        { step: 'shop', get: '/shop' },
        { step: 'cart', get: '/cart' },
      ]),
    ],
  })
  expect(run.tally.shoppers).toMatchObject({ due: 40, started: 40, finished: 40 })
  // Twenty of the countdown and twenty of the doors; the last of the countdown is due at the very moment they open, and has nothing to wait for.
  expect([inPhase(run, 'countdown', 'shop').due, inPhase(run, 'doors', 'shop').ok, inPhase(run, 'doors', 'cart').ok]).toEqual([1, 39, 39])
  const refreshes = inPhase(run, 'countdown', 'landing (refresh)')
  // Each refreshes at once, and the first of them up to three times more before 400 ms are over.
  expect(refreshes.ok).toBeGreaterThanOrEqual(19 + 10)
  expect(refreshes.ok).toBeLessThanOrEqual(19 * 4)
  expect([refreshes.intents, refreshes.attempts, seen.indexOf('/shop') >= 19]).toEqual([0, 0, true])
  const visits = run.tally.cuts('shoppers')
  expect(visits.map(({ name, phase, counts }) => [name, phase, counts.due, counts.ok])).toEqual([
    ['a', 'countdown', 1, 1],
    ['a', 'doors', 39, 39],
  ])
})

test('the time of their visit counts from the moment they were to go in, not from when they came', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic: 'burst 10; silence for 1s; doors: burst 1',
    shoppers: [shopper('a', { watchers }, async (s) => void (await s.get('/shop', { step: 'shop' })))],
  })
  expect(run.scope({ step: 'shop' }).response.maxMs).toBeLessThan(900)
  expect(run.tally.lateness.count).toBe(run.scope({ step: 'shop' }).counts.sent + run.scope({ step: 'landing (refresh)' }).counts.sent)
})

test('a refresh that hangs keeps nobody from going in, and ends by itself', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic: 'burst 5; silence for 200ms; doors: burst 1',
    timeout: '1500ms',
    shoppers: [shopper('a', { watchers: { ...watchers, page: '/hang' } }, [{ step: 'shop', get: '/shop' }])],
  })
  expect(inPhase(run, 'doors', 'shop').ok).toBe(6)
  expect(run.scope({ step: 'landing (refresh)' }).causes).toEqual({ timeout: 5 })
  expect(run.scope({ step: 'shop' }).response.maxMs).toBeLessThan(1_000)
})

test('who still waits when a stopped run is drained is cut off, and counted', async () => {
  const run = await rehearse(
    {
      target: shop.url,
      traffic: 'countdown: burst 8; silence for 1h; doors: burst 1',
      drain: '100ms',
      shoppers: [shopper('a', { watchers }, [{ get: '/shop' }, { get: '/shop' }])],
    },
    { withStop: (stop) => setTimeout(() => stop('interrupt'), 300) },
  )
  expect(run.tally.shoppers).toMatchObject({ due: 8, started: 8, finished: 0, cut: 8 })
  expect(run.tally.cuts('shoppers')).toMatchObject([{ name: 'a', phase: 'countdown', counts: { due: 8, failed: 8 }, causes: { cut: 8 } }])
  expect(seen).not.toContain('/shop')
})

test('in every run of a seed the same shoppers wait', async () => {
  const count = async (): Promise<number> => {
    const run = await rehearse({
      target: shop.url,
      traffic,
      shoppers: [shopper('a', { watchers: { ...watchers, share: 0.5, refreshEvery: '1h' } }, [{ step: 'shop', get: '/shop' }])],
    })
    return inPhase(run, 'countdown', 'landing (refresh)').ok
  }
  const first = await count()
  expect(first).toBeGreaterThan(2)
  expect(first).toBeLessThan(18)
  expect(await count()).toBe(first)
})
