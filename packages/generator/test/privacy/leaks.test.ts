// A shop that shows one shopper what is another's, in every place where that can be: real requests, the scan as it runs under load.
import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Finding } from '@doorbuster/measurements'
import type { Session } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import type { Rehearsal } from '../support/rehearsal.ts'
import { rehearse, serve } from '../support/rehearsal.ts'

/** Shoppers one after the other: what the first sent is there when the second comes. */
const inTurn = 'burst 1; silence for 150ms; burst 1; silence for 50ms'

async function visited(listener: RequestListener, journey: (s: Session) => Promise<void>, traffic = inTurn): Promise<Rehearsal> {
  const shop = await serve(listener)
  try {
    return await rehearse({ target: shop.url, traffic, shoppers: [shopper('buyer', journey)] })
  } finally {
    await shop.stop()
  }
}

const leaksOf = ({ tally }: Rehearsal): readonly Finding[] => tally.findings.filter(({ kind }) => kind === 'leak')

/** Remembers the first e-mail address that it is sent, and shows it as told to whoever comes. */
function keepingFirst(show: (first: string, response: Parameters<RequestListener>[1]) => void): RequestListener {
  let first: string | null = null
  return (request, response) => {
    first ??= new URL(request.url ?? '', 'http://shop').searchParams.get('email')
    show(first ?? '', response)
  }
}

const signsIn = async (s: Session): Promise<void> => {
  await s.get(`/account?email=${encodeURIComponent(s.me.email)}`, { step: 'account', expect: [200, 302, 500] })
}

describe('what is another shopper’s', () => {
  test.each<[string, string, (first: string, response: Parameters<RequestListener>[1]) => void]>([
    ['a body', 'body', (first, response) => response.end(`<p>Hello ${first}</p>`)],
    ['a body in capitals', 'body', (first, response) => response.end(first.toUpperCase())],
    ['a header', 'header x-account', (first, response) => response.setHeader('X-Account', first).end()],
    ['a cookie', 'header set-cookie', (first, response) => response.setHeader('Set-Cookie', `who=${encodeURIComponent(first)}`).end()],
    ['a redirect', 'header location', (first, response) => response.writeHead(302, { location: `/hello?to=${first}` }).end()],
    ['an error page', 'body', (first, response) => response.writeHead(500).end(`no such thing for ${first}`)],
    ['a packed body', 'body', (first, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(`{"email":"${first}"}`))],
  ])('is found in %s', async (_place, where, show) => {
    const run = await visited(keepingFirst(show), signsIn)
    expect(leaksOf(run)).toMatchObject([{ kind: 'leak', step: 'account', where, field: 'email', count: 1, owners: [1], viewers: [2] }])
    expect(run.tally.counters['privacy.scanned']?.count).toBe(2)
    expect(run.events.filter(({ kind }) => kind === 'warn')).toMatchObject([
      { kind: 'warn', text: `leak: account showed shopper 2 the email of shopper 1 (${where})` },
    ])
  })

  test('is told with the cache, the machine and surroundings that hold nobody’s data', async () => {
    const headers = { age: '12', 'cache-control': 'public', server: 'shop/1', via: '1.1 edge-7' }
    const run = await visited(
      keepingFirst((first, response) =>
        response.writeHead(200, headers).end(`ada.lovelace@mail.shop; <p>Hello ${first}, card 4111111111111111`),
      ),
      signsIn,
    )
    const [leak] = leaksOf(run)
    expect([leak?.cache, leak?.node]).toEqual(['age: 12; cache-control: public', 'server: shop/1; via: 1.1 edge-7'])
    expect(leak?.sample).toBe('•••; <p>Hello [email]•••, card •••')
  })

  test('is covered in what caches and machines say of themselves, and in the names of headers', async () => {
    const run = await visited(
      keepingFirst((first, response) => {
        const [canary = ''] = first.split('@')
        response.setHeader('via', `edge for ${first}`).setHeader(`x-${canary}`, first).setHeader('x-cache', `kept for ${canary}`).end()
      }),
      signsIn,
    )
    expect(leaksOf(run).map(({ where }) => where)).toContain('header x-•••')
    expect(leaksOf(run)[0]).toMatchObject({ node: 'via: edge for •••', cache: 'x-cache: kept for •••' })
    expect(JSON.stringify(run.tally.findings)).not.toMatch(/czqj[a-z]{16}/i)
  })

  test('is found in each of several places, once an answer', async () => {
    const show = (first: string, response: Parameters<RequestListener>[1]): void =>
      void response.setHeader('X-Account', first).end(`${first} ${first}`)
    const run = await visited(keepingFirst(show), async (s) => {
      await signsIn(s)
      if (s.arrival === 2) await signsIn(s)
    })
    expect(leaksOf(run).map(({ where, count }) => [where, count])).toEqual([
      ['header x-account', 2],
      ['body', 2],
    ])
  })

  test('is found by a shopper whose requests are declared', async () => {
    const shop = await serve(keepingFirst((first, response) => response.end(first)))
    const looker = shopper('looker', { weight: 1 }, [{ step: 'landing', get: '/' }])
    const buyer = shopper('buyer', { weight: 1 }, signsIn)
    const traffic = 'hold 200/s for 200ms'
    const run = await rehearse({ target: shop.url, traffic, shoppers: [looker, buyer] }).finally(shop.stop)
    expect(leaksOf(run).find(({ step }) => step === 'landing')).toMatchObject({ field: 'email', where: 'body' })
  })

  test('is an order id too, once the shopper has said that it is his', async () => {
    let last = ''
    const listener: RequestListener = (request, response) => {
      const shown = last
      if (request.method === 'POST') last = `order-${1_000_001 + Number(request.headers['x-nth'])}`
      response.end(JSON.stringify(request.method === 'POST' ? { id: last } : { last: shown }))
    }
    const run = await visited(listener, async (s) => {
      await s.get('/last', { step: 'last' })
      const { id } = (await s.post('/orders', { headers: { 'x-nth': String(s.arrival) } })).json() as { id: string }
      s.own('order-id', id)
    })
    expect(leaksOf(run)).toMatchObject([{ step: 'last', field: 'order-id', owners: [1], viewers: [2] }])
  })

  test('is a phone number and a field of the journey’s own too', async () => {
    const seen: string[] = []
    const listener: RequestListener = (request, response) => {
      response.end(seen.join(' '))
      seen.push(decodeURIComponent(request.url ?? ''))
    }
    const run = await visited(listener, async (s) => {
      await s.get(`/${encodeURIComponent(s.me.phone)}/${s.canary('vat-id')}`, { step: 'vat' })
    })
    expect(
      leaksOf(run)
        .map(({ field, owners }) => [field, owners])
        .toSorted(),
    ).toEqual([
      ['phone', [1]],
      ['vat-id', [1]],
    ])
  })
})

describe('what is no leak', () => {
  test('is a shop that shows everybody his own, however often he asks', async () => {
    const echo: RequestListener = (request, response) =>
      response.setHeader('X-You', request.url ?? '').end(decodeURIComponent(request.url ?? ''))
    const run = await visited(
      echo,
      async (s) => {
        const { name, email, address, phone, token } = s.me
        expect([s.me.email, s.canary('email')]).toEqual([email, email.replace('@example.com', '')])
        const all = [name, email, address, phone, token, s.canary('vat-id')].map(encodeURIComponent)
        for (let again = 0; again < 3; again++) await s.get(`/${all.join('/')}`, { step: 'echo' })
      },
      'hold 200/s for 250ms',
    )
    expect(run.tally.findings).toEqual([])
    expect(run.tally.counters['privacy.scanned']?.count).toBe(150)
  })

  test('is nothing at all where no canary was planted: then nothing was searched either', async () => {
    const run = await visited(
      (_, response) => response.end('czqj'),
      async (s) => void (await s.get('/')),
    )
    expect([run.tally.findings, run.tally.counters['privacy.scanned']]).toEqual([[], undefined])
  })

  test('is a body that cannot be unpacked; the journey is told as before', async () => {
    const run = await visited(
      (_, response) => response.setHeader('content-encoding', 'gzip').end('no gzip'),
      async (s) => {
        s.canary('vat-id')
        const answer = await s.get('/', { step: 'odd' })
        expect(answer.text()).toBe('')
      },
    )
    expect(run.tally.causes).toEqual({ 'malformed:content-encoding': 2 })
    expect(run.tally.findings).toEqual([])
  })
})

test('what an earlier rehearsal left behind is told apart, and is no leak of this one', async () => {
  const left: string[] = []
  const remembering: RequestListener = (request, response) => {
    left.push(decodeURIComponent(request.url ?? ''))
    response.end()
  }
  await visited(remembering, signsIn, 'burst 1')
  const shop = await serve((_, response) => response.end(left[0]))
  const shoppers = [shopper('buyer', signsIn)]
  // Another seed, as another run id would, makes other canaries.
  const run = await rehearse({ target: shop.url, traffic: 'burst 1', seed: 2, shoppers }).finally(shop.stop)
  expect(run.tally.findings).toMatchObject([{ kind: 'personal-data', field: 'email of an earlier run', owners: [], viewers: [1] }])
  expect(run.events.filter(({ kind }) => kind === 'warn')).toEqual([])
})
