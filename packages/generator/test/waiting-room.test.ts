import type { IncomingMessage, ServerResponse } from 'node:http'
import { noShoppers } from '@doorbuster/measurements'
import type { Launch } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterEach, describe, expect, test } from 'vitest'
import type { Rehearsal, Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((each) => each.stop())))

/** `visit`: how often this ticket has asked, from 1. */
type Asking = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly ticket: string; readonly visit: number }

/** A shop that knows its shoppers by a ticket that they show. */
async function shopWith(answer: (asking: Asking) => void): Promise<string> {
  const visits = new Map<string, number>()
  const server = await serve((request, response) => {
    const ticket = String(request.headers['x-ticket'])
    const visit = (visits.get(ticket) ?? 0) + 1
    visits.set(ticket, visit)
    answer({ request, response, ticket, visit })
  })
  servers.push(server)
  return server.url
}

const wait = (response: ServerResponse, text = ''): void => void response.setHeader('x-queue', '1').end(text)
const product = (response: ServerResponse): void => void response.end('a television')

/** One class whose shoppers want one product. */
function queueing(target: string, more: Partial<Launch> & Pick<Launch, 'waitingRoom'>, seen: unknown[] = []): Promise<Rehearsal> {
  const journey = shopper('buyer', { patience: { notTold: '5s', told: '20s' } }, async (s) => {
    const page = await s.get('/p/tv', { step: 'product', headers: { 'x-ticket': String(s.arrival) } })
    seen.push([page.ok, page.text()])
  })
  return rehearse({ target, traffic: 'burst 1', shoppers: [journey], ...more })
}

const counts = ({ tally }: Rehearsal, what: string): number => tally.counters[`waiting-room.${what}`]?.sum ?? 0
const byHeader = { when: { header: 'x-queue' }, every: '120ms' } as const

test('a page of the queue is no product page: it counts under the queue, the product once it is there', async () => {
  const url = await shopWith(({ response, visit }) => (visit <= 2 ? wait(response) : product(response)))
  const seen: unknown[] = []
  const run = await queueing(url, { waitingRoom: byHeader, traffic: 'burst 5' }, seen)
  expect(seen).toEqual(Array.from({ length: 5 }, () => [true, 'a television']))
  expect(run.scope({ step: 'product' }).counts).toMatchObject({ due: 5, ok: 5, intents: 5, attempts: 5, failed: 0 })
  // Each was told twice to wait: by the first request, and by the first of two polls.
  expect(run.scope({ step: 'product (queue)' }).counts).toMatchObject({ due: 10, ok: 10, intents: 0, attempts: 0, failed: 0 })
  expect(['queued', 'admitted', 'polls', 'gave-up'].map((what) => counts(run, what))).toEqual([5, 5, 10, 0])
  // Nobody was passed by: a count, which no count at all would not be.
  expect(['overtaken', 'bypassed'].map((what) => run.tally.counters[`waiting-room.${what}`]?.sum)).toEqual([0, 0])
  const who = run.tally.cuts('answered-by').map(({ name, counts: { ok, failed, intents } }) => ({ name, ok, failed, intents }))
  expect(who).toEqual([
    { name: 'application', ok: 5, failed: 0, intents: 5 },
    { name: 'queue', ok: 10, failed: 0, intents: 0 },
  ])
  expect(run.tally.trends['waiting-room.wait']?.count).toBe(5)
  // Two polls, 120 ms apart.
  expect(run.tally.trends['waiting-room.wait']?.minMs).toBeGreaterThanOrEqual(239)
  expect(run.tally.shoppers).toEqual({ ...noShoppers(), due: 5, started: 5, finished: 5 })
})

test('what was wanted is read as it came at last, also where every page was searched for canaries on the way', async () => {
  const url = await shopWith(({ response, visit }) => (visit <= 2 ? wait(response, 'please wait') : product(response)))
  const texts: string[] = []
  const buyer = shopper('buyer', async (s) => {
    const page = await s.get(`/p/tv?for=${s.me.email}`, { step: 'product', headers: { 'x-ticket': '1' } })
    texts.push(page.text())
  })
  const run = await rehearse({ target: url, traffic: 'burst 1', shoppers: [buyer], waitingRoom: byHeader })
  expect(run.tally.counters['privacy.scanned']?.count).toBe(3)
  expect(texts).toEqual(['a television'])
})

test('what the product took counts from its own request, and what the queue took does not come into it', async () => {
  const url = await shopWith(({ response, visit }) => {
    if (visit === 1) setTimeout(() => wait(response), 400)
    else product(response)
  })
  const run = await queueing(url, { waitingRoom: byHeader })
  expect(run.scope({ step: 'product (queue)' }).response.maxMs).toBeGreaterThanOrEqual(399)
  expect(run.scope({ step: 'product' }).response.maxMs).toBeLessThan(run.scope({ step: 'product (queue)' }).response.maxMs ?? 0)
})

test('a queue that answers 503 has not failed, and how long to wait is taken from what it says', async () => {
  const url = await shopWith(({ response, visit }) => {
    if (visit > 1) return product(response)
    response.statusCode = 503
    response.setHeader('retry-after', '1')
    wait(response)
  })
  const run = await queueing(url, { waitingRoom: { when: { status: 503, header: 'x-queue' } } })
  expect(run.scope().counts).toMatchObject({ ok: 2, failed: 0 })
  expect(run.tally.trends['waiting-room.wait']?.minMs).toBeGreaterThanOrEqual(999)
})

test('a redirect to the queue is followed, its page refreshed as it says, and the way back taken to what was wanted', async () => {
  const asked: string[] = []
  const redirect = (response: ServerResponse, to: string): void => void response.writeHead(302, { location: to }).end()
  const url = await shopWith(({ request, response, visit }) => {
    asked.push(request.url ?? '')
    if (visit === 1) redirect(response, '/queue?n=1')
    else if (visit === 2) response.setHeader('content-type', 'text/html').end('<meta http-equiv="refresh" content="0;url=/queue?n=2">')
    else if (visit === 3) redirect(response, '/p/tv?pass=7')
    else product(response)
  })
  const seen: unknown[] = []
  const run = await queueing(url, { waitingRoom: { when: { url: '/queue' } } }, seen)
  expect(asked).toEqual(['/p/tv', '/queue?n=1', '/queue?n=2', '/p/tv?pass=7'])
  expect(seen).toEqual([[true, 'a television']])
  expect([run.scope({ step: 'product' }).counts.ok, run.scope({ step: 'product (queue)' }).counts.ok]).toEqual([1, 3])
})

test('a queue cannot send shoppers to another host: that would be the guard’s to allow', async () => {
  const url = await shopWith(({ response, visit }) => {
    if (visit > 1) return product(response)
    response.writeHead(302, { location: 'http://queue.example/in', 'retry-after': '0' }).end()
  })
  const run = await queueing(url, { waitingRoom: { when: { url: 'http://queue.example/' } } })
  expect(run.end.stoppedBy).toBe('end')
  expect(run.scope({ step: 'product' }).counts.ok).toBe(1)
})

test('a place to ask is polled until it says yes, and then what was wanted is asked for again', async () => {
  const asked: string[] = []
  const url = await shopWith(({ request, response, visit }) => {
    asked.push(`${request.method} ${request.url}`)
    if (visit === 1) return wait(response)
    if (request.url !== '/turn') return product(response)
    response.end(visit < 4 ? '{"queue":{"place":2}}' : '{"ready":true}')
  })
  const waitingRoom = { ...byHeader, poll: '/turn', admittedWhen: { body: '"ready":true' } }
  const run = await queueing(url, { waitingRoom })
  expect(asked).toEqual(['GET /p/tv', 'GET /turn', 'GET /turn', 'GET /turn', 'GET /p/tv'])
  expect([run.scope({ step: 'product' }).counts.due, run.scope({ step: 'product (queue)' }).counts.due]).toEqual([1, 4])
  expect([counts(run, 'polls'), counts(run, 'admitted')]).toEqual([3, 1])
})

test('a poll that fails is asked again, and counts as failed in the queue alone', async () => {
  const url = await shopWith(({ request, response, visit }) => {
    if (visit === 1) wait(response)
    else if (visit === 2) request.socket.destroy()
    else if (visit === 3) response.writeHead(500).end()
    else product(response)
  })
  const run = await queueing(url, { waitingRoom: byHeader })
  expect(run.scope({ step: 'product (queue)' }).counts).toMatchObject({ due: 3, ok: 1, failed: 2 })
  expect(run.scope({ step: 'product' }).counts).toMatchObject({ due: 1, ok: 1, failed: 0 })
})

test('what is let in and then refused is a failure of the product, which a client tries again', async () => {
  const url = await shopWith(({ response, visit }) => {
    if (visit === 1) wait(response)
    else if (visit === 2) response.writeHead(404).end()
    else product(response)
  })
  const steps = [{ step: 'product', get: '/', headers: { 'x-ticket': 'a' } }]
  const retries = { on: [404], base: '5ms' }
  const run = await rehearse({ target: url, traffic: 'burst 1', waitingRoom: byHeader, shoppers: [{ name: 'app', retries, steps }] })
  expect(run.scope({ step: 'product' }).counts).toMatchObject({ intents: 1, attempts: 2, due: 2, ok: 1, failed: 1 })
})

test('who is told to wait has the other patience, and gives up in the end', async () => {
  const url = await shopWith(({ response }) => wait(response))
  const patience = { notTold: '20ms', told: '300ms', reloads: { chance: 0 } }
  const run = await rehearse({
    target: url,
    traffic: 'burst 2',
    waitingRoom: { when: { header: 'x-queue' }, every: '100ms' },
    // A server's first answer may take its time.
    shoppers: [{ name: 'buyer', patience: { ...patience, notTold: '5s' }, steps: [{ step: 'product', get: '/' }] }],
  })
  expect(run.tally.shoppers).toMatchObject({ due: 2, gaveUp: 2 })
  expect(counts(run, 'gave-up')).toBe(2)
  expect(run.tally.trends['gave-up.after']?.minMs).toBeGreaterThanOrEqual(299)
  expect(run.scope({ step: 'product' }).counts).toMatchObject({ due: 2, failed: 2 })
  expect(run.scope({ step: 'product' }).causes).toEqual({ 'gave-up': 2 })
})

test('who is still in the queue when the drain time is over is cut off, and nothing goes on', async () => {
  const url = await shopWith(({ response }) => wait(response))
  const run = await queueing(url, { waitingRoom: { when: { header: 'x-queue' }, every: '60s' }, drain: '100ms' })
  expect(run.tally.shoppers.cut).toBe(1)
  expect(run.scope().causes).toEqual({ queued: 1 })
  expect(run.scope().counts).toMatchObject({ due: 1, sent: 1, failed: 1 })
})

test('a room that says no for good turns the shopper away, from the door or from the queue', async () => {
  const url = await shopWith(({ response, ticket, visit }) => (ticket === '1' && visit === 1 ? wait(response) : response.end('Sold out')))
  const run = await queueing(url, { waitingRoom: { ...byHeader, closedWhen: { body: 'Sold out' } }, traffic: 'burst 2' })
  expect(run.tally.shoppers).toMatchObject({ due: 2, turnedAway: 2 })
  expect(run.scope({ step: 'product' }).causes).toEqual({ 'turned-away': 2 })
  expect(run.tally.cuts('shoppers').map(({ causes }) => causes)).toEqual([{ 'turned-away:waiting-room': 2 }])
})

test('a place that grows was lost, by a header or in JSON', async () => {
  const places = ['7', '5', '9', '8']
  const url = await shopWith(({ response, visit }) => {
    const place = places[visit - 1]
    if (place === undefined) return product(response)
    response.setHeader('x-place', place)
    wait(response, `{"queue":{"place":${place}}}`)
  })
  const byPlaceHeader = await queueing(url, { waitingRoom: { ...byHeader, place: { header: 'X-Place' } } })
  expect(counts(byPlaceHeader, 'place-lost')).toBe(1)
})

test('a place that grows in the page’s JSON was lost too, also over a reload', async () => {
  const url = await shopWith(({ response, visit }) => wait(response, `{"queue":{"place":${visit}}}`))
  const patience = { notTold: '5s', told: '50ms', reloads: { chance: 1, most: 1, gap: '5ms' } }
  const run = await rehearse({
    target: url,
    traffic: 'burst 1',
    waitingRoom: { when: { header: 'x-queue' }, every: '60s', place: { json: 'queue.place' } },
    shoppers: [{ name: 'buyer', patience, steps: [{ step: 'product', get: '/' }] }],
  })
  expect([counts(run, 'queued'), counts(run, 'place-lost'), counts(run, 'gave-up')]).toEqual([1, 1, 1])
})

/** The first shopper, and when he has been told to wait for a while, others. */
const oneThen = (others: number): string => `burst 1; silence for 400ms; burst ${others}`

test('a room that keeps its order overtakes nobody, and one that lets the last in first does', async () => {
  const overtaken = async (isFair: boolean): Promise<number> => {
    const letIn: string[] = []
    let refusedSince = 0
    const favourite = isFair ? '1' : '2'
    const url = await shopWith(({ response, ticket, visit }) => {
      const isTurn = ticket === favourite ? visit > 3 : letIn.includes(favourite) && ++refusedSince > 2
      if (!isTurn) return wait(response)
      letIn.push(ticket)
      product(response)
    })
    const run = await queueing(url, { waitingRoom: { when: { header: 'x-queue' }, every: '100ms' }, traffic: oneThen(1) })
    expect(letIn).toHaveLength(2)
    return counts(run, 'overtaken')
  }
  expect([await overtaken(true), await overtaken(false)]).toEqual([0, 1])
})

test('newcomers who are in at once, past one who waits, have gone round the queue', async () => {
  let newcomers = 0
  let refusedSince = 0
  const url = await shopWith(({ response, ticket }) => {
    if (ticket === '1') return newcomers === 3 && ++refusedSince > 2 ? product(response) : wait(response)
    newcomers++
    product(response)
  })
  const run = await queueing(url, { waitingRoom: { when: { header: 'x-queue' }, every: '100ms' }, traffic: oneThen(3) })
  expect(counts(run, 'bypassed')).toBe(3)
})

test('who comes back with what he got before the queue was there goes round nobody', async () => {
  let hasQueue = false
  let refusedSince = 0
  let isBack = false
  const url = await shopWith(({ response, ticket }) => {
    if (ticket !== 'new') {
      isBack ||= hasQueue
      return product(response)
    }
    hasQueue = true
    if (isBack && ++refusedSince > 2) product(response)
    else wait(response)
  })
  const journey = shopper('both', async (s) => {
    const isFirst = s.arrival === 1
    const want = { step: 'product', headers: { 'x-ticket': isFirst ? 'old' : 'new' } }
    await s.get('/', want)
    if (!isFirst) return
    await s.think('800ms')
    await s.get('/', want)
  })
  const waitingRoom = { when: { header: 'x-queue' }, every: '100ms' }
  const run = await rehearse({ target: url, traffic: oneThen(1), waitingRoom, shoppers: [journey] })
  expect([counts(run, 'admitted'), counts(run, 'bypassed')]).toEqual([1, 0])
})

test('who reloads in the queue and is in has waited his turn: he was let in, and has gone round nobody', async () => {
  let isSecondIn = false
  let refusedSince = 0
  const url = await shopWith(({ response, ticket, visit }) => {
    const isTurn = ticket === '2' ? visit > 1 : isSecondIn && ++refusedSince > 2
    if (!isTurn) return wait(response.setHeader('retry-after', ticket === '2' ? '60' : '0'))
    isSecondIn ||= ticket === '2'
    product(response)
  })
  const patience = { notTold: '5s', told: '400ms', reloads: { chance: 1, most: 50, gap: '5ms' } }
  const journey = shopper('buyer', { patience }, async (s) => {
    await s.get('/', { step: 'product', headers: { 'x-ticket': String(s.arrival) } })
  })
  const run = await rehearse({ target: url, traffic: oneThen(1), waitingRoom: { when: { header: 'x-queue' } }, shoppers: [journey] })
  expect(['queued', 'admitted', 'bypassed', 'overtaken'].map((what) => counts(run, what))).toEqual([2, 2, 0, 1])
  expect(run.tally.trends['waiting-room.wait']?.count).toBe(2)
})

describe('an order that the queue takes in place of the shop', () => {
  const rules = { ...byHeader, closedWhen: { header: 'x-closed' } } as const
  /** One shopper who orders once; with his patience in the queue. */
  function ordering(target: string, waitingRoom: Launch['waitingRoom'] = rules, told = '300ms'): Promise<Rehearsal> {
    const buyer = shopper('buyer', { patience: { notTold: '5s', told, reloads: { most: 0 } } }, async (s) => {
      await s.post('/orders', { step: 'order', order: { sku: 'tv' }, headers: { 'x-ticket': '1' } })
    })
    return rehearse({ target, traffic: 'burst 1', shoppers: [buyer], waitingRoom })
  }
  const statuses = ({ orders }: Rehearsal) => orders.map(({ status }) => status)
  const close = (response: ServerResponse): void => void response.setHeader('x-closed', '1').end()
  const failing = (response: ServerResponse): void => void response.writeHead(500).end()

  test('is not told of when its shopper gives up there: the shop never saw it', async () => {
    const run = await ordering(await shopWith(({ response }) => wait(response)))
    expect([run.tally.shoppers.gaveUp, statuses(run)]).toEqual([1, []])
  })

  test('is refused when the queue closes, at once or after a wait', async () => {
    for (const closesAt of [1, 2]) {
      const url = await shopWith(({ response, visit }) => (visit < closesAt ? wait(response) : close(response)))
      const run = await ordering(url)
      expect([run.tally.shoppers.turnedAway, statuses(run)]).toEqual([1, ['refused']])
    }
  })

  test('is open when it was asked for once more and somebody else than the queue answered, or nobody did', async () => {
    const failed = await ordering(await shopWith(({ response, visit }) => (visit === 2 ? failing(response) : wait(response))))
    const silent = await ordering(await shopWith(({ response, visit }) => void (visit === 1 && wait(response))))
    const closed = await shopWith(({ response, visit }) => {
      if (visit === 2) failing(response)
      else if (visit === 3) close(response)
      else wait(response)
    })
    expect([failed, silent, await ordering(closed, rules, '5s')].map(statuses)).toEqual([['unknown'], ['unknown'], ['unknown']])
  })

  test('is not told of where only a place beside it is polled, however that fails', async () => {
    const url = await shopWith(({ request, response }) => (request.url === '/place' ? failing(response) : wait(response)))
    expect(statuses(await ordering(url, { ...rules, poll: '/place' }))).toEqual([])
  })
})
