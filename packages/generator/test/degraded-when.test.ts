import { shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let shop: Server
beforeAll(async () => {
  shop = await serve((request, response) => {
    const path = request.url ?? ''
    if (path.startsWith('/header')) response.setHeader('x-mode', 'LIMITED')
    if (path.startsWith('/broken')) response.statusCode = 500
    response.end(path.startsWith('/whole') ? 'all of it' : 'no recommendations today')
  })
})
afterAll(() => shop.stop())

const degradedWhen = [{ header: 'x-mode: limited' }, { body: 'no recommendations' }]
const steps = ['/header', '/body', '/whole', '/broken'].map((get) => ({ step: get, get }))
const outcomes = (run: Awaited<ReturnType<typeof rehearse>>) =>
  steps.map(({ step }) => {
    const { degraded, ok, failed } = run.scope({ step }).counts
    return { degraded, ok, failed }
  })
const once = { degraded: 0, ok: 0, failed: 0 }
const expected = [
  { ...once, degraded: 1 },
  { ...once, degraded: 1 },
  { ...once, ok: 1 },
  { ...once, failed: 1 },
]

test('an answer is degraded when a header or its body says so, and a failure stays one: of a declared list', async () => {
  const run = await rehearse({ target: shop.url, traffic: 'burst 1', degradedWhen, steps })
  expect(outcomes(run)).toEqual(expected)
  expect(run.tally.shoppers).toMatchObject({ finished: 1, finishedDegraded: 1 })
})

test('an answer is degraded when a header or its body says so, and a failure stays one: of a journey', async () => {
  const journey = shopper('looker', async (s) => {
    for (const { step, get } of steps) await s.get(get, { step })
  })
  expect(outcomes(await rehearse({ target: shop.url, traffic: 'burst 1', degradedWhen, shoppers: [journey] }))).toEqual(expected)
})

test('without such a rule nothing is looked for in an answer', async () => {
  const run = await rehearse({ target: shop.url, traffic: 'burst 1', steps })
  expect(run.scope().counts).toMatchObject({ ok: 3, degraded: 0, failed: 1 })
})
