import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ShopFigure } from '@doorbuster/measurements'
import type { Launch } from '@doorbuster/plan'
import { launch } from '@doorbuster/plan'
import type { OpenOrder } from '@doorbuster/verdict'
import { afterEach, describe, expect, test } from 'vitest'
import { ShopBooks } from '../src/shop-books.ts'
import type { ShopReader } from '../src/shop-reader.ts'
import { idsIn, numberAt, openShopReader } from '../src/shop-reader.ts'
import { plainWay } from '../src/transport-of-run.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function shopOf(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function readerOf(target: string, more: Partial<Launch> = {}): Promise<ShopReader> {
  const plan = launch({ name: 'sale', target, traffic: 'burst 1', ...more })
  const reader = await openShopReader(plan, () => ['127.0.0.1'], plainWay(plan))
  closing.push(() => void reader.close())
  return reader
}

const answers = async (listener: (request: IncomingMessage, response: ServerResponse) => void, more: Partial<Launch> = {}) =>
  (await readerOf(await shopOf(listener), more)).read('/stock/tv')

describe('reading what a shop says', () => {
  test('goes below the path of the target, with the headers of the plan', async () => {
    const seen: unknown[] = []
    const target = await shopOf(({ url, headers }, response) => {
      seen.push(url, headers['x-own'], headers.accept)
      response.end('{"sold":3}')
    })
    const reader = await readerOf(`${target}/shop`, { headers: { 'X-Own': 'yes' }, shoppers: [{ name: 'a', steps: [{ get: '/' }] }] })
    expect(await reader.read('/stock/tv')).toEqual({ kind: 'value', value: { sold: 3 } })
    expect(seen).toEqual(['/shop/stock/tv', 'yes', 'application/json'])
  })

  test('nothing that it says is thrown', async () => {
    expect(await answers((_, response) => response.writeHead(404).end())).toEqual({ kind: 'nothing' })
    expect(await answers((_, response) => response.writeHead(503).end('{}'))).toEqual({ kind: 'silent', because: 'status:503' })
    expect(await answers((_, response) => response.end('<html>'))).toEqual({ kind: 'silent', because: 'no JSON' })
    expect(await answers(({ socket }) => socket.destroy())).toMatchObject({ kind: 'silent' })
    expect(await answers((_, response) => response.end(`"${'x'.repeat(2 ** 20)}"`))).toEqual({ kind: 'silent', because: 'too-large' })
    expect(await answers(() => {}, { timeout: '50ms' })).toEqual({ kind: 'silent', because: 'timeout' })
  })

  test('only whole numbers are counts', () => {
    expect([3, 0, -2].map((sold) => numberAt({ sold }, 'sold'))).toEqual([3, 0, -2])
    expect([1.5, '3', null, 1e300, {}].map((sold) => numberAt({ sold }, 'sold'))).toEqual(Array(5).fill(undefined))
    expect(numberAt({}, undefined)).toBeNull()
  })

  test('an order, a list of them, or none; but nothing without a name', () => {
    expect(idsIn({ id: 7 }, 'id')).toEqual(['7'])
    expect(idsIn([{ id: 'a' }, { id: 'b' }, { id: 'a' }], 'id')).toEqual(['a', 'b'])
    expect([idsIn([], 'id'), idsIn(null, 'id')]).toEqual([[], []])
    expect([idsIn([{ id: 'a' }, {}], 'id'), idsIn({ id: {} }, 'id'), idsIn('text', 'id'), idsIn({ id: 'x'.repeat(201) }, 'id')]).toEqual(
      Array(4).fill(null),
    )
  })
})

type Asked = {
  readonly agrees?: (figures: readonly ShopFigure[]) => boolean
  readonly open?: readonly OpenOrder[]
  readonly hasUnknown?: boolean
  readonly orders?: Launch['orders']
}

/** `say` answers a path with a JSON value, or with a number of a status. */
async function books(say: (path: string) => unknown, { agrees = () => true, open = [], hasUnknown = false, orders }: Asked = {}) {
  const asked: string[] = []
  const target = await shopOf(({ url = '' }, response) => {
    asked.push(url)
    const said = say(url)
    if (typeof said === 'number') response.writeHead(said).end()
    else response.end(JSON.stringify(said))
  })
  const count = { get: '/stock/{sku}', sold: 'sold', stock: 'left' }
  const plan = launch({ name: 'sale', target, traffic: 'burst 1', orders: orders ?? { stock: { tv: 5, 'a/b': 2 }, count } })
  const figures: ShopFigure[] = []
  const shop = new ShopBooks({
    orders: plan.orders ?? { stock: {}, settleMs: 0 },
    reader: await readerOf(target),
    now: () => 7,
    maxRatePerSec: null,
    tell: (figure) => figures.push(figure),
    open: () => ({ orders: open, agrees: agrees(figures), hasUnknown }),
  })
  return { shop, figures, asked }
}

describe('asking for the books', () => {
  test('before the run every product is asked for once', async () => {
    const { shop, figures, asked } = await books(() => ({ sold: 1, left: 4 }))
    await shop.before()
    expect(asked).toEqual(['/stock/tv', '/stock/a%2Fb'])
    expect(figures).toEqual([
      { kind: 'count', when: 'before', atMs: 0, sku: 'tv', sold: 1, stock: 4, because: null },
      { kind: 'count', when: 'before', atMs: 0, sku: 'a/b', sold: 1, stock: 4, because: null },
    ])
  })

  test('after it until they agree, and a book that stands still is told once', async () => {
    let asks = 0
    const orders = { stock: { tv: 5 }, count: { get: '/stock/{sku}', stock: 'left' }, settleWithin: '1m' }
    // Two goods are still reserved for a while.
    const { shop, figures } = await books(() => ({ left: ++asks < 3 ? 3 : 5 }), {
      orders,
      agrees: (all) => all.some((figure) => figure.kind === 'count' && figure.stock === 5),
    })
    await shop.after()
    expect(figures.map((figure) => figure.kind === 'count' && [figure.when, figure.stock])).toEqual([
      ['after', 3],
      ['after', 5],
    ])
    expect(asks).toBe(3)
  })

  test('once, where they may take no time, though they do not agree', async () => {
    const orders = { stock: { tv: 5 }, count: { get: '/stock/{sku}', stock: 'left' }, settleWithin: 0 }
    const { shop, asked } = await books(() => ({ left: 1 }), { orders, agrees: () => false })
    await shop.after()
    expect(asked).toEqual(['/stock/tv'])
  })

  test('what is no count is told with its reason', async () => {
    const said: Readonly<Record<string, unknown>> = { '/stock/tv': { sold: 'three', left: 1 }, '/stock/a%2Fb': 404 }
    const { shop, figures } = await books((path) => said[path])
    await shop.before()
    expect(figures).toMatchObject([
      { sku: 'tv', sold: null, stock: null, because: 'no whole number at "sold"' },
      { sku: 'a/b', sold: null, because: 'status:404' },
    ])
  })

  test('every order that was left open is asked for by its key', async () => {
    const orders = { stock: { tv: 5 }, order: { get: '/orders/by-key/{key}', id: 'order.no' }, settleWithin: '350ms' }
    const open = ['a', 'b', 'c', 'd'].map((key) => ({ of: key, key, id: null }))
    const said: Readonly<Record<string, unknown>> = { a: { order: { no: 70 } }, b: 404, c: 500, d: { no: 1 } }
    const { shop, figures, asked } = await books((path) => said[path.slice(-1)], {
      orders,
      open: [...open, { of: 'x', key: null, id: 'x' }],
    })
    await shop.after()
    expect([...new Set(asked)]).toEqual(['a', 'b', 'c', 'd'].map((key) => `/orders/by-key/${key}`))
    expect(asked.filter((path) => path.endsWith('/a'))).toHaveLength(1)
    expect(figures.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
      { kind: 'orders', atMs: 7, of: 'a', ids: ['70'], because: null },
      { kind: 'orders', atMs: 7, of: 'b', ids: [], because: null },
      { kind: 'orders', atMs: 7, of: 'c', ids: null, because: 'status:500' },
      { kind: 'orders', atMs: 7, of: 'd', ids: null, because: 'an order without "order.no"' },
    ])
  })

  test('an order that is not there yet is asked for again, until the time is over', async () => {
    let asks = 0
    const orders = { stock: { tv: 5 }, order: { get: '/orders/{key}' }, settleWithin: '1m' }
    const { shop, figures } = await books(() => (++asks < 3 ? 404 : { id: 9 }), { orders, open: [{ of: 'k', key: 'k', id: null }] })
    await shop.after()
    expect(figures).toEqual([{ kind: 'orders', atMs: 7, of: 'k', ids: ['9'], because: null }])
  })

  test('a count that would agree is not believed while the shop still works on orders that are open', async () => {
    let sold = 0
    const orders = { stock: { tv: 50 }, count: { get: '/stock/{sku}', sold: 'sold' }, settleWithin: '1m' }
    // One more at each look, up to four.
    const { shop, figures } = await books(() => ({ sold: Math.min(4, ++sold) }), { orders, hasUnknown: true })
    await shop.after()
    expect(figures.map((figure) => figure.kind === 'count' && figure.sold)).toEqual([1, 2, 3, 4])
  })
})
