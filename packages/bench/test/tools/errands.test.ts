import { expect, test } from 'vitest'
import { priceCents } from '../../src/shop.ts'
import type { Errand } from '../../src/tool.ts'
import { workloads } from '../../src/workloads.ts'

const tools = [...new Set(workloads.flatMap(({ entries }) => entries.map(({ tool }) => tool)).filter((tool) => tool !== null))]
const url = 'http://127.0.0.1:1/path'

/** All that a tool is told. */
function told({ args, files = {} }: Errand): string {
  return [...args, ...Object.values(files)].join(' ')
}

test('ten tools and the floor are compared', () => expect(tools.map(({ name }) => name)).toHaveLength(11))

test.each(tools)('$name is told the address, the duration and the connections of a closed loop', ({ does }) => {
  const text = told(does.closed?.({ url, seconds: 37, connections: 43 }) ?? { args: [] })
  expect(text).toContain('127.0.0.1:1')
  expect(text).toContain('/path')
  expect(text).toMatch(/37s|\b37\b|\b37000\b/)
  expect(text).toMatch(/c43\b|\b43\b/)
})

const open = tools.filter(({ does }) => does.open !== undefined)

test.each(open)('$name is told the rate of an open load', ({ name, does }) => {
  const text = told(does.open?.({ url, seconds: 37, ratePerSec: 5_050 }) ?? { args: [] })
  // hey's rate is one of each of its 50 workers.
  expect(text).toMatch(name === 'hey' ? /-c 50 -q 101\b/ : /\b5050\b/)
  expect(text).toMatch(/37s|\b37\b/)
})

test('wrk, ab, h2load and autocannon have no rate that holds, and the floor has none at all', () => {
  const closedOnly = tools.filter(({ does }) => does.open === undefined).map(({ name }) => name)
  expect(closedOnly.sort()).toEqual(['Node, bare sockets', 'ab', 'autocannon', 'h2load --h1', 'wrk'])
})

test.each(tools.filter(({ does }) => does.waiting !== undefined))('$name is told how many wait', ({ does }) => {
  expect(told(does.waiting?.({ url, users: 10_000, overSeconds: 5 }) ?? { args: [] })).toMatch(/10000|2000/)
})

const floor = 'Node, bare sockets'
const journeying = tools.filter(({ name, does }) => name !== floor && does.journey !== undefined)

test('the floor is told to go the way of the journey, of which it looks at nothing', () => {
  const does = tools.find(({ name }) => name === floor)?.does
  expect(does?.journey?.({ origin: url, seconds: 37, shoppers: 43, sockets: 'new' }).args).toEqual([`${url}/`, '43', '37', 'journey'])
})

test.each(journeying)('$name goes from the landing page to the product, checks its price, and orders', ({ does }) => {
  const text = told(does.journey?.({ origin: 'http://127.0.0.1:1', seconds: 37, shoppers: 43, sockets: 'new' }) ?? { args: [] })
  const [landing, product, price, order] = ['/', '/product.json', `${priceCents}`, '/orders'].map((part) => text.lastIndexOf(part))
  expect(landing).toBeGreaterThan(0)
  expect(product).toBeGreaterThan(0)
  expect(price).toBeGreaterThan(product ?? 0)
  expect(order).toBeGreaterThan(product ?? 0)
  expect(text).toContain('tv-55')
})

const fully = tools.filter(({ does }) => does.fullJourney !== undefined)

test('whoever goes the full way is who can keep cookies and check answers', () => {
  expect(fully.map(({ name }) => name)).toEqual(['doorbuster', 'k6'])
})

test.each(fully)('$name logs in before its account is shown, and orders what lies in its cart', ({ does }) => {
  const text = told(does.fullJourney?.({ origin: 'http://127.0.0.1:1', seconds: 37, shoppers: 43, sockets: 'new' }) ?? { args: [] })
  const places = ['/login', '/account?me=', '/product.json', `${priceCents}`, '/cart', '/bought', 'confirmed'].map((part) =>
    text.indexOf(part),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
})

test('only doorbuster plants canaries and tells of orders', () => {
  const texts = fully.map(({ name, does }) => [
    name,
    told(does.fullJourney?.({ origin: url, seconds: 37, shoppers: 43, sockets: 'new' }) ?? { args: [] }),
  ])
  expect(texts.filter(([, text]) => text?.includes('s.me') && text.includes('order: {')).map(([name]) => name)).toEqual(['doorbuster'])
})

test.each(tools.filter(({ does }) => does.spike !== undefined))('$name is told both rates of a spike and its three lengths', ({ does }) => {
  const lengths = { lowSeconds: 7, riseSeconds: 3, highSeconds: 11 }
  const text = told(does.spike?.({ url, lowPerSec: 53, highPerSec: 5_021, ...lengths }) ?? { args: [] })
  for (const number of [53, 5_021, 7, 3, 11]) expect(text).toMatch(new RegExp(`\\b${number}(?:s|\\b)`))
})
