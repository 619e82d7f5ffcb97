// What a journey reads, remembers and counts, against servers of the test's own.
import type { Session } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterEach, describe, expect, test } from 'vitest'
import type { Rehearsal, RehearseOptions, Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

let server: Server | null = null

afterEach(async () => {
  await server?.stop()
  server = null
})

async function shop(listener: Parameters<typeof serve>[0]): Promise<string> {
  server = await serve(listener)
  return server.url
}

/** One shopper on this journey. */
function visit(
  target: string,
  journey: (s: Session) => Promise<void>,
  more: object = {},
  options: RehearseOptions = {},
): Promise<Rehearsal> {
  return rehearse({ target, traffic: 'burst 1', shoppers: [shopper('buyer', journey)], ...more }, options)
}

describe('an answer', () => {
  const page = '<html><body><h1> Sale </h1><input name="csrf" value="a&amp;b"><li>one</li><li class="x">two</li></body></html>'

  test('is read by JSON path, CSS selector, regular expression and header', async () => {
    const target = await shop(({ url }, response) => {
      response.setHeader('x-many', ['1', '2'])
      response.end(url === '/page' ? page : '{"cart":{"items":[{"id":7},{"id":8}]},"none":null}')
    })
    const read: Record<string, unknown> = {}
    await visit(target, async (s) => {
      const json = await s.get('/json')
      Object.assign(read, { first: json.json('$.cart.items[*].id'), all: json.jsonAll('$.cart.items[*].id'), nothing: s.json('$.a.b') })
      Object.assign(read, {
        many: json.headers('X-Many'),
        id: json.match(/"id":(\d+)/g),
        whole: json.match(/"id":\d/),
        text: s.text().length,
      })
      const html = await s.get('/page')
      Object.assign(read, { title: html.css('h1'), csrf: html.css('input[name=csrf]', 'value'), list: html.cssAll('li') })
      Object.assign(read, { classes: html.cssAll('li', 'class'), missing: html.css('h2'), noJson: html.json('$.a') })
    })
    expect(read).toEqual({
      ...{ first: 7, all: [7, 8], nothing: undefined, many: ['1', '2'], id: '7', whole: '"id":7', text: 50 },
      ...{ title: 'Sale', csrf: 'a&b', list: ['one', 'two'], classes: ['x'], missing: undefined, noJson: undefined },
    })
  })

  test('refuses a malformed path or selector by its name, and survives elements as deep as a target likes', async () => {
    const target = await shop((_, response) => response.end(`<b>x</b>${'<div>'.repeat(200_000)}`))
    const told: unknown[] = []
    await visit(target, async (s) => {
      const answer = await s.get('/')
      for (const read of [() => answer.json('cart['), () => answer.css('li['), () => answer.css(' ')]) {
        try {
          read()
        } catch (error) {
          told.push((error as Error).message.replace(/ \(.*/, ''))
        }
      }
      told.push(answer.css('b'), answer.css('div'))
    })
    expect(told).toEqual([
      'not a JSON path such as "$.cart.items[0].id": "cart["',
      'not a CSS selector: "li["',
      'not a CSS selector: " "',
      'x',
      '',
    ])
  })

  test('is let go of while the shopper thinks, and says so', async () => {
    const target = await shop((_, response) => response.end('{"a":1}'))
    const { events } = await visit(target, async (s) => {
      await s.get('/')
      await s.think(1)
      s.json()
    })
    expect(events.map(({ text }) => text).join()).toContain('no answer to read: none has come, or the shopper has thought since')
  })
})

describe('cookies', () => {
  test('come back to where they belong, and to nowhere else', async () => {
    const seen: (string | undefined)[] = []
    const target = await shop(({ url, headers }, response) => {
      seen.push(headers.cookie)
      if (url === '/login')
        response.setHeader('set-cookie', [
          'sid=1; Path=/; Secure; HttpOnly',
          'cart=2; Path=/cart',
          'theirs=3; Domain=other.example',
          'nonsense',
        ])
      if (url === '/logout') response.setHeader('set-cookie', 'sid=; Path=/; Max-Age=0')
      response.end()
    })
    await visit(target, async (s) => {
      for (const path of ['/', '/login', '/', '/cart/now', '/cart?x=1', '/cartoon', '/logout', '/']) await s.get(path)
      await s.get('/', { headers: { Cookie: 'own=1' } })
    })
    // Secure goes to this machine over plain http, as in browsers.
    expect(seen).toEqual([undefined, undefined, 'sid=1', 'cart=2; sid=1', 'cart=2; sid=1', 'sid=1', 'sid=1', undefined, 'own=1'])
  })

  test('are one shopper’s own, and the journey’s to read and change', async () => {
    const seen: (string | undefined)[] = []
    const target = await shop(({ headers }, response) => {
      seen.push(headers.cookie)
      response.setHeader('set-cookie', 'sid=7')
      response.end()
    })
    const read: unknown[] = []
    await rehearse({
      target,
      traffic: 'burst 1; silence for 200ms; burst 1',
      shoppers: [
        shopper('buyer', async (s) => {
          await s.get('/')
          read.push(s.cookies.get('sid'), s.cookies.get('none'))
          s.cookies.set('seen', 'yes')
          s.cookies.delete('sid')
          await s.get('/')
          s.cookies.clear()
          await s.get('/')
        }),
      ],
    })
    expect(seen).toEqual([undefined, 'seen=yes', undefined, undefined, 'seen=yes', undefined])
    expect(read).toEqual(['7', undefined, '7', undefined])
  })

  test('end when they end, are capped in size and number, and can be turned off', async () => {
    const seen: string[] = []
    const target = await shop(({ url, headers }, response) => {
      seen.push(headers.cookie ?? '')
      if (url === '/short') response.setHeader('set-cookie', 'short=1; Max-Age=1')
      if (url === '/many')
        response.setHeader('set-cookie', [...Array.from({ length: 179 }, (_, i) => `c${i}=1`), `big=${'x'.repeat(5_000)}`])
      if (url === '/more') response.setHeader('set-cookie', ['d0=1', 'd1=1'])
      response.end()
    })
    await visit(target, async (s) => {
      for (const path of ['/short', '/']) await s.get(path)
      await s.think(1_050)
      for (const path of ['/', '/many', '/more', '/']) await s.get(path)
    })
    expect(seen.slice(0, 4)).toEqual(['', 'short=1', '', ''])
    const names = (seen[5] ?? '').split('; ').map((pair) => pair.split('=')[0])
    expect(names).not.toContain('big')
    // The first of 181 went, or the one that has ended already did.
    expect(names.length).toBeLessThanOrEqual(180)
    expect(names).toContain('d1')
    seen.length = 0
    const { events } = await visit(
      target,
      async (s) => {
        for (const path of ['/short', '/']) await s.get(path)
        s.cookies.get('short')
      },
      { cookies: false },
    )
    expect(seen).toEqual(['', ''])
    expect(events.map(({ text }) => text).join()).toContain('this plan keeps no cookies')
  })

  test('are kept for declared steps too, unless the plan says no, or sends a cookie of its own', async () => {
    const seen: (string | undefined)[] = []
    const target = await shop(({ headers }, response) => {
      seen.push(headers.cookie)
      response.setHeader('set-cookie', 'sid=1')
      response.end()
    })
    await rehearse({ target, traffic: 'burst 1', steps: [{ get: '/a' }, { get: '/b' }] })
    await rehearse({ target, traffic: 'burst 1', steps: [{ get: '/a' }, { get: '/b' }], cookies: false })
    await rehearse({ target, traffic: 'burst 1', steps: [{ get: '/a' }, { get: '/b' }], headers: { cookie: 'a=1' } })
    expect(seen).toEqual([undefined, 'sid=1', undefined, undefined, 'a=1', 'a=1'])
  })
})

describe('redirects', () => {
  const asked: string[] = []
  const listener: Parameters<typeof serve>[0] = (request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}${request.headers.cookie ?? ''}${request.headers['content-type'] ?? ''}`)
      const [, kind, status] = (request.url ?? '').split('/')
      const to = kind === 'loop' ? '/loop/302' : kind === 'away' ? 'http://elsewhere.example/' : kind === 'odd' ? 'mailto:x' : '../end'
      if (status !== undefined) response.writeHead(Number(status), { location: to, 'set-cookie': 'hop=1; Path=/' })
      response.end(kind)
    })
  }

  test('are followed when asked for: cookies on the way, POST becomes GET where HTTP says so, all in one step', async () => {
    const target = await shop(listener)
    asked.length = 0
    const answers: unknown[] = []
    const { scope, tally } = await visit(target, async (s) => {
      for (const status of [302, 303, 307]) {
        const { ok, text } = await s
          .post(`/go/${status}`, { body: 'b', redirects: 1, step: 'order', headers: { 'content-type': 'text/x' } })
          .then((answer) => ({ ok: answer.ok, text: answer.text() }))
        answers.push(ok, text)
      }
      const stays = await s.get('/go/302', { step: 'order' })
      answers.push(stays.status, stays.ok)
    })
    expect(asked).toEqual([
      ...['POST /go/302 btext/x', 'GET /end hop=1', 'POST /go/303 bhop=1text/x', 'GET /end hop=1', 'POST /go/307 bhop=1text/x'],
      ...['POST /end bhop=1text/x', 'GET /go/302 hop=1'],
    ])
    expect(answers).toEqual([true, 'end', true, 'end', true, 'end', 302, true])
    // Four things were wanted, in seven requests.
    expect(scope({ step: 'order' }).counts).toMatchObject({ due: 7, ok: 7, intents: 4, attempts: 4 })
    expect(tally.causes).toEqual({})
  })

  test('to another origin take cookies of that host along, but not what was meant for the first alone', async () => {
    const seen: unknown[] = []
    const other = await serve(({ headers }, response) => {
      seen.push([headers.authorization, headers['x-api-key'], headers['x-kept'], headers.cookie])
      response.end('there')
    })
    const target = await shop((_, response) => {
      response.writeHead(302, { location: `${other.url}/there`, 'set-cookie': 'sid=1; Path=/' })
      response.end()
    })
    const texts: string[] = []
    await visit(target, async (s) => {
      const headers = { Authorization: 'Bearer x', 'X-Api-Key': 'k', 'x-kept': '1' }
      texts.push((await s.get('/', { redirects: 1, headers })).text())
    })
    await other.stop()
    // Cookies know hosts and not ports, as in browsers.
    expect(seen).toEqual([[undefined, undefined, '1', 'sid=1']])
    expect(texts).toEqual(['there'])
  })

  test('to a host that a stub stands for go to the stub', async () => {
    const stub = await serve(({ url }, response) => void response.end(`stub ${url}`))
    const target = await shop((_, response) => void response.writeHead(303, { location: 'https://api.stripe.com/pay?order=7' }).end())
    const texts: string[] = []
    const { tally } = await visit(target, async (s) => void texts.push((await s.post('/checkout', { redirects: 1 })).text()), {
      stubs: { 'api.stripe.com': `${stub.url}/stripe` },
    })
    await stub.stop()
    expect(texts).toEqual(['stub /stripe/pay?order=7'])
    expect(tally.causes).toEqual({})
  })

  test('that go round, nowhere or to a host that nobody approved are failures with a name, and the run goes on', async () => {
    const target = await shop(listener)
    asked.length = 0
    const { tally, end } = await visit(
      target,
      async (s) => {
        await s.get('/loop/302')
        await s.get('/away/302')
        await s.get('/odd/302')
        await s.get('/loop/302', { expect: 302 })
        await s.get('/loop/302', { redirects: 0 })
      },
      { redirects: 3 },
    )
    expect(asked.length).toBe(4 + 1 + 1 + 1 + 1)
    expect(tally.causes).toEqual({ 'too-many-redirects': 1, 'redirect:not-approved': 1, 'redirect:unusable': 1 })
    expect(end.stoppedBy).toBe('end')
  })
})

describe('what a journey counts', () => {
  const answering: Parameters<typeof serve>[0] = ({ url }, response) => {
    if (url === '/degraded') response.setHeader('x-degraded', '1')
    response.statusCode = url === '/bad' ? 503 : 200
    setTimeout(() => response.end('ok'), url === '/slow' ? 60 : 0)
  }

  test('groups: ok, degraded, or failed with the first cause; times to think are left out', async () => {
    const target = await shop(answering)
    const { tally } = await visit(target, async (s) => {
      await s.group('outer', async () => {
        await s.group('fine', () => s.get('/'))
        await s.group('degraded', () => s.get('/degraded'))
        await s.group('checked', async () => {
          await s.get('/')
          s.check('is there', false)
          await s.get('/bad')
        })
        await s.group('pensive', async () => {
          await s.get('/slow')
          await s.think(400)
        })
      })
      await s.group('throws', () => Promise.reject(new Error('no'))).catch(() => {})
      await s.group('left', async () => {
        await s.get('/')
        await s.stop('Sold out!')
      })
      throw new Error('nothing behind a stop runs')
    })
    const groups = Object.fromEntries(tally.cuts('group').map(({ name, counts, causes }) => [name, { ...counts, causes }]))
    expect(groups.outer).toMatchObject({ due: 1, sent: 1, failed: 1, causes: { 'check:is there': 1 }, intents: 0 })
    expect(groups.fine).toMatchObject({ due: 1, ok: 1 })
    expect(groups.degraded).toMatchObject({ due: 1, degraded: 1 })
    expect(groups.checked).toMatchObject({ failed: 1, causes: { 'check:is there': 1 } })
    expect(groups.throws).toMatchObject({ failed: 1, causes: { threw: 1 } })
    expect(groups.left).toMatchObject({ ok: 1 })
    const pensive = tally.cuts('group').find(({ name }) => name === 'pensive')?.response.maxMs
    expect(pensive).toBeGreaterThanOrEqual(60)
    expect(pensive).toBeLessThan(400)
    expect(tally.counters).toMatchObject({ 'stopped.sold-out': { count: 1, sum: 1 } })
    expect(tally.shoppers).toMatchObject({ finished: 1, finishedDegraded: 1, threw: 0 })
  })

  test('numbers and trends under names of its own, never under ours', async () => {
    const target = await shop(answering)
    const told: string[] = []
    const { tally } = await visit(target, async (s) => {
      s.count('cart.value', 19.5)
      s.count('cart.value', 0.5)
      s.count('clicks')
      s.trend('basket', 3)
      const wrong = [() => s.count('stopped.x'), () => s.count('ws.messages'), () => s.trend('a b', 1), () => s.count('x', Number.NaN)]
      for (const count of wrong) {
        try {
          count()
        } catch (error) {
          told.push((error as Error).message)
        }
      }
      await s.get('/')
    })
    expect(tally.counters['cart.value']).toEqual({ count: 2, sum: 20, min: 0.5, max: 19.5 })
    expect(tally.counters.clicks).toMatchObject({ count: 1, sum: 1 })
    expect(tally.trends.basket?.count).toBe(1)
    expect(told).toEqual([
      'names that begin with "stopped." are doorbuster\'s own: "stopped.x"',
      'names that begin with "ws." are doorbuster\'s own: "ws.messages"',
      'a number is counted under 1 to 80 letters, digits, "_", "." and "-", not under "a b"',
      'x is counted in numbers, not in NaN',
    ])
  })

  test('who is turned away left for a cause', async () => {
    const target = await shop(answering)
    const { tally } = await visit(target, async (s) => {
      s.vars.told = await s.get('/')
      await s.turnAway('bot wall')
    })
    expect(tally.shoppers).toMatchObject({ finished: 0, turnedAway: 1 })
    expect(tally.cuts('shoppers')[0]?.causes).toEqual({ 'turned-away:bot-wall': 1 })
  })

  test('a journey that keeps the event loop is named with its step, and the others are not', async () => {
    const target = await shop(answering)
    const hold = (ms: number): void => {
      for (const endMs = performance.now() + ms; performance.now() < endMs; );
    }
    const { tally, events } = await visit(target, async (s) => {
      await s.get('/', { step: 'landing' })
      await s.get('/', { step: 'checkout' })
      hold(60)
      await s.think(1)
      hold(60)
    })
    const named = events.map(({ text }) => text.replace(/\d+ ms/, 'N ms')).filter((text) => text.includes('held'))
    expect(named).toContain('the journey of "buyer" held the event loop for N ms after step "checkout"')
    expect(tally.counters['loop.held']?.count).toBeGreaterThanOrEqual(2)
    expect(tally.counters['loop.held']?.max).toBeGreaterThanOrEqual(60)
  })
})

test('what setup returned is every shopper’s, and no secret leaves in what a journey says', async () => {
  const target = await shop((_, response) => {
    response.statusCode = 500
    response.end('you sent hunter22')
  })
  const shared: unknown[] = []
  const { events, tally, orders } = await visit(
    target,
    async (s) => {
      shared.push(s.shared)
      s.ordered({ sku: 'tv', id: 'of hunter22', key: 'key hunter22' })
      await s.get('/p/hunter22')
      s.check('is hunter22', false)
      s.count('hunter22')
      throw new Error('hunter22 was refused')
    },
    {},
    { shared: { token: 1 }, mask: (text) => text.replaceAll('hunter22', '•••') },
  )
  expect(shared).toEqual([{ token: 1 }])
  expect(orders).toMatchObject([{ sku: 'tv', id: 'of •••', key: 'key •••' }])
  expect(JSON.stringify([events, tally.steps, tally.causes, Object.keys(tally.counters)])).not.toContain('hunter22')
  expect(events.map(({ text }) => text).join()).toContain('••• was refused')
  expect(JSON.stringify(events)).toContain('you sent •••')
})
