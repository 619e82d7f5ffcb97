// The shop as others see it: a process behind a URL.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account } from './catalogue.ts'
import type { Load } from './line.ts'
import { mannerNames } from './manner.ts'
import type { RunningShop, ShopOptions } from './start.ts'
import { startShop } from './start.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

function post(shop: RunningShop, path: string, body: object | string): Promise<Response> {
  return fetch(shop.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
}

async function books(shop: RunningShop, sku: string): Promise<Account> {
  return (await (await fetch(`${shop.url}/stock/${sku}`)).json()) as Account
}

async function withShop<T>(options: ShopOptions, work: (shop: RunningShop) => Promise<T>): Promise<T> {
  const shop = await startShop(options)
  try {
    return await work(shop)
  } finally {
    await shop.stop()
  }
}

/** Statuses of 40 orders for one item each, sent at once, and what the books say afterwards. */
async function rush(shop: RunningShop): Promise<{ readonly sold: number; readonly refused: number; readonly account: Account }> {
  const answers = await Promise.all(Array.from({ length: 40 }, () => post(shop, '/orders', { sku: 'tv-55', qty: 1 })))
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  return { sold: count(201), refused: count(409), account: await books(shop, 'tv-55') }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe.each(mannerNames)('a %s shop', (manner) => {
  let shop: RunningShop
  beforeAll(async () => {
    shop = await startShop({ manner, stock: 37, products: 45 })
  })
  afterAll(() => shop.stop())

  test('lists every product on its landing page, with price, stock and rating, deals first', async () => {
    const answer = await fetch(shop.url)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const [deals = '', all = ''] = (await answer.text()).split('All 45 products')
    expect(deals).toContain('<a href="/p/tv-55">Television “Model 55”</a> <del>$499.00</del> <strong>$199.60</strong> · 37 left · ★ ')
    expect(all.match(/<li><a href="\/p\/[a-z]+-\d+">[^<]+<\/a> .*\$\d+\.\d\d.* · 37 left · ★ \d\.\d \(12\)<\/li>/g)).toHaveLength(45)
  })

  test('shows a product on a page of its own, and 404 for one it does not have', async () => {
    const page = await (await fetch(`${shop.url}/p/phone-56`)).text()
    expect(page).toContain('<h1>Phone “Model 56”</h1>')
    expect(page).toContain('37 left')
    expect((await fetch(`${shop.url}/p/phone-99`)).status).toBe(404)
  })

  test('sells what lies in a cart, once the cart exists', async () => {
    const filled = await post(shop, '/cart', { sku: 'lamp-55', qty: 2 })
    expect(filled.status).toBe(201)
    const { cart } = (await filled.json()) as { cart: string }
    const sold = await post(shop, '/orders', { sku: 'lamp-55', qty: 2, cart })
    expect(sold.status).toBe(201)
    expect(await sold.json()).toEqual({ id: expect.any(Number), sku: 'lamp-55', qty: 2, priceCents: 3_100, left: 35 })
    expect(await books(shop, 'lamp-55')).toEqual({ sku: 'lamp-55', stock: 35, sold: 2, initial: 37, oversold: 0, reserved: 0 })
    expect((await post(shop, '/orders', { sku: 'lamp-55', qty: 1, cart: 'lost' })).status).toBe(404)
  })

  test('answers 409 and sells nothing when there is not enough left', async () => {
    for (const qty of [10, 10, 10]) await post(shop, '/orders', { sku: 'desk-55', qty })
    const answer = await post(shop, '/orders', { sku: 'desk-55', qty: 8 })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ error: 'sold-out', left: 7 })
    expect(await books(shop, 'desk-55')).toMatchObject({ stock: 7, sold: 30 })
  })

  test.each([
    ['no JSON', '{"sku":'],
    ['no object', '"tv-55"'],
    ['no sku', { qty: 1 }],
    ['no qty', { sku: 'tv-55' }],
    ['nothing of it', { sku: 'tv-55', qty: 0 }],
    ['less than nothing', { sku: 'tv-55', qty: -1 }],
    ['half of it', { sku: 'tv-55', qty: 0.5 }],
    ['too many', { sku: 'tv-55', qty: 11 }],
    ['a key that is no text', { sku: 'tv-55', qty: 1, key: 7 }],
    ['a cart that is no text', { sku: 'tv-55', qty: 1, cart: {} }],
  ])('answers 400 to an order with %s, and sells nothing', async (_, body) => {
    const answer = await post(shop, '/orders', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: 'bad-request' })
    expect((await books(shop, 'tv-55')).sold).toBe(0)
  })

  test('answers 404 for unknown products and pages, 405 for the wrong method, 400 for a broken path', async () => {
    expect((await post(shop, '/orders', { sku: 'unicorn', qty: 1 })).status).toBe(404)
    expect((await post(shop, '/cart', { sku: 'unicorn', qty: 1 })).status).toBe(404)
    expect((await fetch(`${shop.url}/stock/unicorn`)).status).toBe(404)
    expect((await fetch(`${shop.url}/admin`)).status).toBe(404)
    const wrong = await fetch(`${shop.url}/orders`, { method: 'DELETE' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, GET'])
    expect((await fetch(`${shop.url}/p/%E0%A4%A`)).status).toBe(400)
  })

  test('answers 413 to a body over 8 kB and closes the connection, with or without a length said first', async () => {
    const body = 'x'.repeat(8_193)
    const said = await post(shop, '/orders', body)
    expect([said.status, said.headers.get('connection')]).toEqual([413, 'close'])
    const socket = connect(Number(new URL(shop.url).port), '127.0.0.1')
    socket.write(`POST /orders HTTP/1.1\r\nhost: shop\r\ntransfer-encoding: chunked\r\n\r\n2001\r\n${body}\r\n`)
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })

  test('answers HEAD as GET without its body, and takes no notice of a query', async () => {
    const [head, get] = await Promise.all([fetch(`${shop.url}/p/phone-55?from=mail`, { method: 'HEAD' }), fetch(`${shop.url}/p/phone-55`)])
    expect(head.status).toBe(200)
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'))
    expect(await head.text()).toBe('')
  })

  test('says how it is', async () => {
    expect(await (await fetch(`${shop.url}/health`)).json()).toEqual({ status: 'up', manner, busy: 0, waiting: 0 })
  })
})

test('both manners show the same landing page', async () => {
  const [naive, hardened] = await Promise.all(
    mannerNames.map((manner) => withShop({ manner }, async ({ url }) => (await fetch(url)).text())),
  )
  expect(naive).toBe(hardened)
})

test('40 orders at once for the last 10 items oversell a naive shop', async () => {
  const { sold, account } = await withShop({ manner: 'naive', stock: 10 }, rush)
  expect(sold).toBeGreaterThan(10)
  expect(account).toMatchObject({ sold, initial: 10, oversold: sold - 10 })
})

test('40 orders at once for the last 10 items sell exactly 10 in a hardened shop', async () => {
  const { sold, refused, account } = await withShop({ manner: 'hardened', stock: 10 }, rush)
  expect([sold, refused]).toEqual([10, 30])
  expect(account).toEqual({ sku: 'tv-55', stock: 0, sold: 10, initial: 10, oversold: 0, reserved: 0 })
})

test('a hardened shop takes a key for one order, even after a restart; for a different wish it is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'doorbuster-shop-'))
  const options: ShopOptions = { manner: 'hardened', stock: 20, products: 1, db: join(folder, 'shop.db') }
  const wish = { sku: 'tv-55', qty: 2, key: 'k-1' }
  try {
    const first = await withShop(options, async (shop) => {
      const answer = await post(shop, '/orders', wish)
      expect(answer.status).toBe(201)
      return answer.json()
    })
    await withShop(options, async (shop) => {
      const again = await post(shop, '/orders', wish)
      expect(again.status).toBe(200)
      expect(await again.json()).toEqual(first)
      expect((await post(shop, '/orders', { ...wish, qty: 3 })).status).toBe(422)
      expect(await books(shop, 'tv-55')).toMatchObject({ stock: 18, sold: 2 })
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a naive shop sells twice for the same key', async () => {
  await withShop({ manner: 'naive', products: 1 }, async (shop) => {
    for (const status of [201, 201]) expect((await post(shop, '/orders', { sku: 'tv-55', qty: 1, key: 'k-1' })).status).toBe(status)
    expect((await books(shop, 'tv-55')).sold).toBe(2)
  })
})

test('stop leaves no process, may be called twice, and does not wait for a naive line', async () => {
  const shop = await startShop({ manner: 'naive', products: 1 })
  const orders = Promise.allSettled(Array.from({ length: 400 }, () => post(shop, '/orders', { sku: 'tv-55', qty: 1 })))
  // 100 orders take four workers more than a second, and closing takes half a second.
  for (let waiting = 0; waiting < 100; ) ({ waiting } = (await (await fetch(`${shop.url}/health`)).json()) as Load)
  await Promise.all([shop.stop(), shop.stop()])
  expect(isAlive(shop.pid)).toBe(false)
  expect((await orders).map(({ status }) => status)).toContain('rejected')
})

test('with --until-stdin-closes the shop ends when its parent does', async () => {
  const child = spawn(process.execPath, [main, '--manner', 'naive', '--until-stdin-closes'])
  await once(child.stdout, 'data')
  child.stdin.end()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a shop that cannot start says why', async () => {
  await expect(startShop({ manner: 'hardened', products: 0 })).rejects.toThrow(
    '--products: expected a whole number from 1 to 20000, received "0"',
  )
  await withShop({ manner: 'naive', products: 1 }, async ({ url }) => {
    await expect(startShop({ manner: 'naive', port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE')
  })
})
