// The laws of live.ts as tests, against real servers of WebSockets and event streams.
import { afterEach, describe, expect, test } from 'vitest'
import type { Live, LiveConnection, LiveKind, LiveMessage } from '../src/live.ts'
import { mostMessageBytes } from '../src/live.ts'
import type { TransportOptions, WireAnswer, WireRequest } from '../src/transport.ts'
import { optionsFor, requestTo, told } from './support/asking.ts'
import { budgetOf } from './support/budget.ts'
import type { LiveServer, Manners } from './support/live-server.ts'
import { startLiveServer, startStream } from './support/live-server.ts'

const socket: LiveKind = { kind: 'socket', protocols: [] }
const events: LiveKind = { kind: 'events' }

/** Everything that was told of one connection, in order. */
class Witness {
  readonly log: string[] = []
  readonly messages: LiveMessage[] = []
  answer: WireAnswer | null = null

  landed(answer: WireAnswer): void {
    this.answer = answer
    this.log.push(`landed ${told(answer)}`)
  }
  message(message: LiveMessage): void {
    this.messages.push(message)
    this.log.push(`message ${typeof message.data === 'string' ? message.data.slice(0, 20) : `${message.data.length} bytes`}`)
  }
  ended(cause: string): void {
    this.log.push(`ended ${cause}`)
  }
}

export function liveLaws(name: string, create: (options: TransportOptions) => Live, tls?: Manners['tls'] & { authorities: string }): void {
  describe(`${name} keeps the laws of live connections`, () => {
    const ends: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end()
    })
    const serve = async (manners: Manners): Promise<LiveServer> => {
      const server = await startLiveServer({ ...manners, ...(tls !== undefined && { tls }) })
      ends.push(server.stop)
      return server
    }
    const open = (options: Partial<TransportOptions> = {}): Live => {
      const live = create(optionsFor({ ...(tls !== undefined && { tls: { authorities: tls.authorities } }), ...options }))
      ends.push(() => live.close())
      return live
    }
    const connect = (live: Live, kind: LiveKind, origin: string, change: Partial<WireRequest> = {}) => {
      const witness = new Witness()
      const connection = live.open(kind, requestTo(origin, change), witness)
      expect(witness.log).toEqual([])
      return { witness, connection: connection as LiveConnection }
    }

    test('a socket lands as 101, brings its messages in order, and ends with the code it was closed with', async () => {
      const { origin } = await serve({
        onSocket: (opened) => {
          opened.send('one')
          opened.send(Buffer.from([1, 2, 3]))
          opened.close(4001, 'enough')
        },
      })
      const live = open()
      const { witness } = connect(live, socket, origin)
      await expect.poll(() => witness.log).toEqual(['landed 101', 'message one', 'message 3 bytes', 'ended 4001'])
      await expect.poll(() => live.sockets).toBe(0)
    })

    test('a stream lands as 200, brings its events with name and id, and ends when the server ends it', async () => {
      const { origin } = await serve({
        onRequest: (_, response) => {
          startStream(response).write(': hello\n\ndata: 41\n\nevent: stock\nid: 7\ndata: 4')
          response.end('0\ndata: left\n\n')
        },
      })
      const { witness } = connect(open(), events, origin)
      await expect.poll(() => witness.log).toEqual(['landed 200', 'message 41', 'message 40\nleft', 'ended end'])
      expect(witness.messages.map(({ event, id }) => [event, id])).toEqual([
        [undefined, undefined],
        ['stock', '7'],
      ])
    })

    test('what is sent arrives, and the head that the request asked for with it', async () => {
      const { origin, seen } = await serve({ onSocket: (opened) => opened.on('message', (data) => opened.send(`echo ${data}`)) })
      const change = { path: '/queue?place=1', headers: { cookie: 'sid=1', 'user-agent': 'shopper' } }
      const { witness, connection } = connect(open(), { kind: 'socket', protocols: ['v1', 'v2'] }, origin, change)
      expect(connection.send('too early')).toBe(false)
      await expect.poll(() => witness.log).toEqual(['landed 101'])
      expect(connection.send('hello')).toBe(true)
      await expect.poll(() => witness.log).toEqual(['landed 101', 'message echo hello'])
      const [request] = seen
      expect(request?.url).toBe('/queue?place=1')
      expect(request?.headers).toMatchObject({ cookie: 'sid=1', 'user-agent': 'shopper', origin, 'sec-websocket-protocol': 'v1, v2' })
      expect(witness.answer?.kind === 'answered' && witness.answer.header('sec-websocket-protocol')).toBe('v2')
    })

    test('a handshake that is refused is an answer with its status, and nothing follows', async () => {
      const { origin } = await serve({
        onUpgrade: (_, raw) => raw.end('HTTP/1.1 503 Busy\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n'),
        onRequest: (_, response) => response.writeHead(503).end('busy'),
      })
      const live = open()
      for (const kind of [socket, events]) {
        const { witness, connection } = connect(live, kind, origin)
        await expect.poll(() => witness.log).toEqual(['landed 503'])
        connection.close()
        await expect.poll(() => live.sockets).toBe(0)
        expect(witness.log).toEqual(['landed 503'])
      }
    })

    test('a redirect is an answer, and its place is not asked', async () => {
      const elsewhere = await serve({})
      const { origin } = await serve({
        onUpgrade: (_, raw) => raw.end(`HTTP/1.1 302 Found\r\nLocation: ${elsewhere.origin}/\r\nContent-Length: 0\r\n\r\n`),
        onRequest: (_, response) => response.writeHead(302, { location: `${elsewhere.origin}/` }).end(),
      })
      const live = open()
      for (const kind of [socket, events]) {
        const { witness } = connect(live, kind, origin)
        await expect.poll(() => witness.log).toEqual(['landed 302'])
      }
      expect(elsewhere.seen.length).toBe(0)
    })

    test('a wrong key, a page in place of a stream and a connection cut in the handshake each have a cause', async () => {
      const wrong = 'HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: nonsense\r\n\r\n'
      const liar = await serve({
        onUpgrade: (_, raw) => raw.write(wrong),
        onRequest: (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      })
      const cutter = await serve({ onUpgrade: (_, raw) => raw.destroy(), onRequest: (request) => request.socket.destroy() })
      const live = open()
      const causes = await Promise.all(
        [liar, cutter].flatMap(({ origin }) =>
          [socket, events].map(async (kind) => {
            const { witness } = connect(live, kind, origin)
            await expect.poll(() => witness.log.length).toBe(1)
            return witness.log[0]
          }),
        ),
      )
      expect(causes).toEqual(['landed malformed:handshake', 'landed malformed:content-type', 'landed reset', 'landed reset'])
      await expect.poll(() => live.sockets).toBe(0)
    })

    test('an origin that nobody approved is never connected to', async () => {
      const server = await serve({})
      const live = open({ approved: () => undefined })
      for (const kind of [socket, events]) {
        const { witness } = connect(live, kind, server.origin)
        await expect.poll(() => witness.log).toEqual(['landed guard'])
      }
      expect([server.open(), live.sockets]).toEqual([0, 0])
    })

    test('a port that browsers keep away from cannot be sent to', async () => {
      const { witness } = connect(open(), socket, 'http://127.0.0.1:6667')
      await expect.poll(() => witness.log).toEqual(['landed unsendable'])
    })

    test('a server that does not answer costs the deadline', async () => {
      const { origin } = await serve({ onUpgrade: () => {}, onRequest: () => {} })
      const live = open()
      for (const kind of [socket, events]) {
        const { witness } = connect(live, kind, origin, { timeoutMs: 60 })
        await expect.poll(() => witness.log).toEqual(['landed timeout'])
        await expect.poll(() => live.sockets).toBe(0)
      }
    })

    test('a message or an event above the cap ends the connection', async () => {
      const long = 'x'.repeat(mostMessageBytes + 1)
      const server = await serve({
        onSocket: (opened, request) => opened.send(long, { compress: request.url === '/packed' }),
        onRequest: (_, response) => startStream(response).write(`data: ${long}`),
      })
      const live = open()
      for (const [kind, path, cause] of [
        [socket, '/', 'unreadable'],
        [socket, '/packed', 'unreadable'],
        [events, '/', 'too-large'],
      ] as const) {
        const { witness } = connect(live, kind, server.origin, { path })
        await expect.poll(() => witness.log.at(-1)).toBe(`ended ${cause}`)
        expect(witness.log.length).toBe(2)
      }
      await expect.poll(() => live.sockets).toBe(0)
    })

    test('bytes that are no frame, and an end without a word, each end the socket with a cause', async () => {
      const { origin } = await serve({
        onSocket: (opened, request) => {
          const raw = (opened as unknown as { readonly _socket: { write(bytes: Buffer): void; destroy(): void } })._socket
          if (request.url === '/cut') raw.destroy()
          else raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
        },
      })
      const live = open()
      const cut = connect(live, socket, origin, { path: '/cut' })
      const bad = connect(live, socket, origin, { path: '/bad' })
      await expect
        .poll(() => [cut.witness.log, bad.witness.log])
        .toEqual([
          ['landed 101', 'ended 1006'],
          ['landed 101', 'ended unreadable'],
        ])
    })

    test('a stream that is cut is truncated', async () => {
      const { origin } = await serve({
        onRequest: (request, response) => startStream(response).write('data: 1\n\n', () => request.socket.destroy()),
      })
      const { witness } = connect(open(), events, origin)
      await expect.poll(() => witness.log).toEqual(['landed 200', 'message 1', 'ended truncated'])
    })

    test('each has its socket within the ceiling, from its opening to its end, and null says that there is none', async () => {
      const server = await serve({ onSocket: () => {}, onRequest: (_, response) => startStream(response) })
      const live = open({ budget: budgetOf(2) })
      const first = connect(live, socket, server.origin)
      const second = connect(live, events, server.origin)
      expect(live.open(socket, requestTo(server.origin), new Witness())).toBeNull()
      await expect.poll(() => [...first.witness.log, ...second.witness.log]).toEqual(['landed 101', 'landed 200'])
      expect(live.sockets).toBe(2)
      first.connection.close()
      second.connection.close()
      second.connection.close()
      expect([first.witness.log.at(-1), second.witness.log.at(-1)]).toEqual(['ended closed', 'ended closed'])
      await expect.poll(() => live.sockets).toBe(0)
      await expect.poll(() => server.open()).toBe(0)
      expect(second.witness.log.length).toBe(2)
      expect(live.open(socket, requestTo(server.origin), new Witness())).not.toBeNull()
    })

    test('closing everything ends what is open and what is being opened as cancelled, and opens nothing more', async () => {
      const server = await serve({ onSocket: () => {}, onRequest: () => {} })
      const live = open()
      const opened = connect(live, socket, server.origin)
      const opening = connect(live, events, server.origin)
      await expect.poll(() => opened.witness.log).toEqual(['landed 101'])
      await live.close()
      expect([opened.witness.log.at(-1), opening.witness.log]).toEqual(['ended cancelled', ['landed cancelled']])
      expect([live.sockets, live.open(events, requestTo(server.origin), new Witness())]).toEqual([0, null])
      await expect.poll(() => server.open()).toBe(0)
    })
  })
}
