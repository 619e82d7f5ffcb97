// People who mean harm in a real run: what is let through and what is stopped, and who answered.
import { hostile, shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Rehearsal, Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

/** A wall that stops every second search, and by mistake the cart of everybody; a cache before the pages. */
let shop: Server
beforeAll(async () => {
  let searches = 0
  shop = await serve((request, response) => {
    const path = request.url ?? '/'
    if (path.startsWith('/cart')) response.statusCode = 429
    if (path.startsWith('/search') && ++searches % 2 === 0) response.writeHead(403, { 'cf-mitigated': 'challenge' })
    if (path === '/page') response.setHeader('X-Cache', 'HIT')
    response.end('x')
  })
})
afterAll(() => shop.stop())

const counters = ({ tally }: Rehearsal) =>
  Object.fromEntries(
    Object.entries(tally.counters)
      .filter(([name]) => /^(?:hostile|legitimate)\./.test(name))
      .map(([name, { sum }]) => [name, sum]),
  )
const answers = ({ tally }: Rehearsal) =>
  Object.fromEntries(tally.cuts('answered-by').map(({ name, counts: { ok, failed, due } }) => [name, [ok, failed, due]]))

test('the confusion matrix says who was let through and who was stopped, of both cohorts', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic: 'burst 10',
    shoppers: [
      shopper('attacker', { hostile: true }, hostile.expensiveSearch('/search', ['a', 'b'], { times: 4, every: 0 })),
      shopper('buyer', {}, [{ get: '/page' }, { step: 'cart', get: '/cart' }]),
    ],
  })
  const classes = Object.fromEntries(run.tally.cuts('class').map(({ name, counts }) => [name, counts.due]))
  const [attacks = 0, visits = 0] = [classes.attacker, classes.buyer]
  expect(attacks + visits / 2).toBeGreaterThan(10)
  expect([classes['(hostile)'], classes['(legitimate)']]).toEqual([attacks, visits])
  expect(counters(run)).toEqual({
    'hostile.passed': attacks / 2,
    'hostile.stopped': attacks / 2,
    'legitimate.passed': visits / 2,
    'legitimate.stopped': visits / 2,
  })
})

test('each answer to a journey is counted under who gave it', async () => {
  const run = await rehearse({
    target: shop.url,
    traffic: 'burst 3',
    shoppers: [
      shopper('a', async (s) => {
        await s.get('/page')
        await s.get('/')
        await s.get('/cart')
      }),
    ],
  })
  expect(answers(run)).toEqual({ cache: [3, 0, 3], application: [3, 3, 6] })
  expect(counters(run)).toEqual({})
})

test('declared requests are looked at when the plan has rules, and not otherwise', async () => {
  const steps = [{ get: '/page' }, { get: '/' }]
  const plain = await rehearse({ target: shop.url, traffic: 'burst 2', cookies: false, steps })
  const asked = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    cookies: false,
    steps,
    answeredBy: [{ who: 'edge', header: { 'x-cache': 'hit' } }],
  })
  expect([answers(plain), answers(asked)]).toEqual([{}, { edge: [2, 0, 2], application: [2, 0, 2] }])
})

test('what got no answer is laid at nobody, and is neither let through nor stopped', async () => {
  const gone = await serve(() => {})
  await gone.stop()
  const run = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('attacker', { hostile: true }, async (s) => {
        await s.get('/')
        await s.get(`${gone.url}/`)
      }),
    ],
  })
  expect(answers(run)).toEqual({ application: [1, 0, 1] })
  expect(counters(run)).toEqual({ 'hostile.passed': 1 })
})
