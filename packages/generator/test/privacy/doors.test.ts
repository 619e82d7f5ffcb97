// Doors that must stay shut, asked before, at the peak and after: by requests of our own that are no part of the load.
import type { RequestListener } from 'node:http'
import type { Finding } from '@doorbuster/measurements'
import type { Launch, ProbeInput } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import type { Rehearsal, RehearseOptions } from '../support/rehearsal.ts'
import { rehearse, serve } from '../support/rehearsal.ts'

/** Eight shoppers; at the middle of the peak, after 300 ms, four of them are there. */
const peaked = 'silence for 100ms; hold 20/s for 400ms; silence for 100ms'

/** Each shopper signs in and orders; what it is answered is its own. */
const buyer = shopper('buyer', async (s) => {
  await s.post('/login', { step: 'login', headers: { 'x-nth': String(s.arrival) } })
  const answer = await s.post('/orders', { step: 'checkout', form: { email: s.me.email }, headers: { 'x-nth': String(s.arrival) } })
  s.own('order-id', answer.header('x-order') ?? '')
})

async function probed(
  listener: RequestListener,
  probes: readonly ProbeInput[],
  given: Partial<Launch> = {},
  options: RehearseOptions = {},
): Promise<Rehearsal> {
  const shop = await serve((request, response) => {
    const nth = request.headers['x-nth']
    if (request.url === '/login') response.setHeader('Set-Cookie', `sid=session-of-${nth}`).end()
    else if (request.method === 'POST') response.setHeader('X-Order', `order-${1000 + Number(nth)}`).end()
    else listener(request, response)
  })
  const plan = { target: shop.url, traffic: peaked, shoppers: [buyer], privacy: { probes }, ...given }
  return await rehearse(plan, options).finally(shop.stop)
}

const open = ({ tally }: Rehearsal): readonly Finding[] => tally.findings.filter(({ kind }) => kind === 'open-door')

describe('a door that must stay shut', () => {
  test('is asked three times, and is no part of the load', async () => {
    const asked: (string | undefined)[] = []
    const run = await probed(
      (request, response) => {
        asked.push(request.headers.cookie)
        response.writeHead(401).end()
      },
      [{ get: '/account', expect: [401, 403, 302] }],
    )
    expect(asked).toEqual([undefined, undefined, undefined])
    expect(open(run)).toEqual([])
    expect(run.tally.counters['privacy.doors']?.sum).toBe(3)
    expect(run.scope().counts).toMatchObject({ due: 16, sent: 16, ok: 16 })
    expect(run.tally.steps).toEqual(['login', 'checkout'])
  })

  test('that opens under load is found, with what it was before', async () => {
    let asked = 0
    const run = await probed((_, response) => response.writeHead(++asked === 2 ? 200 : 403).end(), [{ get: '/account' }])
    expect(open(run)).toMatchObject([
      {
        step: 'GET /account',
        where: 'at the peak',
        field: 'status',
        count: 1,
        sample:
          'asked as nobody: expected anything but 200 to 299, received 200 at the peak; 403 before the first arrival, 403 after the drain: it fails open',
      },
    ])
    expect(open(run)[0]?.firstMs).toBeGreaterThanOrEqual(300)
  })

  test('that was open from the beginning is found three times over', async () => {
    const run = await probed((_, response) => response.end(), [{ step: 'admin', get: '/admin', expect: 404 }])
    expect(open(run).map(({ step, where }) => [step, where])).toEqual([
      ['admin', 'before the first arrival'],
      ['admin', 'at the peak'],
      ['admin', 'after the drain'],
    ])
  })

  test('is not open because the shop fails or never answers', async () => {
    let asked = 0
    const run = await probed(
      (_, response) => {
        asked++
        if (asked === 2) response.writeHead(503).end()
        if (asked === 1) response.writeHead(403).end()
      },
      [{ get: '/account' }],
      { timeout: '200ms' },
    )
    expect([asked, open(run)]).toEqual([3, []])
  })

  test('is a plan’s own header’s business only as far as it is no cookie', async () => {
    const seen: (readonly [string | undefined, string | undefined])[] = []
    await probed(
      ({ headers }, response) => {
        seen.push([headers.cookie, headers['x-run'] as string | undefined])
        response.writeHead(401).end()
      },
      [{ get: '/account' }],
      { headers: { cookie: 'sid=staff', 'x-run': 'r1' } },
    )
    expect(seen[0]).toEqual([undefined, 'r1'])
  })
})

describe('a hard cap on the rate', () => {
  const guest = shopper('guest', async (s) => void (await s.get('/')))

  test('that leaves no room beside the peak of 8 shoppers/s keeps the peak’s question back', async () => {
    const asked = async (maxRatePerSec: number) => {
      const shut: RequestListener = ({ url }, response) => response.writeHead(url === '/account' ? 401 : 200).end()
      const run = await probed(shut, [{ get: '/account' }], { shoppers: [guest] }, { maxRatePerSec })
      expect(run.end.stoppedBy).toBe('end')
      return run.tally.counters['privacy.doors']?.sum
    }
    expect([await asked(8.5), await asked(100)]).toEqual([2, 3])
  })

  test('spaces the questions of a round', async () => {
    const atMs: number[] = []
    const listener: RequestListener = (_, response) => {
      atMs.push(performance.now())
      response.writeHead(401).end()
    }
    const probes = [{ get: '/account' }, { get: '/admin' }]
    await probed(listener, probes, { traffic: 'burst 1' }, { maxRatePerSec: 5 })
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThan(190)
  })
})

describe('another shopper’s order', () => {
  test('is asked for with the cookies of one of the last fifty who signed in', async () => {
    const cookies: (string | undefined)[] = []
    const run = await probed(
      (request, response) => {
        cookies.push(request.headers.cookie)
        response.writeHead(403).end()
      },
      [{ get: '/orders/{order-id}', as: 'another shopper' }],
      { traffic: 'burst 60 over 300ms' },
    )
    expect(run.tally.counters['privacy.doors']?.sum).toBe(2)
    const lender = Number(cookies.at(-1)?.replace('sid=session-of-', ''))
    expect(lender).toBeGreaterThan(5)
  })

  test('that anybody can read by its id is found, without the id in what is kept', async () => {
    const paths: (string | undefined)[] = []
    const run = await probed(
      (request, response) => {
        paths.push(request.url)
        response.end(`{"id":"${request.url?.slice('/orders/'.length)}"}`)
      },
      [{ get: '/orders/{order-id}' }],
    )
    // Before the first arrival nobody has an order.
    expect(paths).toEqual([expect.stringMatching(/^\/orders\/order-100[1-5]$/), '/orders/order-1008'])
    expect(open(run)).toMatchObject([
      { step: 'GET /orders/{order-id}', where: 'at the peak', field: 'order-id' },
      { step: 'GET /orders/{order-id}', where: 'after the drain', field: 'order-id', owners: [8] },
    ])
    expect(JSON.stringify(run.tally.findings)).not.toContain('order-100')
  })

  test('is asked for whatever its id is made of', async () => {
    const paths: (string | undefined)[] = []
    const shop = await serve(({ method, url }, response) => {
      if (method === 'GET') paths.push(url)
      // Half of a surrogate pair, which no URL can carry.
      response.end(method === 'GET' ? '' : '{"id":"\\ud800-12345678"}')
    })
    const orders = shopper('buyer', async (s) => s.own('order-id', String((await s.post('/orders')).json('$.id'))))
    const options = { target: shop.url, traffic: peaked, shoppers: [orders], privacy: { probes: [{ get: '/orders/{order-id}' }] } }
    const run = await rehearse(options).finally(shop.stop)
    expect(paths).toEqual(['/orders/%EF%BF%BD-12345678', '/orders/%EF%BF%BD-12345678'])
    expect(run.end.stoppedBy).toBe('end')
  })

  test('is asked for with the cookies of a shopper who is not its owner', async () => {
    const cookies: (string | undefined)[] = []
    const run = await probed(
      (request, response) => {
        cookies.push(request.headers.cookie)
        response.end('<h1>Please sign in</h1>')
      },
      [{ get: '/orders/{order-id}', as: 'another shopper' }],
    )
    expect(cookies).toEqual(['sid=session-of-1', 'sid=session-of-1'])
    // A page for everybody is no order.
    expect(open(run)).toEqual([])
  })
})
