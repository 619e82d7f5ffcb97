import { expect, test } from 'vitest'
import type { Answer } from '../src/answer.ts'
import { hostile } from '../src/hostile-journeys.ts'
import type { Journey, RequestOptions, Session } from '../src/session.ts'
import { stepsInText } from '../src/shoppers.ts'

type Seen = { readonly method: string; readonly path: string; readonly options: RequestOptions }

/** What a journey asks for, when the shop answers each with `status`, and one shopper's chances are `chances` in turn. */
async function asked(
  journey: Journey,
  { status = 200, text = '', chances = [0.25, 0.5] } = {},
): Promise<{ seen: readonly Seen[]; thoughts: readonly unknown[] }> {
  const seen: Seen[] = []
  const thoughts: unknown[] = []
  let nth = 0
  const answer = { status, text: () => text } as Answer
  const request =
    (method: string) =>
    (path: string, options: RequestOptions = {}) => {
      seen.push({ method, path, options })
      return Promise.resolve(answer)
    }
  const think = (time: unknown): Promise<void> => {
    thoughts.push(time)
    return Promise.resolve()
  }
  const random = (): number => chances[nth++ % chances.length] ?? 0
  await journey({ get: request('GET'), post: request('POST'), think, random } as unknown as Session)
  return { seen, thoughts }
}

test('cache busting asks for known pages under queries that no cache has seen', async () => {
  const { seen, thoughts } = await asked(hostile.cacheBusting(['/a', '/b?x=1'], { times: 2 }), { chances: [0, 0.25, 0.5, 0.75] })
  expect(seen.map(({ path }) => path)).toEqual(['/a?cb=3250000000', '/b?x=1&cb=7750000000'])
  expect(thoughts).toEqual(['200ms', '200ms'])
})

test('a search is three words, encoded', async () => {
  const { seen } = await asked(hostile.expensiveSearch('/search', ['a b', 'é'], { times: 1 }), { chances: [0, 0.9, 0] })
  expect(seen[0]?.path).toBe('/search?q=a%20b%20%C3%A9%20a%20b')
})

test('made-up logins belong to nobody', async () => {
  const { seen } = await asked(hostile.loginAbuse('/login', { user: 'name', times: 1 }))
  expect(seen[0]?.options.form).toEqual({ name: 'nobody-3250000000@example.invalid', password: 'wrong-5500000000' })
  const asJson = await asked(hostile.loginAbuse('/login', { as: 'json', times: 1 }))
  expect(asJson.seen[0]?.options.json).toEqual({ email: 'nobody-3250000000@example.invalid', password: 'wrong-5500000000' })
})

test('the password of one account is guessed again and again, as JSON where the shop wants that', async () => {
  const { seen } = await asked(hostile.loginAbuse('/login', { account: 'ada@shop.example', as: 'json', times: 2 }))
  expect(seen.map(({ options }) => [options.form, options.json])).toEqual([
    [undefined, { email: 'ada@shop.example', password: 'wrong-3250000000' }],
    [undefined, { email: 'ada@shop.example', password: 'wrong-5500000000' }],
  ])
})

test('a drop bot looks until the goods are there, orders once and goes', async () => {
  const drop = { watch: '/p', buy: '/orders', order: { sku: 'x' }, times: 3 }
  const early = await asked(hostile.dropBot({ ...drop, until: 'Buy' }), { text: 'soon' })
  expect(early.seen.map(({ path }) => path)).toEqual(['/p', '/p', '/p'])
  const there = await asked(hostile.dropBot({ ...drop, until: 'Buy' }), { text: '<b>Buy</b>' })
  expect(there.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /p', 'POST /orders'])
})

test('a drop bot that knows its product tells the ledger of the order, another does not', async () => {
  const drop = { watch: '/p', buy: '/orders', order: { sku: 'x' } }
  const ordersOf = async (journey: Journey) => (await asked(journey)).seen.map(({ options }) => options.order)
  expect(await ordersOf(hostile.dropBot({ ...drop, sku: 'x' }))).toEqual([undefined, { sku: 'x' }])
  expect(await ordersOf(hostile.dropBot(drop))).toEqual([undefined, undefined])
})

test('a scraper takes every page once, in turn, from a place of its own', async () => {
  const { seen } = await asked(hostile.scraper(['/1', '/2', '/3', '/4']), { chances: [0.5] })
  expect(seen.map(({ path }) => path)).toEqual(['/3', '/4', '/1', '/2'])
})

test('being refused politely is no failure of the shop, being down is', async () => {
  const { seen } = await asked(hostile.cartHoarding('/cart', { sku: 'x' }, { times: 1 }))
  const { expect: statuses } = seen[0]?.options ?? {}
  expect(statuses).toEqual(expect.arrayContaining([200, 302, 403, 429]))
  expect(statuses).not.toEqual(expect.arrayContaining([503]))
})

test('their steps are known to a plan without being declared', () => {
  expect(stepsInText(hostile.dropBot({ watch: '/', buy: '/', order: {} }))).toEqual(['drop-watch', 'drop-order'])
})
