import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Session } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { RehearseOptions } from '../support/rehearsal.ts'
import { rehearse } from '../support/rehearsal.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

type Shop = { readonly url: string; readonly open: () => number; readonly seen: readonly IncomingMessage[] }

async function shop(
  onSocket: (socket: WebSocket, request: IncomingMessage) => void,
  onRequest: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.writeHead(404).end(),
): Promise<Shop> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    onRequest(response, request)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    seen.push(request)
    onSocket(socket, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(async () => {
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open: () => sockets.clients.size, seen }
}

const visit = (target: string, journey: (s: Session) => Promise<void>, options: RehearseOptions = {}, drain = '2s') =>
  rehearse({ target, traffic: 'burst 1', drain, shoppers: [shopper('waiter', journey)] }, options)

const stream = (response: ServerResponse): ServerResponse => response.writeHead(200, { 'content-type': 'text/event-stream' })

test('a queue ticker is followed message by message, counted, and closed by the server with its code', async () => {
  const { url, seen } = await shop((socket) => {
    socket.on('message', (data) => {
      for (const place of [2, 1, 0]) socket.send(`${data}: ${place}`)
      socket.close(4001)
    })
  })
  const said: unknown[] = []
  const { scope, tally } = await visit(url, async (s) => {
    const queue = await s.socket(`${url.replace('http', 'ws')}/queue`, { step: 'queue', headers: { 'x-place': '7' }, protocols: [] })
    said.push(queue.answer.status, queue.send('place'))
    for (let text = await queue.next(); text !== undefined; text = await queue.next('1s')) said.push(text)
    said.push(queue.messages, queue.closed)
  })
  expect(said).toEqual([101, true, 'place: 2', 'place: 1', 'place: 0', 3, '4001'])
  expect([seen[0]?.url, seen[0]?.headers['x-place']]).toEqual(['/queue', '7'])
  expect(scope({ step: 'queue' }).counts).toMatchObject({ due: 1, sent: 1, ok: 1, failed: 0, intents: 1 })
  expect(tally.counters).toMatchObject({ 'ws.messages': { count: 3 }, 'ws.closed.4xxx': { count: 1 } })
  expect(tally.trends['ws.first-message']?.count).toBe(1)
})

test('a stock counter is followed event by event, until its stream ends', async () => {
  const { url, seen } = await shop(
    () => {},
    (response) => stream(response).end('event: stock\nid: 9\ndata: 41\n\ndata: {"left":40}\n\n'),
  )
  const said: unknown[] = []
  const { scope, tally } = await visit(url, async (s) => {
    const stock = await s.events('/stock/tv/events', { step: 'stock' })
    said.push(await stock.next(), await stock.next(), await stock.next(), stock.closed, stock.messages)
  })
  expect(said).toEqual([{ event: 'stock', id: '9', data: '41' }, { event: 'message', id: '9', data: '{"left":40}' }, undefined, 'end', 2])
  expect(seen[0]?.headers.accept).toBe('text/event-stream')
  expect(scope({ step: 'stock' }).counts).toMatchObject({ due: 1, ok: 1 })
  expect(tally.counters).toMatchObject({ 'sse.messages': { count: 2 }, 'sse.closed.end': { count: 1 } })
  expect(tally.trends['sse.first-message']?.count).toBe(1)
})

test('a handshake that is refused is a failed request with its cause, and nothing is thrown', async () => {
  const { url } = await shop(
    () => {},
    (response) => response.writeHead(503).end(),
  )
  const gone = await shop(() => {})
  await ends.pop()?.()
  const said: unknown[] = []
  const { scope, tally } = await visit(url, async (s) => {
    const stock = await s.events('/stock', { step: 'stock' })
    const closed = await s.socket(`${gone.url}/queue`, { step: 'queue' })
    said.push(stock.answer.ok, stock.answer.cause, await stock.next(), closed.answer.cause, closed.closed, closed.send('x'))
  })
  expect(said).toEqual([false, 'status:503', undefined, 'refused', 'refused', false])
  expect(scope().causes).toEqual({ 'status:503': 1, refused: 1 })
  expect(tally.shoppers.finished).toBe(1)
})

test('a shopper who leaves closes what it had open', async () => {
  const { url, open } = await shop(
    () => {},
    (response) => stream(response).write('data: 1\n\n'),
  )
  const { tally } = await visit(url, async (s) => {
    await s.socket('/queue')
    await (await s.events('/stock')).next()
  })
  expect(tally.counters).toMatchObject({ 'ws.closed.shopper': { count: 1 }, 'sse.closed.shopper': { count: 1 } })
  expect(tally.shoppers.finished).toBe(1)
  await expect.poll(open).toBe(0)
})

test('a message that never comes does not keep the run, and the journey does not go on', async () => {
  const { url, open } = await shop(() => {})
  let isDone = false
  const { tally } = await visit(
    url,
    async (s) => {
      await (await s.socket('/queue')).next()
      isDone = true
    },
    {},
    '150ms',
  )
  expect([isDone, tally.shoppers.cut]).toEqual([false, 1])
  await expect.poll(open).toBe(0)
})

test('live connections count against the ceiling of sockets', async () => {
  const { url } = await shop(() => {})
  const causes: unknown[] = []
  await visit(
    url,
    async (s) => {
      await s.socket('/queue')
      causes.push((await s.socket('/queue')).answer.cause, (await s.get('/')).cause)
    },
    { ceiling: { sockets: 1, shoppers: 10 } },
  )
  expect(causes).toEqual(['dropped:ours-no-socket', 'dropped:ours-no-socket'])
})

test('an origin that nobody approved ends the run, as for any request', async () => {
  const { url } = await shop(() => {})
  const { end } = await visit(url, async (s) => void (await s.socket('http://localhost:1/queue')), {}, '100ms')
  expect(end.stoppedBy).toBe('guard')
})
