// The shop inside this process, with a bank that answers only when the test says so: what happens at full does not depend on speed.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Account } from './catalogue.ts'
import type { Load } from './line.ts'
import type { MannerName } from './manner.ts'
import type { ShopPlan } from './shop.ts'
import { openShop } from './shop.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function openWithSlowBank(manner: MannerName, { stockEach = 500, ...more }: Partial<ShopPlan> = {}) {
  const bank = Promise.withResolvers<void>()
  const failures: unknown[] = []
  const plan = {
    manner,
    db: ':memory:',
    products: 3,
    stockEach,
    holdMs: 0,
    faults: {},
    pay: () => bank.promise,
    onFailure: (error: unknown) => failures.push(error),
    ...more,
  }
  const { server, close } = openShop(plan)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(() => {
    bank.resolve()
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, url, payAll: bank.resolve, breakDatabase: close, failures }
}

const order = (url: string, wish: object = { sku: 'tv-55', qty: 1 }) =>
  fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify(wish) })

async function books(url: string): Promise<Account> {
  return (await (await fetch(`${url}/stock/tv-55`)).json()) as Account
}

async function untilLoad(url: string, load: Load): Promise<void> {
  for (;;) {
    const health = (await (await fetch(`${url}/health`)).json()) as Load
    if (health.busy === load.busy && health.waiting === load.waiting) return
  }
}

/** Sends an order, waits until it stands in the line, and hangs up. */
async function orderAndLeave(server: Server, url: string, busy: number): Promise<void> {
  const connected = once(server, 'connection')
  const leaving = request(`${url}/orders`, { method: 'POST', agent: false })
  leaving.on('error', () => {})
  leaving.end(JSON.stringify({ sku: 'tv-55', qty: 1 }))
  const [socket] = await connected
  await untilLoad(url, { busy, waiting: 1 })
  const closed = once(socket, 'close')
  leaving.destroy()
  await closed
}

test('a hardened shop holds 32 + 64 orders, and answers the rest 503 with Retry-After while the bank is still thinking', async () => {
  const { url, payAll } = await openWithSlowBank('hardened')
  const answers = Array.from({ length: 100 }, () => order(url))
  const refused: Response[] = []
  await new Promise<void>((resolve) => {
    for (const answer of answers) {
      void answer.then((response) => {
        refused.push(response)
        if (refused.length === 4) resolve()
      })
    }
  })
  expect(refused.map(({ status }) => status)).toEqual([503, 503, 503, 503])
  expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1', '1'])
  payAll()
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(96)
  expect((await books(url)).sold).toBe(96)
})

test('a full hardened shop still shows its pages', async () => {
  const { url, payAll } = await openWithSlowBank('hardened')
  const answers = Array.from({ length: 96 }, () => order(url))
  await untilLoad(url, { busy: 32, waiting: 64 })
  expect((await fetch(url)).status).toBe(200)
  expect((await fetch(`${url}/p/tv-55`)).status).toBe(200)
  payAll()
  await Promise.all(answers)
})

test('a naive shop with a thinking bank shows nobody anything, and refuses nobody', async () => {
  const { url, payAll } = await openWithSlowBank('naive')
  const answers = Array.from({ length: 100 }, () => order(url))
  await untilLoad(url, { busy: 4, waiting: 96 })
  const landing = fetch(url)
  await untilLoad(url, { busy: 4, waiting: 97 })
  payAll()
  expect((await landing).status).toBe(200)
  expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([201]))
})

test('a hardened shop drops the order of a shopper who left the line', async () => {
  const { server, url, payAll } = await openWithSlowBank('hardened')
  const others = Array.from({ length: 32 }, () => order(url))
  await untilLoad(url, { busy: 32, waiting: 0 })
  await orderAndLeave(server, url, 32)
  payAll()
  await Promise.all(others)
  expect((await books(url)).sold).toBe(32)
})

test('a naive shop sells to a shopper who left the line', async () => {
  const { server, url, payAll } = await openWithSlowBank('naive')
  const others = Array.from({ length: 4 }, () => order(url))
  await untilLoad(url, { busy: 4, waiting: 0 })
  await orderAndLeave(server, url, 4)
  payAll()
  await Promise.all(others)
  expect((await books(url)).sold).toBe(5)
})

test('a hardened shop with two workers has places for four more', async () => {
  const { url, payAll } = await openWithSlowBank('hardened', { workers: 2 })
  const answers = Array.from({ length: 6 }, () => order(url))
  await untilLoad(url, { busy: 2, waiting: 4 })
  expect((await order(url)).status).toBe(503)
  payAll()
  await Promise.all(answers)
})

test('a hardened shop without recovery refuses nobody, sells to one who left, and lets its pages wait in the same line', async () => {
  const { server, url, payAll } = await openWithSlowBank('hardened', { workers: 2, faults: { 'no-recovery': true } })
  const others = Array.from({ length: 2 }, () => order(url))
  await untilLoad(url, { busy: 2, waiting: 0 })
  await orderAndLeave(server, url, 2)
  const more = Array.from({ length: 50 }, () => order(url))
  const landing = fetch(url)
  await untilLoad(url, { busy: 2, waiting: 52 })
  payAll()
  expect((await landing).status).toBe(200)
  expect(new Set((await Promise.all([...others, ...more])).map(({ status }) => status))).toEqual(new Set([201]))
  expect((await books(url)).sold).toBe(53)
})

test('stock read before the payment and written after it forgets what was sold in between', async () => {
  const { url, payAll } = await openWithSlowBank('naive', { stockEach: 10 })
  const answers = Array.from({ length: 4 }, () => order(url))
  await untilLoad(url, { busy: 4, waiting: 0 })
  payAll()
  await Promise.all(answers)
  expect(await books(url)).toMatchObject({ stock: 9, sold: 4 })
})

test('an order asked twice while it is being paid is paid once, and both hear of the same order', async () => {
  const { url, payAll } = await openWithSlowBank('hardened')
  const twice = [1, 2].map(() => order(url, { sku: 'tv-55', qty: 2, key: 'again' }))
  payAll()
  const answers = await Promise.all(twice)
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 201])
  const [one, other] = await Promise.all(answers.map((answer) => answer.json()))
  expect(one).toEqual(other)
  expect((await books(url)).sold).toBe(2)
})

test('a shopper who leaves in the middle of a body is no mistake of the shop', async () => {
  const { server, url, failures } = await openWithSlowBank('hardened')
  const connected = once(server, 'connection')
  const asked = once(server, 'request')
  const leaving = request(`${url}/orders`, { method: 'POST', agent: false, headers: { 'content-length': 100 } })
  leaving.on('error', () => undefined)
  leaving.write('{"sku":')
  const [socket] = await connected
  await asked
  // Not once(): the broken body also makes the socket emit an error, as it should.
  const closed = new Promise((resolve) => socket.once('close', resolve))
  leaving.destroy()
  await closed
  expect((await fetch(url)).status).toBe(200)
  expect(failures).toEqual([])
})

test('a mistake of the shop is a 500 that says nothing of its inside, and is reported', async () => {
  const { url, breakDatabase, failures } = await openWithSlowBank('hardened')
  breakDatabase()
  const answer = await fetch(`${url}/stock/tv-55`)
  expect(answer.status).toBe(500)
  expect(await answer.json()).toEqual({ error: 'failed', message: 'The shop made a mistake.' })
  expect(failures).toHaveLength(1)
})
