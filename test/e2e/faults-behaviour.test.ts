// Each fault of the demo's shop that makes it slow, poor or unjust is found by a rehearsal, and named by it.
import { expect, test } from 'vitest'
import { startLimitingNginx } from '../support/nginx.ts'
import { shopHere } from '../support/open-shop.ts'
import type { Rehearsed } from '../support/shop-rehearsal.ts'
import { expectFound, rehearseAt, rehearseShop, statuses } from '../support/shop-rehearsal.ts'

const looks = `await s.get('/', { step: 'landing' })
  const page = await s.get('/p/tv-55', { step: 'product' })
  s.check('the product is there', page.text().includes('Television'))`
const sumOf = ({ summary }: Rehearsed, counter: string): number => summary.counters[counter]?.sum ?? 0
const answeredBy = ({ summary }: Rehearsed, who: string): number => summary.answeredBy.find(({ name }) => name === who)?.ok ?? 0
const stepOf = ({ summary }: Rehearsed, step: string) => summary.steps.find(({ name }) => name === step)

test.concurrent('a slow system behind the product page is found in that step, and in no other', async () => {
  const ran = await rehearseShop('--fault slow-dependency=700', {
    journey: looks,
    objectives: ['p(95) of product < 600ms'],
  })
  expectFound(ran, 'p(95) of product < 600ms', /p95 of product was (?:7|8|9|\d,)\d\d/i)
  expect(stepOf(ran, 'landing')?.responseMs.p50).toBeLessThan(stepOf(ran, 'product')?.responseMs.min ?? 0)
})

test.concurrent('one that hangs is told as requests that came to nothing', async () => {
  const ran = await rehearseShop('--fault slow-dependency=hangs', {
    journey: looks,
    objectives: ['errors of product < 1%'],
    more: "timeout: '500ms',",
  })
  expectFound(ran, 'errors of product < 1%', /error share of product was 100 %/i)
  expect(ran.summary.failures).toEqual({ timeout: 60 })
})

test.concurrent('a shop that shows less beyond a rate is not slow and not broken: it is degraded, by so much', async () => {
  const ran = await rehearseShop('--fault degraded=60', { journey: looks, objectives: ['degraded < 5%', 'errors <= 0%'] })
  expectFound(ran, 'degraded < 5%', /share of degraded answers was [1-9]/i)
  expect(statuses(ran)['errors <= 0%']).toBe('met')
  expect(ran.summary.degradedMs.count).toBe(ran.summary.totals.degraded)
})

const room = "waitingRoom: { when: { header: 'x-queue-place' }, place: { header: 'x-queue-place' } },"
const order = ['counter waiting-room.overtaken == 0', 'counter waiting-room.bypassed == 0'] as const

test.concurrent('a waiting room is told from the shop: what it answers counts as the queue, and is no product', async () => {
  const ran = await rehearseShop('--fault waiting-room=900', { traffic: 'hold 30/s for 1s', journey: looks, more: room, objectives: order })
  // 30 come in a second, and 15 of them are let in meanwhile.
  expect(sumOf(ran, 'waiting-room.queued')).toBeGreaterThan(5)
  expect(sumOf(ran, 'waiting-room.admitted')).toBe(sumOf(ran, 'waiting-room.queued'))
  expect(ran.summary.trends['waiting-room.wait']?.count).toBe(sumOf(ran, 'waiting-room.admitted'))
  expect(stepOf(ran, 'landing')).toMatchObject({ due: 30, ok: 30, intents: 30, attempts: 30 })
  const queue = stepOf(ran, 'landing (queue)')
  expect(queue?.ok).toBeGreaterThanOrEqual(sumOf(ran, 'waiting-room.queued'))
  expect([answeredBy(ran, 'queue'), answeredBy(ran, 'application')]).toEqual([queue?.ok, 60])
  expect(ran.summary.checks['the product is there']).toEqual({ passed: 30, failed: 0 })
  expect(statuses(ran)).toMatchObject(Object.fromEntries(order.map((text) => [text, 'met'])))
})

test.concurrent('one that is unfair is found by those who walked past', async () => {
  const ran = await rehearseShop('--fault waiting-room-unfair=600', {
    traffic: 'hold 30/s for 3s',
    journey: looks,
    more: room,
    objectives: order,
  })
  expectFound(ran, order[1], /counter waiting-room.bypassed was \d+/i)
})

const cohorts = (target: string) => `[
  shopper('buyer', { weight: 5 }, async (s) => { await s.get('/p/tv-55', { step: 'product', expect: [200, 429] }) }),
  shopper('bot', { weight: 1, hostile: true }, hostile.scraper(['${target}'], { every: '10ms', times: 3 })) ]`

test.concurrent('a limit for each address stops shoppers who share one, and not those who come from many', async () => {
  const plan = { shoppers: cohorts('/p/tv-55'), objectives: ['stopped < 1%'] }
  const addresses = Array.from({ length: 20 }, (_, nth) => ['--local-address', `127.0.0.${nth + 2}`]).flat()
  const [shared, many] = await Promise.all([
    rehearseShop('--fault ip-limit=20', plan),
    rehearseShop('--fault ip-limit=20', plan, addresses),
  ])
  expectFound(shared, 'stopped < 1%', /share of legitimate requests that were stopped was [1-9]/i)
  expect(sumOf(shared, 'legitimate.stopped')).toBeGreaterThan(10)
  expect(statuses(many)['stopped < 1%']).toBe('met')
})

test.concurrent('a login that may be tried for ever lets guessing through, and one with a limit does not', async () => {
  const plan = {
    traffic: 'hold 20/s for 1s',
    shoppers:
      "[shopper('thief', { hostile: true }, hostile.loginAbuse('/login', { account: 'ada@shop.example', as: 'json', times: 3, every: '50ms' }))]",
    objectives: ['counter hostile.passed <= 10'],
  }
  const [open, limited] = await Promise.all([rehearseShop('--fault login-without-limit', plan), rehearseShop('', plan)])
  expectFound(open, 'counter hostile.passed <= 10', /counter hostile.passed was 60/i)
  expect([sumOf(open, 'hostile.stopped'), sumOf(limited, 'hostile.stopped')]).toEqual([0, 54])
  expect(statuses(limited)['counter hostile.passed <= 10']).toBe('met')
})

test('nginx as a limiter in front of a shop stops shoppers, and the answer is told as its own', async (context) => {
  await using shop = await shopHere('')
  const nginx = await startLimitingNginx({ target: shop.url, perSec: 20, burst: 5, status: 429 })
  if ('missing' in nginx) return context.skip(nginx.missing)
  await using front = { ...nginx, [Symbol.asyncDispose]: nginx.stop }
  const ran = await rehearseAt(front.url, { shoppers: cohorts('/p/tv-55'), objectives: ['stopped < 1%'] })
  expectFound(ran, 'stopped < 1%', /share of legitimate requests that were stopped was [1-9]/i)
  const stopped = sumOf(ran, 'legitimate.stopped') + sumOf(ran, 'hostile.stopped')
  expect(stopped).toBeGreaterThan(10)
  expect([answeredBy(ran, 'balancer'), answeredBy(ran, 'application')]).toEqual([
    stopped,
    sumOf(ran, 'legitimate.passed') + sumOf(ran, 'hostile.passed'),
  ])
})
