// Shoppers with names: accounts, private pages, carts that hold, orders found again; and what tells of the shop while it runs.
import { get } from 'node:http'
import { expect, test } from 'vitest'
import { shopHere } from '../../test/support/open-shop.ts'
import { loggedIn, visitor } from '../../test/support/visitor.ts'

test('an account shows what its shopper sent, escaped, to that shopper alone and to no cache', async () => {
  await using shop = await shopHere('')
  const [ada, bob] = [await loggedIn(shop.url, 'Ada'), await loggedIn(shop.url, 'Bob')]
  const changed = await ada.post('/account', { address: '<b>2</b> Main Street', phone: '+61 2 5550 1234' })
  expect(await changed.json()).toEqual({
    email: 'Ada@shop.example',
    name: 'Ada',
    address: '<b>2</b> Main Street',
    phone: '+61 2 5550 1234',
  })
  const page = await ada.get('/account')
  expect(page.headers.get('cache-control')).toBe('private, no-store')
  expect(await page.text()).toContain('&lt;b&gt;2&lt;/b&gt; Main Street')
  expect(await (await bob.get('/account')).text()).not.toContain('Ada')
  expect((await visitor(shop.url).get('/account')).status).toBe(401)
})

test('twenty logins are twenty sessions, none of which a script can read', async () => {
  await using shop = await shopHere('')
  const shoppers = await Promise.all(Array.from({ length: 20 }, (_, nth) => loggedIn(shop.url, `shopper${nth}`)))
  expect(new Set(shoppers.map((one) => one.cookie('sid'))).size).toBe(20)
  const again = await visitor(shop.url).post('/login', { email: 'shopper0@shop.example', password: "shopper0's secret" })
  expect(again.headers.get('set-cookie')).toMatch(/^sid=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/)
})

test.each([
  ['/login', {}],
  ['/login', { email: 'ada', password: 'secret' }],
  ['/login', { email: 'ada@shop.example', password: '' }],
  ['/account', { name: 7 }],
  ['/account', { phone: 'x'.repeat(201) }],
])('what is sent to %s is refused as %j', async (path, body) => {
  await using shop = await shopHere('')
  const ada = await loggedIn(shop.url, 'Ada')
  expect((await ada.post(path, body)).status).toBe(400)
})

test('an order is shown to its owner by number; strangers, other shoppers and made-up numbers get the same 404', async () => {
  await using shop = await shopHere('')
  const [ada, bob] = [await loggedIn(shop.url, 'Ada'), await loggedIn(shop.url, 'Bob')]
  const { id } = (await (await ada.post('/orders', { sku: 'tv-55', qty: 1 })).json()) as { readonly id: number }
  const owned = await ada.get(`/orders/${id}`)
  expect(owned.headers.get('cache-control')).toBe('private, no-store')
  expect(await owned.json()).toMatchObject({ id, sku: 'tv-55', priceCents: 19_960, name: 'Ada', email: 'Ada@shop.example' })
  const others = [bob.get(`/orders/${id}`), visitor(shop.url).get(`/orders/${id}`), ada.get('/orders/999'), ada.get('/orders/x')]
  const answers = await Promise.all(others)
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
})

test('an order whose answer was lost is found by its key, and an order of nobody is nobody’s to read', async () => {
  await using shop = await shopHere('')
  const shopper = visitor(shop.url)
  const { id } = (await (await shopper.post('/orders', { sku: 'tv-55', qty: 2, key: 'a key' })).json()) as { readonly id: number }
  const found = async (key: string) => (await shopper.get(`/orders?key=${encodeURIComponent(key)}`)).json()
  expect(await found('a key')).toEqual([{ id, sku: 'tv-55', qty: 2, priceCents: 19_960 }])
  expect(await found('another')).toEqual([])
  expect((await shopper.get('/orders')).status).toBe(400)
  expect((await shopper.get(`/orders/${id}`)).status).toBe(404)
})

test('a search finds names in whatever case, and asks for words', async () => {
  await using shop = await shopHere('--products 40')
  const found = await (await visitor(shop.url).get('/search?q=TELEV')).text()
  expect(found).toContain('3 for “TELEV”')
  expect(found.match(/<li>/g)).toHaveLength(3)
  expect(await (await visitor(shop.url).get('/search?q=%25')).text()).toContain('0 for “%”')
  expect((await visitor(shop.url).get('/search')).status).toBe(400)
})

test('figures tell of answers by status, of the line and of the stock on sale', async () => {
  await using shop = await shopHere('--stock 7')
  const shopper = visitor(shop.url)
  await shopper.post('/orders', { sku: 'tv-55', qty: 2 })
  for (const path of ['/', '/p/tv-55', '/p/unicorn']) await shopper.get(path)
  const figures = await shopper.get('/metrics')
  expect(figures.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await figures.text()).split('\n').filter((line) => !line.startsWith('#') && line !== '')
  const named = (name: string): number => Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length))
  expect(named('shop_database_busy_seconds_total')).toBeGreaterThan(0)
  expect(named('shop_event_loop_busy_seconds_total')).toBeGreaterThan(named('shop_database_busy_seconds_total'))
  expect(named('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
  expect(lines.filter((line) => !/^shop_(?:database|event_loop)_busy_|^nodejs_|^process_/.test(line))).toEqual([
    'shop_requests_total{status="201"} 1',
    'shop_requests_total{status="200"} 2',
    'shop_requests_total{status="404"} 1',
    'shop_requests_in_flight 1',
    'shop_orders_total 1',
    'shop_queue_length 0',
    'shop_workers_busy 0',
    'shop_workers 32',
    'shop_stock{sku="tv-55"} 5',
  ])
})

test('the stock is told once at first, and again when it changes', async () => {
  await using shop = await shopHere('--stock 7')
  const leaving = new AbortController()
  const ticker = await fetch(`${shop.url}/stock/tv-55/events`, { signal: leaving.signal })
  expect(ticker.headers.get('content-type')).toBe('text/event-stream')
  const pieces = ticker.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await pieces.read()).value).toBe('event: stock\nid: 1\ndata: {"sku":"tv-55","stock":7}\n\n')
  await visitor(shop.url).post('/orders', { sku: 'tv-55', qty: 3 })
  expect((await pieces.read()).value).toContain('data: {"sku":"tv-55","stock":4}\n\n')
  leaving.abort()
  expect((await fetch(`${shop.url}/stock/unicorn/events`)).status).toBe(404)
  expect(await (await fetch(`${shop.url}/stock/tv-55/events`, { method: 'HEAD' })).text()).toBe('')
})

test('the queue lets everybody in over its WebSocket when there is no waiting room, and tells the place when there is', async () => {
  await using open = await shopHere('')
  await using full = await shopHere('--fault waiting-room=1')
  const { messages, code } = await queued(open.url)
  expect([messages, code]).toEqual([['{"place":0}'], 1000])
  await fetch(full.url)
  const socket = new WebSocket(`${full.url.replace('http', 'ws')}/queue`)
  expect(await new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)))).toBe('{"place":1}')
  socket.close()
  await new Promise((resolve) => socket.addEventListener('close', resolve))
})

test('what is no handshake, and any other path, opens no WebSocket', async () => {
  await using shop = await shopHere('')
  const headers = { connection: 'upgrade', upgrade: 'websocket' }
  const statusOf = (path: string) =>
    new Promise((resolve) => get(`${shop.url}${path}`, { headers }, (answer) => resolve(answer.resume().statusCode)))
  expect([await statusOf('/queue'), await statusOf('/')]).toEqual([400, 404])
})

function queued(url: string): Promise<{ readonly messages: readonly unknown[]; readonly code: number }> {
  const messages: unknown[] = []
  const socket = new WebSocket(`${url.replace('http', 'ws')}/queue`)
  socket.addEventListener('message', ({ data }) => messages.push(data))
  return new Promise((resolve) => socket.addEventListener('close', ({ code }) => resolve({ messages, code })))
}
