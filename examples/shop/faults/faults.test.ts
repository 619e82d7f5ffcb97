// Each switch, asked by hand: off it does not show, on it does. That a rehearsal finds it is another test's affair.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codeIn, tableBelow } from '../../../test/support/markdown.ts'
import { shopHere } from '../../../test/support/open-shop.ts'
import { loggedIn, visitor } from '../../../test/support/visitor.ts'
import type { Account } from '../catalogue.ts'
import { faultValues, parseFaults } from './faults.ts'

const burst = (url: string, count: number, path = '/health') => Promise.all(Array.from({ length: count }, () => fetch(url + path)))

async function books(url: string): Promise<Account> {
  return (await (await fetch(`${url}/stock/tv-55`)).json()) as Account
}

test('every fault is off until it is named, and they go together', () => {
  expect(parseFaults([])).toEqual({})
  const typed = ['oversells', 'ip-limit=50', 'slow-dependency=hangs', 'degraded', 'fails-open=7']
  const meant = { oversells: true, 'ip-limit': 50, 'slow-dependency': Number.POSITIVE_INFINITY, degraded: 100, 'fails-open': 7 }
  expect(parseFaults(typed)).toEqual(meant)
})

test.each([
  ['overslls', `--fault: expected one of ${Object.keys(faultValues).join(', ')}, received "overslls"`],
  ['toString', `--fault: expected one of ${Object.keys(faultValues).join(', ')}, received "toString"`],
  ['oversells=3', '--fault oversells: expected no value, received "3"'],
  ['ip-limit', '--fault ip-limit: expected =<number> from 1 to 100000 (requests a second), received ""'],
  ['slow-dependency=0', '--fault slow-dependency=0: expected =<number> from 1 to 3600000 (ms) or "hangs", received "0"'],
  ['degraded=', '--fault degraded=: expected =<number> from 1 to 100000 (requests a second), received ""'],
])('"%s" is refused with a word for the person who typed it', (text, message) => {
  expect(() => parseFaults([text])).toThrow(message)
})

test('every fault has its row in the README, and every row its fault', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const named = tableBelow(readme, '| `--fault`').map(([cell = '']) => /^[\w-]+/.exec(codeIn(cell)[0] ?? '')?.[0])
  expect([...named].sort()).toEqual(Object.keys(faultValues).sort())
})

test('a shop has one waiting room', () => {
  expect(() => parseFaults(['waiting-room=60', 'waiting-room-unfair=60'])).toThrow('expected one waiting room')
})

test.each([
  ['', 10],
  ['--fault oversells', 40],
])('of 40 who want the last 10 at once, a hardened shop with "%s" sells to %d', async (fault, expected) => {
  await using shop = await shopHere(`--stock 10 ${fault}`)
  const answers = await Promise.all(Array.from({ length: 40 }, () => visitor(shop.url).post('/orders', { sku: 'tv-55', qty: 1 })))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(expected)
  expect(await books(shop.url)).toMatchObject({ stock: 0, sold: expected, oversold: expected - 10 })
})

test.each([
  ['', [201, 200], 1],
  ['--fault charges-twice', [201, 201], 2],
])('a key sent twice to a shop with "%s" is answered %j and makes %d order(s)', async (fault, statuses, orders) => {
  await using shop = await shopHere(fault)
  const wish = { sku: 'tv-55', qty: 1, key: 'k-1' }
  const shopper = visitor(shop.url)
  expect([(await shopper.post('/orders', wish)).status, (await shopper.post('/orders', wish)).status]).toEqual(statuses)
  expect(await (await shopper.get('/orders?key=k-1')).json()).toHaveLength(orders)
})

test.each([
  ['', { 'tv-55': 19_960, 'phone-55': 30_600 }],
  ['--fault price-drift', { 'tv-55': 49_900, 'phone-55': 32_130 }],
])('what is 199.60 and 306.00 in the cart costs at the till of a shop with "%s": %j', async (fault, till) => {
  await using shop = await shopHere(fault)
  for (const [sku, priceCents] of Object.entries(till)) {
    const cart = await (await visitor(shop.url).post('/cart', { sku, qty: 1 })).json()
    expect(cart).toMatchObject({ priceCents: sku === 'tv-55' ? 19_960 : 30_600 })
    expect(await (await visitor(shop.url).post('/orders', { sku, qty: 1 })).json()).toMatchObject({ priceCents })
  }
})

test.each([
  ['--hold-ms 60000', 10],
  ['--hold-ms 60000 --fault keeps-reserved', 6],
  ['--fault keeps-reserved', 6],
])('of 10 pieces 4 lie in a cart that is given up: a shop with "%s" has %d again', async (flags, stock) => {
  await using shop = await shopHere(`--stock 10 ${flags}`)
  const shopper = visitor(shop.url)
  const { cart } = (await (await shopper.post('/cart', { sku: 'tv-55', qty: 4 })).json()) as { readonly cart: string }
  expect(await books(shop.url)).toMatchObject({ stock: 6, reserved: 4 })
  expect((await shopper.drop(`/cart/${cart}`)).status).toBe(200)
  expect((await shopper.drop(`/cart/${cart}`)).status).toBe(404)
  expect(await books(shop.url)).toMatchObject({ stock })
})

test('a cart that holds buys what it holds, when nothing else is left', async () => {
  await using shop = await shopHere('--stock 4 --hold-ms 60000')
  const shopper = visitor(shop.url)
  const { cart } = (await (await shopper.post('/cart', { sku: 'tv-55', qty: 4 })).json()) as { readonly cart: string }
  expect((await shopper.post('/cart', { sku: 'tv-55', qty: 1 })).status).toBe(409)
  expect((await shopper.post('/orders', { sku: 'tv-55', qty: 4 })).status).toBe(409)
  expect((await shopper.post('/orders', { sku: 'tv-55', qty: 4, cart })).status).toBe(201)
  expect(await books(shop.url)).toMatchObject({ stock: 0, reserved: 0, sold: 4, oversold: 0 })
})

test('a shared cache shows one shopper the account page of another, and says that it is public', async () => {
  await using shop = await shopHere('--fault shared-cache')
  const [ada, bob] = [await loggedIn(shop.url, 'Ada'), await loggedIn(shop.url, 'Bob')]
  expect((await ada.get('/account')).headers.get('x-cache')).toBe('MISS')
  const seen = await bob.get('/account')
  expect(await seen.text()).toContain('1 Ada Street')
  const { 'x-cache': found, 'cache-control': control, age } = Object.fromEntries(seen.headers)
  expect([found, control, age]).toEqual(['HIT', 'public, max-age=3', expect.stringMatching(/^[012]$/)])
})

test('with one-session-twice two of twenty shoppers hold a session that somebody else holds, and see that shopper', async () => {
  await using shop = await shopHere('--fault one-session-twice')
  const names = Array.from({ length: 20 }, (_, nth) => `shopper${nth + 1}`)
  const shoppers: Awaited<ReturnType<typeof loggedIn>>[] = []
  for (const name of names) shoppers.push(await loggedIn(shop.url, name))
  expect(new Set(shoppers.map((one) => one.cookie('sid'))).size).toBe(18)
  expect(await (await shoppers[8]!.get('/account')).text()).toContain('1 shopper10 Street')
})

test('with open orders anybody reads the order of a shopper by its number', async () => {
  await using shop = await shopHere('--fault open-orders')
  const { id } = (await (await (await loggedIn(shop.url, 'Ada')).post('/orders', { sku: 'tv-55', qty: 1 })).json()) as { id: number }
  expect(await (await fetch(`${shop.url}/orders/${id}`)).json()).toMatchObject({ id, address: '1 Ada Street' })
})

test('a shop that fails open keeps strangers from an order until more than 30 a second come', async () => {
  await using shop = await shopHere('--fault fails-open=30')
  const { id } = (await (await (await loggedIn(shop.url, 'Ada')).post('/orders', { sku: 'tv-55', qty: 1 })).json()) as { id: number }
  expect((await fetch(`${shop.url}/orders/${id}`)).status).toBe(404)
  const answers = await burst(shop.url, 100, `/orders/${id}`)
  expect(answers.map(({ status }) => status)).toContain(200)
})

test('a degraded shop shows its whole page until more than 30 a second come, and then a short one that says so', async () => {
  await using shop = await shopHere('--fault degraded=30')
  expect((await fetch(shop.url)).headers.get('x-degraded')).toBeNull()
  const short = (await burst(shop.url, 100, '/p/tv-55')).find(({ headers }) => headers.get('x-degraded') === '1')
  expect(short?.status).toBe(200)
  const text = await short?.text()
  expect(text).toContain('Television')
  expect(text).not.toContain(' left')
})

test('errors say nothing of the machine, unless they leak', async () => {
  await using tight = await shopHere('')
  await using leaky = await shopHere('--fault leaks-in-errors')
  const leak = /shop\/faults\/leaky-errors\.ts:\d+/
  for (const path of ['/admin', '/p/unicorn', '/search']) {
    expect(await (await fetch(tight.url + path)).text()).not.toMatch(leak)
    const answer = await fetch(leaky.url + path)
    expect(await answer.text()).toMatch(leak)
    expect(answer.headers.get('server')).toContain(process.version)
  }
})

test('a shop that makes a mistake shows its stack when errors leak, and reports it all the same', async () => {
  const broken = () => Promise.reject(new Error('the bank at 10.0.0.7 refused'))
  await using shop = await shopHere('--fault leaks-in-errors', broken)
  const answer = await visitor(shop.url).post('/orders', { sku: 'tv-55', qty: 1 })
  expect(await answer.json()).toMatchObject({ message: 'the bank at 10.0.0.7 refused', stack: expect.stringContaining('.ts:') })
  expect([answer.status, shop.failures.length]).toEqual([500, 1])
})

test.each([
  ['', [401, 401, 401, 401, 401, 429, 429]],
  ['--fault login-without-limit', [401, 401, 401, 401, 401, 401, 200]],
])('six wrong passwords and the right one: a shop with "%s" answers %j', async (fault, statuses) => {
  await using shop = await shopHere(fault)
  await loggedIn(shop.url, 'Ada')
  const tried: Response[] = []
  for (const password of ['a', 'b', 'c', 'd', 'e', 'f', "Ada's secret"]) {
    tried.push(await visitor(shop.url).post('/login', { email: 'Ada@shop.example', password }))
  }
  expect(tried.map(({ status }) => status)).toEqual(statuses)
  for (const { status, headers } of tried) expect(headers.has('retry-after')).toBe(status === 429)
})

test('the product page waits for a slow dependency, and the landing page does not', async () => {
  await using shop = await shopHere('--fault slow-dependency=100')
  const startedMs = performance.now()
  const product = fetch(`${shop.url}/p/tv-55`).then(() => 'product')
  expect(await Promise.race([product, fetch(shop.url).then(() => 'landing')])).toBe('landing')
  await product
  // A timer may fire up to 1 ms early.
  expect(performance.now() - startedMs).toBeGreaterThan(98)
})

test('a dependency that hangs keeps the worker of a naive shop, though its shopper has left', async () => {
  await using shop = await shopHere('--manner naive --workers 1 --fault slow-dependency=hangs')
  const load = async () => (await (await fetch(`${shop.url}/health`)).json()) as { readonly busy: number; readonly waiting: number }
  const [leaving, impatient] = [new AbortController(), new AbortController()]
  const product = fetch(`${shop.url}/p/tv-55`, { signal: leaving.signal }).catch(() => 'left')
  while ((await load()).busy === 0);
  leaving.abort()
  expect(await product).toBe('left')
  const next = fetch(shop.url, { signal: impatient.signal }).catch(() => 'left')
  while ((await load()).waiting === 0);
  expect(await load()).toMatchObject({ busy: 1, waiting: 1 })
  impatient.abort()
  expect(await next).toBe('left')
})

test('the second in a waiting room of one a minute sees a queue page, and keeps the place when reloading', async () => {
  await using shop = await shopHere('--fault waiting-room=1')
  const [first, second] = [visitor(shop.url), visitor(shop.url)]
  expect(await (await first.get('/')).text()).toContain('All 3 products')
  const queued = await second.get('/p/tv-55')
  expect(queued.status).toBe(200)
  const { 'x-queue-place': place, 'retry-after': pause, 'cache-control': control } = Object.fromEntries(queued.headers)
  expect([place, pause, control]).toEqual(['1', '5', 'no-store'])
  expect(await queued.text()).not.toContain('Television')
  const ticket = second.cookie('ticket')
  expect(await (await visitor(shop.url).get('/')).headers.get('x-queue-place')).toBe('2')
  expect((await second.get('/')).headers.get('x-queue-place')).toBe('1')
  expect(second.cookie('ticket')).toBe(ticket)
  expect((await first.get('/')).headers.get('x-queue-place')).toBeNull()
  expect((await second.get('/health')).headers.get('x-queue-place')).toBeNull()
})

test('who logs in on the way through the waiting room gets both cookies', async () => {
  await using shop = await shopHere('--fault waiting-room=1')
  const ada = await loggedIn(shop.url, 'Ada')
  expect([ada.cookie('sid'), ada.cookie('ticket')]).toEqual([expect.any(String), expect.any(String)])
})

test('beyond three a second an address is answered 429 with Retry-After, but never by /health', async () => {
  await using shop = await shopHere('--fault ip-limit=3')
  const answers = await burst(shop.url, 40, '/p/tv-55')
  const refused = answers.filter(({ status }) => status === 429)
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
  expect(new Set((await burst(shop.url, 40)).map(({ status }) => status))).toEqual(new Set([200]))
})
