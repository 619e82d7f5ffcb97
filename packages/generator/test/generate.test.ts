import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { noShoppers } from '@doorbuster/measurements'
import { shopper } from '@doorbuster/plan'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let shop: Server
/** Answers by path: /slow after 200 ms, /hang never, /fail 503, /json a document, anything else 200. */
beforeAll(async () => {
  shop = await serve((request, response) => {
    const path = request.url ?? '/'
    if (path.startsWith('/hang')) return
    if (path.startsWith('/fail')) response.statusCode = 503
    if (path.startsWith('/degraded')) response.setHeader('x-degraded', '1')
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const answer = JSON.stringify({ path, method: request.method, body })
      if (path.startsWith('/slow')) setTimeout(() => response.end(answer), 200)
      else response.end(answer)
    })
  })
})
afterAll(() => shop.stop())

test('every arrival that the traffic owes is sent and answered', async () => {
  const { end, scope, tally } = await rehearse({ target: shop.url, traffic: 'hold 200/s for 500ms; burst 30; ramp to 400/s over 500ms' })
  expect(end.stoppedBy).toBe('end')
  expect(scope().counts).toMatchObject({ due: 100 + 30 + 150, sent: 280, ok: 280, failed: 0, dropped: 0 })
  expect(tally.shoppers).toEqual({ ...noShoppers(), due: 280, started: 280, finished: 280 })
})

test('requests are counted in the phase in which their shopper arrived', async () => {
  const { scope } = await rehearse({ target: shop.url, traffic: 'a: hold 50/s for 200ms; silence for 50ms; b: burst 7' })
  expect([scope({ phase: 'a' }).counts.ok, scope({ phase: 'b' }).counts.ok]).toEqual([10, 7])
})

test('waiting for a frozen server counts from the moment that was owed', async () => {
  let thawed = 0
  const frozen = await serve((_, response) => {
    // The first request freezes the shop for 500 ms; all that come in between wait for its thaw.
    thawed ||= Date.now() + 500
    setTimeout(() => response.end('x'), Math.max(0, thawed - Date.now()))
  })
  const { scope } = await rehearse({ target: frozen.url, traffic: 'hold 100/s for 500ms' })
  await frozen.stop()
  const { response } = scope()
  // Fifty arrivals over the freeze wait 500, 490, … 10 ms: half of them at least 250.
  expect(response.count).toBe(50)
  expect(response.percentileMs(50)).toBeGreaterThan(200)
  expect(response.maxMs).toBeGreaterThan(450)
})

test('a journey goes from step to step, sends its JSON and reads the answer', async () => {
  const seen: unknown[] = []
  const { scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('buyer', async (s) => {
        await s.get('/', { step: 'landing' })
        const order = await s.post('/orders?x=1', { json: { sku: 'tv' } })
        seen.push(order.status, order.ok, order.json(), order.header('Content-Length') !== undefined, s.shopper, s.arrival)
        await s.step('paying', () => s.put('/pay'))
      }),
    ],
  })
  expect(seen).toEqual([200, true, { path: '/orders?x=1', method: 'POST', body: '{"sku":"tv"}' }, true, 'buyer', 1])
  expect(['landing', 'POST /orders', 'paying'].map((step) => scope({ step }).counts.ok)).toEqual([1, 1, 1])
})

test('a failing answer is an answer, not an exception: the journey goes on', async () => {
  const causes: unknown[] = []
  const gone = await serve(() => {})
  await gone.stop()
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('looker', async (s) => {
        causes.push((await s.get('/fail')).cause, (await s.get(`${gone.url}/`)).cause, (await s.get('/hang', { timeout: '80ms' })).cause)
      }),
    ],
  })
  expect(causes).toEqual(['status:503', 'refused', 'timeout'])
  expect(scope().causes).toEqual({ 'status:503': 1, refused: 1, timeout: 1 })
  expect(tally.shoppers.finished).toBe(1)
})

test('a check that fails turns the answer it was made on into a failure, and no other', async () => {
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    shoppers: [
      shopper('checker', async (s) => {
        const page = await s.get('/', { step: 'page' })
        s.check('is long', page.text().length > 1_000)
        await s.get('/', { step: 'other', check: { 'has a path': (answer) => answer.text().includes('path') } })
        await s.get('/', { step: 'third', check: { 'has a price': (answer) => answer.text().includes('price') } })
      }),
    ],
  })
  expect(['page', 'other', 'third'].map((step) => [scope({ step }).counts.ok, scope({ step }).counts.failed])).toEqual([
    [0, 2],
    [2, 0],
    [0, 2],
  ])
  expect(scope().causes).toEqual({ 'check:is long': 2, 'check:has a price': 2 })
  expect(tally.checks).toEqual({
    'is long': { passed: 0, failed: 2 },
    'has a path': { passed: 2, failed: 0 },
    'has a price': { passed: 0, failed: 2 },
  })
})

test('only an answer that declares itself degraded is counted as degraded', async () => {
  const { scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 3',
    steps: [
      { step: 'a', get: '/degraded' },
      { step: 'b', get: '/' },
    ],
  })
  expect([scope({ step: 'a' }).counts.degraded, scope({ step: 'b' }).counts.degraded]).toEqual([3, 0])
})

test('thinking is waited for, and its own lateness is told', async () => {
  const { scope, end, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    steps: [{ get: '/', think: '150ms' }, { get: '/b' }],
  })
  expect(scope().counts.ok).toBe(2)
  expect(end.durationMs).toBeGreaterThanOrEqual(150)
  expect(tally.lateness.count).toBe(2)
})

test('a first request that waits for its body is still owed when its shopper was', async () => {
  const { tally, scope } = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    shoppers: [
      shopper('sender', async (s) => {
        const form = new FormData()
        form.set('photo', new Blob(['x'.repeat(1_000)]), 'photo.jpg')
        await s.post('/photo', { multipart: form, step: 'photo' })
      }),
    ],
  })
  expect([scope({ step: 'photo' }).counts.ok, tally.lateness.count]).toEqual([2, 2])
})

test('classes of shoppers come in proportion to their weights, the same ones for the same seed', async () => {
  const shoppers = [
    shopper('many', { weight: 3 }, (s) => s.get('/', { step: 'many' }).then(() => {})),
    shopper('few', { weight: 1 }, (s) => s.get('/', { step: 'few' }).then(() => {})),
  ]
  const counts = async (seed: number): Promise<number> =>
    (await rehearse({ target: shop.url, traffic: 'burst 400 over 400ms', shoppers, seed })).scope({ step: 'many' }).counts.ok
  const [first, again, other] = [await counts(1), await counts(1), await counts(2)]
  expect(first).toBe(again)
  expect(first).not.toBe(other)
  // 300 expected; five standard deviations of a binomial are 5 × sqrt(400 × 0.75 × 0.25) = 43.
  expect(Math.abs(first - 300)).toBeLessThan(44)
})

test('at the ceiling on shoppers an arrival is dropped and counted, neither delayed nor forgotten', async () => {
  const { scope, tally } = await rehearse(
    { target: shop.url, traffic: 'burst 20', steps: [{ get: '/slow' }] },
    { ceiling: { sockets: 100, shoppers: 5 } },
  )
  expect(scope().counts).toMatchObject({ due: 20, sent: 5, ok: 5, dropped: 15 })
  expect(scope().causes).toEqual({ 'dropped:ours-shoppers': 15 })
  expect(tally.shoppers).toMatchObject({ due: 20, started: 5, finished: 5, dropped: 15 })
})

test('at the ceiling on sockets a request is dropped, and it is said whose doing that is', async () => {
  const hanging = { target: shop.url, steps: [{ get: '/hang' }], drain: '50ms', traffic: 'hold 20/s for 1500ms' }
  const tight = await rehearse(hanging, { ceiling: { sockets: 10, shoppers: 100 } })
  const fair = await rehearse(hanging, { ceiling: { sockets: 20, shoppers: 100 } })
  // Ten sockets are less than a second of arrivals; twenty are full only because the target hangs on to every one.
  expect(tight.scope().causes).toEqual({ 'dropped:ours-no-socket': 20, cancelled: 10 })
  expect(fair.scope().causes).toEqual({ 'dropped:theirs-no-socket': 10, cancelled: 20 })
})

test("a ceiling that shoppers fill by thinking is our doing, not the target's", async () => {
  const { scope } = await rehearse(
    { target: shop.url, traffic: 'hold 20/s for 1500ms', steps: [{ get: '/', think: '10s' }, { get: '/b' }], drain: '50ms' },
    { ceiling: { sockets: 1_000, shoppers: 20 } },
  )
  expect(scope().causes['dropped:ours-shoppers']).toBe(10)
})

test('a closed crowd keeps its size, each starting again when done', async () => {
  const { scope } = await rehearse({ target: shop.url, closed: { shoppers: 4, lasting: '700ms' }, steps: [{ get: '/slow' }] })
  // Four shoppers, a round of 200 ms and a little, 700 ms: three rounds begun and a fourth.
  expect(scope().counts.ok).toBeGreaterThanOrEqual(4 * 3)
  expect(scope().counts.ok).toBeLessThanOrEqual(4 * 4)
})

test('a stop ends the arrivals, and shoppers under way may finish', async () => {
  const { end, scope } = await rehearse(
    { target: shop.url, traffic: 'hold 50/s for 60s', steps: [{ get: '/slow' }] },
    { withStop: (stop) => setTimeout(() => stop('interrupt'), 300) },
  )
  expect(end).toMatchObject({ finished: false, stoppedBy: 'interrupt' })
  const { due, ok, failed } = scope().counts
  expect([due, failed]).toEqual([ok, 0])
  expect(due).toBeLessThan(60)
})

test('who is still under way after the drain time is cut off, and is counted', async () => {
  const { scope, tally, events } = await rehearse({
    target: shop.url,
    traffic: 'burst 3',
    drain: '100ms',
    shoppers: [
      shopper('hanging', async (s) => {
        await s.get('/hang')
      }),
      shopper('thinking', async (s) => {
        await s.think('1h')
      }),
    ],
  })
  const { due, failed } = scope().counts
  expect(due).toBe(failed)
  expect(tally.shoppers).toMatchObject({ due: 3, cut: 3, finished: 0 })
  expect(events.map(({ text }) => text)).toContain('3 shoppers were still under way after the drain time of 0.1 s and were cut off')
})

test('a journey that waits for what never comes is cut off, and the run ends', async () => {
  const { tally, end } = await rehearse({
    target: shop.url,
    traffic: 'burst 3',
    drain: '50ms',
    shoppers: [shopper('stuck', (s) => s.get('/').then(() => new Promise<void>(() => {})))],
  })
  expect(end.stoppedBy).toBe('end')
  expect(tally.shoppers).toMatchObject({ due: 3, cut: 3, finished: 0 })
})

test('a journey that tries again whatever happens does not outlive the run, nor starve it', async () => {
  const again = async (ask: () => Promise<unknown>): Promise<never> => {
    for (;;) await ask().catch(() => {})
  }
  const stubborn = { target: shop.url, traffic: 'burst 2', drain: '60ms', shoppers: [shopper('stubborn', (s) => again(() => s.get('/')))] }
  expect((await rehearse(stubborn)).tally.shoppers).toMatchObject({ cut: 2 })
  // With one socket for two shoppers, one of them is dropped again and again, each time in a turn of its own.
  const dropped = await rehearse({ ...stubborn, connections: 'shared' }, { ceiling: { sockets: 1, shoppers: 10 } })
  const { due, ok, failed, dropped: drops } = dropped.scope().counts
  expect(drops).toBeGreaterThan(0)
  expect(due).toBe(ok + failed + drops)
})

test("a check that throws is the journey's own error", async () => {
  const { tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 2',
    shoppers: [
      shopper('clumsy', async (s) => {
        await s.get('/', {
          check: {
            boom: () => {
              throw new TypeError('no id')
            },
          },
        })
      }),
    ],
  })
  expect(tally.shoppers).toMatchObject({ threw: 2, cut: 0 })
})

test('a request that the journey did not wait for is still counted, and a path that cannot be sent is thrown into the journey', async () => {
  const caught: string[] = []
  const { scope, tally } = await rehearse({
    target: shop.url,
    traffic: 'burst 1',
    shoppers: [
      shopper('hasty', async (s) => {
        void s.get('/slow')
        await s.get('//elsewhere/').catch((error: Error) => caught.push(error.message))
        await s.get('/', { headers: { 'x-shop': '\u20ac' } }).catch((error: Error) => caught.push(error.message))
      }),
    ],
  })
  expect(scope().counts).toMatchObject({ due: 1, ok: 1 })
  expect(tally.shoppers).toMatchObject({ finished: 1 })
  expect(caught).toEqual([
    'a path begins with one "/": "//elsewhere/"',
    'the value of header x-shop holds a character that HTTP cannot carry',
  ])
})

test('headers of a journey stand over those of the plan, whatever their case', async () => {
  const seen: (string | string[] | undefined)[] = []
  const echo = await serve((request, response) => {
    seen.push(request.headers['x-run'], request.headers['content-type'])
    response.end()
  })
  await rehearse({
    target: echo.url,
    traffic: 'burst 1',
    headers: { 'X-Run': 'plan' },
    shoppers: [shopper('one', (s) => s.post('/', { json: {}, headers: { 'x-RUN': 'mine', 'Content-Type': 'text/x' } }).then(() => {}))],
  })
  await echo.stop()
  expect(seen).toEqual(['mine', 'text/x'])
})

test('a hard cap on requests stops the run before the next one is sent', async () => {
  const { end, scope } = await rehearse({ target: shop.url, closed: { shoppers: 5, lasting: '5s' } }, { maxRatePerSec: 20 })
  expect(end.stoppedBy).toBe('guard')
  expect(end.note).toContain('hard cap of 20/s')
  expect(scope().counts.sent).toBeLessThanOrEqual(21)
})

test('only what was owed at a moment of its own says how late we are', async () => {
  const { tally, scope } = await rehearse({ target: shop.url, traffic: 'burst 4', steps: [{ get: '/' }, { get: '/b' }, { get: '/c' }] })
  expect([scope().counts.sent, tally.lateness.count]).toEqual([12, 4])
})

test('a journey that throws is counted and told; the others go on', async () => {
  const { end, tally, events } = await rehearse({
    target: shop.url,
    traffic: 'burst 40 over 200ms',
    shoppers: [
      shopper('clumsy', async (s) => {
        await s.get('/')
        if (s.arrival % 2 === 0) throw new TypeError('no such thing')
      }),
    ],
  })
  expect(end.stoppedBy).toBe('end')
  expect(tally.shoppers).toMatchObject({ due: 40, threw: 20, finished: 20 })
  expect(events.filter(({ kind }) => kind === 'note').map(({ text }) => text)[0]).toContain(
    'the journey of clumsy threw TypeError: no such thing',
  )
})

test('a journey that never works stops the run', async () => {
  const { end, tally } = await rehearse({
    target: shop.url,
    traffic: 'hold 100/s for 60s',
    shoppers: [
      shopper('broken', () => {
        throw new Error('broken')
      }),
    ],
  })
  expect(end).toMatchObject({ stoppedBy: 'journey', finished: false })
  expect(tally.shoppers.threw).toBeLessThan(40)
})

test('a host that nobody approved ends the run before a packet reaches it', async () => {
  let asked = 0
  const other = await serve((_, response) => {
    asked++
    response.end()
  })
  const { end } = await rehearse({
    target: shop.url,
    traffic: 'hold 100/s for 60s',
    shoppers: [shopper('stray', (s) => s.get(other.url.replace('127.0.0.1', '127.0.0.2')).then(() => {}))],
  })
  await other.stop()
  expect([end.stoppedBy, asked]).toEqual(['guard', 0])
  expect(end.note).toContain('which nobody approved')
})

test('failures leave samples with the step, the status and the cause', async () => {
  const { events } = await rehearse({ target: shop.url, traffic: 'burst 1', steps: [{ step: 'pay', get: '/fail' }] })
  expect(events[0]).toMatchObject({ kind: 'failure', sample: { step: 'pay', status: 503, cause: 'status:503' } })
})

test('shoppers have connections of their own, a bare URL shares them', async () => {
  let connections = 0
  const server = createServer((_, response) => response.end()).on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // One shopper after the other, so that a shared socket is always free for the next.
  await rehearse({ target: url, closed: { shoppers: 1, lasting: '300ms' } })
  const shared = connections
  connections = 0
  const own = await rehearse({ target: url, closed: { shoppers: 1, lasting: '300ms' }, steps: [{ get: '/' }, { get: '/b' }] })
  server.closeAllConnections()
  server.close()
  expect(shared).toBe(1)
  expect(own.tally.shoppers.started).toBeGreaterThan(1)
  expect(connections).toBe(own.tally.shoppers.started)
})
