// One session handed to two shoppers; and personal data where any cache may keep it. Real answers, as a shop would give them.
import type { RequestListener } from 'node:http'
import type { Launch } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import type { Seen } from '../../src/privacy/find.ts'
import { OwnerTable } from '../../src/privacy/owner-table.ts'
import { flagAt, ownerSlots, privacyGround, viewPrivacyMemory } from '../../src/privacy/privacy-memory.ts'
import { PublicWatch } from '../../src/privacy/public-watch.ts'
import { SessionWatch, setCookies } from '../../src/privacy/session-watch.ts'
import type { Rehearsal } from '../support/rehearsal.ts'
import { rehearse, serve } from '../support/rehearsal.ts'

async function visited(listener: RequestListener, given: Partial<Launch> = {}): Promise<Rehearsal> {
  const shop = await serve(listener)
  const shoppers = [shopper('looker', async (s) => void (await s.get('/', { step: 'landing' })))]
  return await rehearse({ target: shop.url, traffic: 'burst 4 over 20ms; silence for 80ms', shoppers, ...given }).finally(shop.stop)
}

/** A page that any cache may keep. */
function seenAs(step: string, viewer: number, body = ''): Seen {
  const headers: Readonly<Record<string, string>> = { 'cache-control': 'public', 'content-type': 'text/html' }
  const moments = { sentMs: 0, firstByteMs: 5, doneMs: 10, bytesIn: 1, bytesOut: 1, connectMs: null, handshakeMs: null, linkMs: 0 }
  const bytes = Buffer.from(body)
  const header = (name: string): string | undefined => headers[name]
  const all = (name: string): string[] => [header(name)].filter((value) => value !== undefined)
  const answer = {
    kind: 'answered' as const,
    status: 200,
    ...moments,
    body: bytes,
    header,
    headers: all,
    head: () => new Uint8Array(0),
    keep: () => {},
  }
  return { answer, method: 'GET', step, viewer, body: () => bytes }
}

describe('a session', () => {
  test('that two shoppers are handed is found, with both of them and the name of its cookie', async () => {
    let count = 0
    const { tally } = await visited((_, response) => {
      // The third gets what the second got.
      count++
      response.setHeader('Set-Cookie', `sid=s3cr3t-value-${count === 3 ? 2 : count}; Path=/; HttpOnly`).end()
    })
    expect(tally.findings).toMatchObject([
      {
        kind: 'shared-session',
        step: 'landing',
        where: 'header set-cookie',
        field: 'sid',
        count: 1,
        owners: [2],
        viewers: [3],
        sample: null,
      },
    ])
    expect(JSON.stringify(tally.findings)).not.toContain('s3cr3t')
    expect(tally.counters['privacy.sessions']?.sum).toBe(4)
  })

  test('is one of the name that the plan gives, too', async () => {
    const same: RequestListener = (_, response) => response.setHeader('Set-Cookie', 'basket=a').end()
    expect((await visited(same)).tally.findings).toEqual([])
    const { tally } = await visited(same, { privacy: { sessionCookies: ['basket'] } })
    expect(tally.findings).toMatchObject([{ kind: 'shared-session', field: 'basket', count: 3, owners: [1], viewers: [2, 3, 4] }])
  })

  test.each([
    ['a flag', 'logged_in_session=yes'],
    ['what was consented to', 'cookie_consent=accepted-2026-11-25-all'],
    ['one that is taken back', 'sid=0000000000000000; Max-Age=0'],
    ['one of a day long past', 'sid=0000000000000000; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
    ['a preference', 'theme=dark-mode-2026-edition'],
  ])('is not %s, however many get it', async (_what, line) => {
    const { tally } = await visited((_, response) => response.setHeader('Set-Cookie', line).end())
    expect(tally.findings).toEqual([])
  })

  test('may be handed to one shopper again and again', async () => {
    const journey = shopper('looker', async (s) => {
      for (let again = 0; again < 3; again++) await s.get(`/${s.arrival}`, { step: 'landing' })
    })
    const { tally } = await visited((request, response) => response.setHeader('Set-Cookie', `sid=s3cr3t-value${request.url}`).end(), {
      shoppers: [journey],
    })
    expect(tally.findings).toEqual([])
  })
})

test('sessions that find no room in the memory are told, and do not count as looked at', () => {
  const view = viewPrivacyMemory(privacyGround().memory)
  Atomics.store(view.flags, flagAt.count, ownerSlots)
  const told: string[] = []
  const watch = new SessionWatch(new OwnerTable(view.owners, view.flags), ['sid'], {
    onLooked: () => told.push('looked'),
    onFull: () => told.push('full'),
  })
  expect(watch.look(seenAs('landing', 1), [{ name: 'sid', value: 'a-session' }])).toEqual([])
  expect(told).toEqual(['full'])
})

test('a hot page does not take the private page its turn in the same second', () => {
  const searched: string[] = []
  const watch = new PublicWatch([], () => searched.push('one'))
  const leaky = '<p>ada.lovelace@mail.shop</p>'
  for (let nth = 0; nth < 500; nth++) watch.look(seenAs('home', nth, '<p>sale</p>'))
  expect(searched).toHaveLength(20)
  const found = [1, 2, 3].map((nth) => watch.look(seenAs('account', nth, leaky)))
  expect(found.map((findings) => findings.map(({ step, field }) => [step, field]))).toEqual([
    [['account', 'email']],
    [['account', 'email']],
    [],
  ])
  expect(searched).toHaveLength(22)
})

test('however many steps there are, sixty of them are searched in one second', () => {
  const searched: string[] = []
  const watch = new PublicWatch([], () => searched.push('one'))
  for (let nth = 0; nth < 500; nth++) watch.look(seenAs(`page ${nth}`, nth, '<p>sale</p>'))
  expect(searched).toHaveLength(60)
})

test('cookies are read with their blanks and quotes, and without what stands behind them', () => {
  expect(setCookies(['sid = "abc" ; Path=/', 'broken', '=x', 'empty=; Path=/', 'a=b=c'])).toEqual([
    { name: 'sid', value: 'abc' },
    { name: 'a', value: 'b=c' },
  ])
})

describe('personal data', () => {
  const page = 'Ask ada.lovelace@shop-mail.co or <a href="tel:+442071234567">us</a>; support@shop-mail.co'

  test('in a page that any cache may keep is found by its class, and masked', async () => {
    const { tally } = await visited((_, response) => response.writeHead(200, { 'cache-control': 'public, max-age=60' }).end(page))
    expect(tally.findings).toMatchObject([
      { kind: 'personal-data', step: 'landing', where: 'body', field: 'email', count: 4, cache: 'cache-control: public, max-age=60' },
      { kind: 'personal-data', field: 'phone', count: 4 },
    ])
    expect(tally.counters['privacy.public']?.sum).toBe(4)
    expect(JSON.stringify(tally.findings)).not.toMatch(/lovelace|7123/)
  })

  test('that the plan says is meant to be seen is passed over', async () => {
    const ignore = ['ada.lovelace@shop-mail.co', 'Support@shop-mail.co', '+442071234567']
    const { tally } = await visited((_, response) => response.writeHead(200, { age: '3' }).end(page), { privacy: { ignore } })
    expect(tally.findings).toEqual([])
  })

  test.each([
    ['that is private', { 'cache-control': 'private, max-age=60' }],
    ['that no cache keeps', { 'cache-control': 'no-store' }],
    ['that says nothing', {}],
    ['that is a script', { 'cache-control': 'public', 'content-type': 'text/javascript' }],
  ])('is not looked for in an answer %s', async (_what, headers) => {
    const { tally } = await visited((_, response) => response.writeHead(200, headers).end(page))
    expect(tally.findings).toEqual([])
  })

  test('is not looked for where the plan says so', async () => {
    const listener: RequestListener = (_, response) => response.writeHead(200, { 'cache-control': 'public' }).end(page)
    expect((await visited(listener, { privacy: { personalData: false } })).tally.findings).toEqual([])
  })
})
