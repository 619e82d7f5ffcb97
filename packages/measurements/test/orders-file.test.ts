import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { OrderEntry, ShopFigure } from '../src/ledger-entries.ts'
import { readRun } from '../src/read-run.ts'
import { Recorder } from '../src/recorder.ts'
import { RunFolder } from '../src/run-folder.ts'
import { end, start } from './support/story.ts'

const homes: string[] = []
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true })
})

const entry = (atMs: number, more: Partial<OrderEntry> = {}): OrderEntry => {
  const price = { priceCents: null, cartPriceCents: null }
  return { atMs, arrival: 1, shopper: 'buyer', status: 'confirmed', id: `o${atMs}`, sku: 'tv', qty: 1, key: null, ...price, ...more }
}
const count: ShopFigure = { kind: 'count', when: 'before', atMs: 0, sku: 'tv', sold: 0, stock: 9, because: null }
const found: ShopFigure = { kind: 'orders', atMs: 4_000, of: 'key', ids: ['7'], because: null }

async function written(orders: readonly OrderEntry[], figures: readonly ShopFigure[] = []): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'doorbuster-'))
  homes.push(home)
  const folder = RunFolder.create(join(home, 'run'), start)
  const appended: Promise<void>[] = []
  const recorder = new Recorder((window, release) => appended.push(folder.append(window, async () => {}).then(release)))
  for (const order of orders) {
    recorder.advance(order.atMs)
    recorder.ordered(order)
  }
  recorder.finish(3_000)
  for (const figure of figures) folder.shop(figure)
  folder.note({ atMs: 3_000, kind: 'stop', text: 'done', end })
  await Promise.all(appended)
  await folder.close()
  return folder.path
}

function ordersIn(path: string): readonly (readonly OrderEntry[])[] {
  const found: (readonly OrderEntry[])[] = []
  readRun(path).eachWindow(({ orders }) => found.push(orders))
  return found
}

test('every order is a line of its own, in a file that a run without orders does not have', async () => {
  const path = await written([entry(100), entry(1_200, { status: 'unknown', id: null, key: 'k' })])
  const lines = readFileSync(join(path, 'orders.jsonl'), 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { window: 0, ...entry(100) },
    { window: 1, ...entry(1_200, { status: 'unknown', id: null, key: 'k' }) },
  ])
  expect(readFileSync(join(path, 'timeline.jsonl'), 'utf8')).not.toContain('o100')
  const without = await written([])
  expect(['orders.jsonl', 'shop.jsonl'].map((name) => existsSync(join(without, name)))).toEqual([false, false])
})

test('read again, every order is in the window that it was told in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 2_999 }), { maxLength: 20 }).map((all) => all.toSorted((a, b) => a - b)),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      async (moments, sku) => {
        const all = moments.map((atMs, index) => entry(atMs, { sku, id: `${index}` }))
        const expected = [0, 1, 2].map((index) => all.filter(({ atMs }) => Math.floor(atMs / 1e3) === index))
        expect(ordersIn(await written(all))).toEqual(expected.map((orders) => JSON.parse(JSON.stringify(orders)) as unknown))
      },
    ),
    { numRuns: 15 },
  )
})

test('what the shop said is read again in its order', async () => {
  expect(readRun(await written([], [count, found])).shop).toEqual([count, found])
})

test('damaged lines are left out, and the others stay where they were', async () => {
  const path = await written([entry(100), entry(1_200), entry(2_300)], [count])
  const file = join(path, 'orders.jsonl')
  const [first, second, third] = readFileSync(file, 'utf8').trimEnd().split('\n')
  writeFileSync(file, [first, 'no JSON', '{"window":0}', '{"window":"1"}', second?.replace('"confirmed"', '"sold"'), third, ''].join('\n'))
  expect(ordersIn(path)).toEqual([[entry(100)], [], [entry(2_300)]])
  appendFileSync(
    join(path, 'shop.jsonl'),
    '[]\n{"kind":"count","when":"later"}\n{"kind":"orders","atMs":1,"of":"k","ids":[1],"because":null}\n{"torn',
  )
  expect(readRun(path).shop).toEqual([count])
})

test('without its orders a folder is read as one of nobody who ordered', async () => {
  const path = await written([entry(100)])
  rmSync(join(path, 'orders.jsonl'))
  expect(ordersIn(path)).toEqual([[], [], []])
})

test('a plan in a folder whose orders have no form is named', async () => {
  const path = await written([])
  const file = join(path, 'plan.json')
  const plan = { orders: { stock: { tv: 'many' }, settleMs: 1 } }
  writeFileSync(file, JSON.stringify({ ...start, plan }))
  expect(() => readRun(path)).toThrow('plan.orders.stock.tv: expected a whole number, zero or above, received "many"')
})
