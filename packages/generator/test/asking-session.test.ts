// Patience, retries and waiting rooms together with what a session does by itself: cookies, redirects and transactions.
import { shopper } from '@doorbuster/plan'
import { afterEach, expect, test } from 'vitest'
import type { Server } from './support/rehearsal.ts'
import { rehearse, serve } from './support/rehearsal.ts'

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((each) => each.stop())))

async function shopOf(...[listener]: Parameters<typeof serve>): Promise<string> {
  const server = await serve(listener)
  servers.push(server)
  return server.url
}

test('a ticket that a waiting room gives as a cookie is shown at every poll', async () => {
  const shown: (string | undefined)[] = []
  const url = await shopOf((request, response) => {
    shown.push(request.headers.cookie)
    if (shown.length === 1) response.setHeader('set-cookie', 'ticket=7; Path=/')
    if (shown.length < 3) response.setHeader('x-queue', '1')
    response.end('x')
  })
  const waitingRoom = { when: { header: 'x-queue' }, every: '100ms' }
  await rehearse({ target: url, traffic: 'burst 1', waitingRoom, shoppers: [shopper('buyer', async (s) => void (await s.get('/')))] })
  expect(shown).toEqual([undefined, 'ticket=7', 'ticket=7'])
})

test('a transaction whose request was tried again has failed only if the last try did, and lasted as long as all of them', async () => {
  let asked = 0
  const url = await shopOf((request, response) => {
    const isBusy = request.url === '/never' || ++asked <= 2
    response.writeHead(isBusy ? 503 : 200).end('x')
  })
  const retries = { base: '50ms', jitter: 'none' as const, most: 2 }
  const buyer = shopper('buyer', { retries }, async (s) => {
    await s.group('checkout', () => s.get('/pay'))
    await s.group('never', () => s.get('/never'))
  })
  const { tally } = await rehearse({ target: url, traffic: 'burst 1', shoppers: [buyer] })
  const groups = new Map(tally.cuts('group').map((cut) => [cut.name, cut]))
  expect([groups.get('checkout')?.counts.ok, groups.get('never')?.counts.failed]).toEqual([1, 1])
  expect(groups.get('never')?.causes).toEqual({ 'status:503': 1 })
  // Backoffs of 50 ms and 100 ms.
  expect(groups.get('checkout')?.response.maxMs).toBeGreaterThanOrEqual(149)
})

test('a redirect is followed within the wish: what it leads to may be tried again, and is one intent with it', async () => {
  let asked = 0
  const url = await shopOf((request, response) => {
    if (request.url === '/old') response.writeHead(302, { location: '/new' }).end()
    else response.writeHead(++asked === 1 ? 503 : 200).end('new')
  })
  const seen: unknown[] = []
  const buyer = shopper('buyer', { retries: { base: '5ms' }, patience: { notTold: '5s' } }, async (s) => {
    const page = await s.get('/old', { step: 'page', redirects: 3 })
    seen.push(page.status, page.text())
  })
  const { scope } = await rehearse({ target: url, traffic: 'burst 1', shoppers: [buyer] })
  expect(seen).toEqual([200, 'new'])
  // The redirect and what it led to, twice.
  expect(scope({ step: 'page' }).counts).toMatchObject({ intents: 1, attempts: 2, due: 4, ok: 3, failed: 1 })
})

test('a queue behind a followed redirect is seen, polled by what was wanted, and left the same way', async () => {
  const asked: string[] = []
  const url = await shopOf((request, response) => {
    asked.push(request.url ?? '')
    const isLetIn = asked.length > 4
    if (request.url === '/p') response.writeHead(302, { location: isLetIn ? '/in' : '/queue' }).end()
    else if (request.url === '/queue') response.setHeader('x-queue', '1').end('wait')
    else response.end('in')
  })
  const seen: unknown[] = []
  const buyer = shopper('buyer', async (s) => {
    const page = await s.get('/p', { step: 'product' })
    seen.push(page.text())
  })
  const waitingRoom = { when: { header: 'x-queue' }, every: '100ms' }
  const run = await rehearse({ target: url, traffic: 'burst 1', redirects: 2, waitingRoom, shoppers: [buyer] })
  expect(asked).toEqual(['/p', '/queue', '/p', '/queue', '/p', '/in'])
  expect(seen).toEqual(['in'])
  const queue = run.scope({ step: 'product (queue)' }).counts
  const product = run.scope({ step: 'product' }).counts
  expect([product.intents, product.ok, product.due + queue.due, product.ok + queue.ok]).toEqual([1, 2, 6, 6])
  expect(run.tally.counters['waiting-room.admitted']?.sum).toBe(1)
})

test('who gives up in a transaction leaves it open to the end of his visit, failed by his leaving', async () => {
  const url = await shopOf(() => {})
  const patience = { notTold: '50ms', reloads: { chance: 0 } }
  const buyer = shopper('buyer', { patience }, async (s) => {
    await s.group('checkout', () => s.get('/pay', { step: 'pay' }))
  })
  const { tally } = await rehearse({ target: url, traffic: 'burst 1', shoppers: [buyer] })
  expect(tally.cuts('group').map(({ counts }) => counts.failed)).toEqual([1])
})
