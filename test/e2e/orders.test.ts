// Orders through the command line, against shops that sell once, sell too much, sell twice, and shops that do not always say what they did.
import type { IncomingMessage } from 'node:http'
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import type { ShopOptions } from '../../examples/shop/start.ts'
import { startShop } from '../../examples/shop/start.ts'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { runDoorbuster } from '../support/program.ts'
import type { TestServer } from '../support/servers.ts'
import { serve } from '../support/servers.ts'

const count = "count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' }"

/** A plan of one class of buyers. `orders` is the plan's key, as code. */
const planOf = (target: string, journey: string, orders: string, more = '') => `
import { hold, launch, shopper } from 'doorbuster'
export default launch({
  name: 'sale',
  target: '${target}',
  traffic: [hold('40/s', '1s')],
  shoppers: [shopper('buyer', async (s) => { ${journey} })],
  objectives: ['errors <= 100%'],
  orders: { stock: { 'tv-55': 10 }, settleWithin: '300ms', ${orders} },
  ${more}
})
`
const buysOnce = "await s.post('/orders', { json: { sku: 'tv-55', qty: 1 }, order: { sku: 'tv-55' }, expect: [201, 409] })"
const clicksTwice = `const key = s.key()
  await s.twice(() => s.post('/orders', { json: { sku: 'tv-55', qty: 1, key }, order: { sku: 'tv-55', key }, expect: [200, 201, 409] }))`

type Ran = { readonly exitCode: number | null; readonly summary: Summary; readonly stderr: string }

async function run(folder: TestFolder, plan: string, args: readonly string[] = []): Promise<Ran> {
  folder.write('plan.ts', plan)
  const { exitCode, stdout, stderr } = await runDoorbuster(['run', 'plan.ts', '--folder', 'run', '--json', '-', ...args], {
    cwd: folder.path,
  })
  expect(stdout, stderr).toMatch(/^\{/)
  return { exitCode, summary: JSON.parse(stdout) as Summary, stderr }
}

async function withShop(options: ShopOptions, work: (url: string) => Promise<void>): Promise<void> {
  const shop = await startShop({ products: 20, stock: 10, ...options })
  try {
    await work(shop.url)
  } finally {
    await shop.stop()
  }
}

const statuses = ({ objectives }: Summary) =>
  Object.fromEntries(objectives.filter(({ unit }) => unit === 'count').map(({ text, status }) => [text, status]))
const allMet = { 'oversold == 0': 'met', 'duplicates == 0': 'met', 'mismatches == 0': 'met' }
const tv = ({ ledger }: Summary) => ledger?.products.find(({ sku }) => sku === 'tv-55')

test('a shop that reads its stock before it pays oversells it, and the reasons say by how many', async () => {
  await withShop({ manner: 'naive' }, async (url) => {
    using folder = testFolder()
    const { summary } = await run(folder, planOf(url, buysOnce, count))
    const { initial, sold } = (await (await fetch(`${url}/stock/tv-55`)).json()) as { initial: number; sold: number }
    expect(sold).toBeGreaterThan(initial)
    expect(tv(summary)).toMatchObject({ stock: 10, confirmed: sold, shopSold: sold, oversold: { least: sold - 10, most: sold - 10 } })
    expect(statuses(summary)).toMatchObject({ 'oversold == 0': 'missed', 'duplicates == 0': 'met' })
    expect(summary.reasons.join('\n')).toContain(`tv-55: ${sold} sold of 10, ${sold - 10} too many`)
    expect(summary.verdict).not.toBe('go')
  })
})

test('a shop that takes its stock in one statement is found guilty of nothing', async () => {
  await withShop({ manner: 'hardened' }, async (url) => {
    using folder = testFolder()
    const { summary } = await run(folder, planOf(url, clicksTwice, count))
    expect(statuses(summary)).toEqual(allMet)
    expect(summary.ledger).toMatchObject({ orders: { confirmed: 10, unknown: 0 }, duplicates: 0, mismatches: [], silent: [] })
    expect(tv(summary)).toMatchObject({ confirmed: 10, shopSold: 10, shopStock: 0, oversold: { least: 0, most: 0 } })
  })
})

test('a shop that does not look at the key of an order writes two for a double click', async () => {
  await withShop({ manner: 'naive', stock: 500 }, async (url) => {
    using folder = testFolder()
    const { summary } = await run(folder, planOf(url, clicksTwice, 'perShopper: 1'))
    expect(summary.ledger).toMatchObject({ duplicates: 40, orders: { confirmed: 80 } })
    expect(statuses(summary)['duplicates == 0']).toBe('missed')
    expect(summary.ledger?.mismatches.map(({ kind, count }) => [kind, count])).toEqual([['per-shopper', 40]])
  })
})

test('the folder alone gives the same judgement, and a list of what has to be cleared away', async () => {
  await withShop({ manner: 'naive' }, async (url) => {
    using folder = testFolder()
    const { summary } = await run(folder, planOf(url, buysOnce, count))
    const again = await runDoorbuster(['check', 'run', '--json'], { cwd: folder.path })
    expect(JSON.parse(again.stdout)).toEqual(summary)
    const lines = folder.read('run/orders.jsonl').trimEnd().split('\n')
    const ids = lines.map((line) => JSON.parse(line) as { id: string | null; status: string }).flatMap(({ id }) => id ?? [])
    expect(ids).toHaveLength(summary.ledger?.orders.confirmed ?? 0)
    expect(folder.read('run/report.md')).toContain('### Orders')
  })
})

test('threads tell of their orders together', async () => {
  await withShop({ manner: 'hardened', stock: 500 }, async (url) => {
    using folder = testFolder()
    const { summary } = await run(folder, planOf(url, buysOnce, count), ['--threads', '2'])
    expect(summary.ledger?.orders.confirmed).toBe(40)
    expect(tv(summary)?.stock).toBe(500)
    expect(summary.reasons.join('\n')).toContain('the plan says 10 of tv-55, the shop had 500 when the run began')
  })
})

/** Takes every order and answers those whose turn it is; tells what it has under a key. */
async function forgetful(answers: (nth: number) => boolean): Promise<TestServer & { readonly sold: () => number }> {
  const ids = new Map<string, number>()
  const server = await serve((request, response) => {
    const { url = '', method } = request
    if (method === 'POST') {
      return void bodyOf(request).then((body) => {
        const { key } = JSON.parse(body) as { key: string }
        const id = ids.size + 1
        ids.set(key, id)
        if (answers(id)) response.writeHead(201).end(JSON.stringify({ id }))
      })
    }
    const id = ids.get(url.replace('/orders/', ''))
    return void (id === undefined ? response.writeHead(404).end() : response.end(JSON.stringify({ id })))
  })
  return { ...server, sold: () => ids.size }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

const buysWithKey = "const key = s.key(); await s.post('/orders', { json: { key }, order: { sku: 'tv-55', key }, timeout: '300ms' })"

test('orders whose answer nobody saw are asked for by their key, and only then judged', async () => {
  // 40 orders, of which every fourth is written and never answered.
  await using shop = await forgetful((nth) => nth % 4 !== 0)
  using folder = testFolder()
  const asked = await run(
    folder,
    planOf(shop.url, buysWithKey, "stock: { 'tv-55': 40 }, order: { get: '/orders/{key}' }, settleWithin: '10s'"),
  )
  expect(shop.sold()).toBe(40)
  expect(asked.summary.ledger?.orders).toEqual({ confirmed: 40, unknown: 10, refused: 0, cancelled: 0 })
  expect(tv(asked.summary)).toMatchObject({ unknown: 0, sold: { least: 40, most: 40 }, oversold: { least: 0, most: 0 } })
  expect(statuses(asked.summary)).toEqual(allMet)
  const again = await runDoorbuster(['check', 'run', '--json'], { cwd: folder.path })
  expect(JSON.parse(again.stdout)).toEqual(asked.summary)
})

test('where the shop cannot be asked, they make a range that is no verdict', async () => {
  await using shop = await forgetful((nth) => nth % 4 !== 0)
  using folder = testFolder()
  const { summary } = await run(folder, planOf(shop.url, buysWithKey, "stock: { 'tv-55': 35 }"))
  expect(tv(summary)).toMatchObject({ unknown: 10, sold: { least: 30, most: 40 }, oversold: { least: 0, most: 5 } })
  expect(statuses(summary)['oversold == 0']).toBe('no-data')
  expect(['inconclusive', 'invalid']).toContain(summary.verdict)
})

test('a cart that keeps what it reserved is told, with the pieces that never came back', async () => {
  let left = 100
  await using shop = await serve((request, response) => {
    if (request.method === 'POST') left--
    response.end(JSON.stringify({ id: 1, left, sold: 0 }))
  })
  using folder = testFolder()
  const journey = "await s.post('/cart', { json: { sku: 'tv-55' } })"
  const { summary } = await run(
    folder,
    planOf(shop.url, journey, "stock: ['tv-55'], count: { get: '/stock/{sku}', sold: 'sold', stock: 'left' }"),
  )
  expect(summary.ledger?.mismatches).toEqual([
    { kind: 'stock', count: 40, text: 'tv-55: 60 left of 100 after 0 sold, where 100 should be: 40 pieces never came back' },
  ])
  expect(statuses(summary)['mismatches == 0']).toBe('missed')
})

test('a shop that itself says it sold too much stops a run that asked for that', async () => {
  let asked = 0
  await using shop = await serve((_, response) => response.end(JSON.stringify({ sold: asked++ === 0 ? 0 : 11 })))
  using folder = testFolder()
  const plan = planOf(shop.url, "await s.get('/')", "count: { get: '/stock/{sku}', sold: 'sold' }")
    .replace("['errors <= 100%']", "['oversold == 0, abort']")
    .replace("'1s')", "'30s')")
  const { summary, exitCode, stderr } = await run(folder, plan)
  expect(summary.finished).toBe(false)
  expect(stderr).toContain('oversold == 0, abort: oversold was 1 by')
  expect(statuses(summary)['oversold == 0, abort']).toBe('missed')
  expect([99, 95]).toContain(exitCode)
})

test('the shop’s books are read by the guard’s leave alone, and are no load', async () => {
  const paths: string[] = []
  await using shop = await serve(({ url = '' }, response) => {
    paths.push(url)
    response.end(JSON.stringify({ id: paths.length, sold: paths.filter((path) => path === '/orders').length }))
  })
  using folder = testFolder()
  const buys = "await s.post('/orders', { order: { sku: 'tv-55' } })"
  const { summary } = await run(folder, planOf(shop.url, buys, "stock: { 'tv-55': 40 }, count: { get: '/stock/{sku}', sold: 'sold' }"))
  expect(summary.totals.sent).toBe(40)
  expect(paths.filter((path) => path === '/orders')).toHaveLength(40)
  const reads = paths.filter((path) => path.startsWith('/stock/'))
  expect([paths[0], paths.at(-1)]).toEqual(['/stock/tv-55', '/stock/tv-55'])
  // Before, after, and about one a second: the run lasts one.
  expect(reads.length).toBeLessThanOrEqual(6)
  expect(statuses(summary)).toEqual(allMet)
})
