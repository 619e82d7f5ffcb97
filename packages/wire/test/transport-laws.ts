// The laws of transport.ts as tests. Every implementation runs all of them; one that must skip a law lists it with a reason.
import { afterEach, describe, expect, test } from 'vitest'
import type { Lane, Sending, Transport, TransportOptions, WireAnswer, WireRequest } from '../src/transport.ts'
import { budgetOf } from './support/budget.ts'
import type { OnRequest, RawServer } from './support/raw-server.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

const now = (): number => performance.now()

/** Where the laws are held, and what is different there. */
export type Venue = {
  readonly serve?: (onRequest: OnRequest) => Promise<RawServer>
  readonly options?: () => Partial<TransportOptions>
  /** Reasons by law. An exception must be real: its law has to fail, or the exception goes. */
  readonly exceptions?: Readonly<Record<string, string>>
}

export function transportLaws(
  name: string,
  create: (options: TransportOptions) => Transport,
  { serve: start = startRawServer, options: ofVenue = () => ({}), exceptions = {} }: Venue = {},
): void {
  const law = (what: string, holds: () => Promise<void>): void => {
    const reason = exceptions[what]
    if (reason === undefined) test(what, holds)
    else test.fails(`not here: ${what} (${reason})`, holds)
  }

  describe(`${name} keeps the laws of a transport`, () => {
    const ends: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end()
    })

    const serve = async (onRequest: OnRequest): Promise<RawServer> => {
      const server = await start(onRequest)
      ends.push(server.stop)
      return server
    }
    let transport: Transport
    const open = ({ mostSockets = 100, ...options }: Partial<TransportOptions> & { readonly mostSockets?: number } = {}): Transport => {
      const approved = (origin: string) => (new URL(origin).hostname === '127.0.0.1' ? ['127.0.0.1'] : undefined)
      const opened = create({ now, approved, budget: budgetOf(mostSockets), ...ofVenue(), ...options })
      ends.push(() => opened.close())
      transport = opened
      return opened
    }
    const send = (lane: Lane, wanted: WireRequest, landed: (answer: WireAnswer) => void): Sending | null =>
      lane.send(transport.prepare(wanted), null, { landed })
    const request = (origin: string, change: Partial<WireRequest> = {}): WireRequest => ({
      origin,
      method: 'GET',
      path: '/',
      headers: {},
      body: null,
      timeoutMs: 2_000,
      connectTimeoutMs: 1_000,
      firstByteTimeoutMs: Number.POSITIVE_INFINITY,
      keepBody: 'whole',
      ...change,
    })
    const ask = (lane: Lane, wanted: WireRequest): Promise<WireAnswer> =>
      new Promise((resolve, reject) => {
        const landed = (answer: WireAnswer): void => {
          if (answer.kind === 'answered') answer.keep()
          resolve(answer)
        }
        if (send(lane, wanted, landed) === null) reject(new Error('no socket'))
      })
    const text = (answer: WireAnswer): string => (answer.kind === 'answered' ? Buffer.from(answer.body ?? []).toString() : answer.kind)
    const causeOf = (answer: WireAnswer): string => (answer.kind === 'answered' ? `status ${answer.status}` : answer.cause)

    law('an answer carries status, headers, body and moments in order', async () => {
      const server = await serve((socket) => socket.write(okAnswer('hello', 'X-Shop: open\r\n')))
      const answer = await ask(open().shared, request(server.origin))
      if (answer.kind !== 'answered') throw new Error(answer.cause)
      expect([answer.status, answer.header('x-shop'), text(answer)]).toEqual([200, 'open', 'hello'])
      expect(answer.sentMs).toBeLessThanOrEqual(answer.firstByteMs)
      expect(answer.firstByteMs).toBeLessThanOrEqual(answer.doneMs)
      expect(answer.connectMs).not.toBeNull()
    })

    law('the head holds every header, for a search through all of them, also when the answer is long over', async () => {
      const server = await serve((socket) => socket.write(okAnswer('hello', 'Set-Cookie: a=1\r\nX-Shop: open\r\nSet-Cookie: b=2\r\n')))
      const answer = await ask(open().shared, request(server.origin))
      if (answer.kind !== 'answered') throw new Error(answer.cause)
      const lines = Buffer.from(answer.head()).toString('latin1').toLowerCase().split('\r\n')
      expect(lines).toEqual(expect.arrayContaining(['set-cookie: a=1', 'x-shop: open', 'set-cookie: b=2']))
      expect(lines).not.toContain('hello')
    })

    law('method, path, headers and body go out as they were given', async () => {
      const heads: string[] = []
      const server = await serve((socket, head) => {
        heads.push(head)
        socket.write(okAnswer(''))
      })
      await ask(open().shared, request(server.origin, { method: 'POST', path: '/orders?x=1', headers: { 'x-run': 'r1' }, body: '{"a":1}' }))
      expect(heads[0]).toMatch(/^POST \/orders\?x=1 HTTP\/1\.1\r\n/)
      expect(heads[0]).toMatch(/x-run: r1/i)
      expect(heads[0]?.endsWith('\r\n\r\n{"a":1}')).toBe(true)
    })

    law('bytes are counted as they passed the socket', async () => {
      const body = 'x'.repeat(5_000)
      let received = 0
      const server = await serve((socket, head) => {
        received = head.length
        socket.write(okAnswer(body))
      })
      const answer = await ask(open().shared, request(server.origin, { keepBody: 'none' }))
      expect(answer).toMatchObject({ kind: 'answered', body: null, bytesIn: okAnswer(body).length, bytesOut: received })
    })

    law('an idle socket of a lane is used again, and a new lane is a new connection', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x')))
      const transport = open()
      for (let i = 0; i < 3; i++) await ask(transport.shared, request(server.origin))
      expect(server.connections()).toBe(1)
      const lane = transport.lane()
      const first = await ask(lane, request(server.origin))
      const second = await ask(lane, request(server.origin))
      expect([server.connections(), first.connectMs === null, second.connectMs === null]).toEqual([2, false, true])
      lane.close()
      expect(transport.sockets).toBe(1)
    })

    law('send returns null at the ceiling, sends nothing, and works again when a socket is free', async () => {
      const held: (() => void)[] = []
      const server = await serve((socket) => held.push(() => socket.write(okAnswer('x'))))
      const transport = open({ mostSockets: 2 })
      const both = [ask(transport.shared, request(server.origin)), ask(transport.shared, request(server.origin))]
      let calls = 0
      expect(send(transport.shared, request(server.origin), () => calls++)).toBeNull()
      await expect.poll(() => held.length).toBe(2)
      for (const answer of held) answer()
      await Promise.all(both)
      expect(calls).toBe(0)
      const again = ask(transport.shared, request(server.origin))
      await expect.poll(() => held.length).toBe(3)
      held[2]?.()
      expect(text(await again)).toBe('x')
    })

    law('an answer cut at every byte is read the same', async () => {
      const whole = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n'
      const server = await serve((socket, head) => {
        const at = Number(/GET \/(\d+)/.exec(head)?.[1])
        socket.write(whole.slice(0, at), () => setImmediate(() => socket.write(whole.slice(at))))
      })
      const { shared } = open()
      for (let at = 1; at < whole.length; at++)
        expect(text(await ask(shared, request(server.origin, { path: `/${at}` })))).toBe('hello world')
    })

    law('answers without a body end at once: HEAD, 204 and 304', async () => {
      const server = await serve((socket, head) => {
        if (head.startsWith('HEAD')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
        else socket.write(head.includes('/304') ? 'HTTP/1.1 304 Not Modified\r\n\r\n' : 'HTTP/1.1 204 No Content\r\n\r\n')
      })
      const { shared } = open()
      expect(causeOf(await ask(shared, request(server.origin, { method: 'HEAD' })))).toBe('status 200')
      expect(causeOf(await ask(shared, request(server.origin, { path: '/204' })))).toBe('status 204')
      expect(causeOf(await ask(shared, request(server.origin, { path: '/304' })))).toBe('status 304')
    })

    law('a body without a length runs to the end of the connection', async () => {
      const server = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end'))
      expect(text(await ask(open().shared, request(server.origin)))).toBe('until the end')
    })

    law('1xx answers before the real one are passed over', async () => {
      const server = await serve((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${okAnswer('real')}`))
      expect(text(await ask(open().shared, request(server.origin)))).toBe('real')
    })

    law('a silent server costs the deadline, and its socket', async () => {
      const server = await serve(() => {})
      const transport = open()
      const answer = await ask(transport.shared, request(server.origin, { timeoutMs: 150 }))
      expect(causeOf(answer)).toBe('timeout')
      expect(answer.doneMs - answer.sentMs).toBeGreaterThanOrEqual(149)
      await expect.poll(() => server.closed()).toBe(1)
      expect(transport.sockets).toBe(0)
    })

    law('a body that drips past the deadline is cut off', async () => {
      const drips: NodeJS.Timeout[] = []
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
        drips.push(setInterval(() => socket.write('x'), 20))
      })
      expect(causeOf(await ask(open().shared, request(server.origin, { timeoutMs: 150 })))).toBe('timeout')
      for (const drip of drips) clearInterval(drip)
    })

    law('a cancelled request is answered once, as cancelled, and closes its socket', async () => {
      const server = await serve(() => {})
      const { shared } = open()
      const answers: WireAnswer[] = []
      const sending = send(shared, request(server.origin), (answer) => answers.push(answer))
      await expect.poll(() => server.connections()).toBe(1)
      sending?.cancel()
      sending?.cancel()
      await expect.poll(() => server.closed()).toBe(1)
      expect(answers.map(causeOf)).toEqual(['cancelled'])
    })

    law('nobody listening is refused', async () => {
      const gone = await serve(() => {})
      await gone.stop()
      expect(causeOf(await ask(open().shared, request(gone.origin)))).toBe('refused')
    })

    law('a host that was not approved is never connected to', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x')))
      const answer = await ask(open({ approved: () => undefined }).shared, request(server.origin))
      expect([causeOf(answer), server.connections()]).toEqual(['guard', 0])
    })

    law('of several addresses the ones that nobody listens at are passed over', async () => {
      const server = await serve((socket) => socket.write(okAnswer('here')))
      const { shared } = open({ approved: () => ['127.0.0.2', '127.0.0.3', '127.0.0.1'] })
      for (let i = 0; i < 4; i++) expect(text(await ask(shared, request(server.origin)))).toBe('here')
    })

    law('a request that is given up while its socket is still connecting gives up the socket too', async () => {
      // A server that never answers a TLS greeting: the connection neither succeeds nor fails.
      const server = await startRawServer(() => {})
      ends.push(server.stop)
      const transport = open({ approved: () => ['127.0.0.1'], mostSockets: 3 })
      const wanted = request(server.origin.replace('http:', 'https:'), { timeoutMs: 60, connectTimeoutMs: 20_000 })
      for (let i = 0; i < 4; i++) {
        const both = await Promise.all([ask(transport.shared, wanted), ask(transport.shared, wanted)])
        expect(both.map(causeOf)).toEqual(['timeout', 'timeout'])
      }
      expect(transport.sockets).toBe(0)
      await expect.poll(() => server.connections() - server.closed()).toBe(0)
    })

    law('what cannot be sent at all is told after send has returned', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x')))
      const { shared } = open()
      let hasReturned = false
      const answer = await new Promise<WireAnswer>((resolve, reject) => {
        const onDone = (given: WireAnswer): void => (hasReturned ? resolve(given) : reject(new Error('told before send returned')))
        send(shared, request(server.origin, { headers: { 'x-shop': '\u20ac' } }), onDone)
        hasReturned = true
      })
      expect(answer.kind).toBe('broken')
    })

    const cases: readonly [what: string, bytes: string | null, cause: RegExp][] = [
      ['a connection closed before the answer', null, /^reset$/],
      ['a counted body cut short', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort', /^truncated$/],
      ['a chunked body cut short', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel', /^truncated$/],
      ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', /^malformed:/],
      ['a bad chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', /^malformed:/],
      ['a bad content length', 'HTTP/1.1 200 OK\r\nContent-Length: +8\r\n\r\nabcdefgh', /^malformed:/],
      ['a head without end', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(200_000)}`, /^(?:too-large|malformed:header-overflow)$/],
    ]
    for (const [what, bytes, cause] of cases) {
      law(`${what} is a failure with a cause, and the next request is not touched by it`, async () => {
        const server = await serve((socket, head) => {
          if (head.startsWith('GET /good')) socket.write(okAnswer('good'))
          else if (bytes === null) socket.destroy()
          else socket.end(bytes)
        })
        const { shared } = open()
        expect(causeOf(await ask(shared, request(server.origin)))).toMatch(cause)
        expect(text(await ask(shared, request(server.origin, { path: '/good' })))).toBe('good')
      })
    }

    law('an answer that nobody asked for is not given to the next request', async () => {
      const server = await serve((socket, _head, nth) => {
        socket.write(okAnswer(`mine ${nth}`))
        if (nth === 1) setImmediate(() => socket.write(okAnswer('poison')))
      })
      const { shared } = open()
      expect(text(await ask(shared, request(server.origin)))).toBe('mine 1')
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(text(await ask(shared, request(server.origin)))).not.toBe('poison')
    })

    law('an idle socket that its server closed no longer counts, and the next request opens a new one', async () => {
      const server = await serve((socket) => socket.end(okAnswer('x', 'Connection: keep-alive\r\n')))
      const transport = open({ mostSockets: 1 })
      for (let i = 1; i <= 3; i++) {
        expect(text(await ask(transport.shared, request(server.origin)))).toBe('x')
        await expect.poll(() => transport.sockets).toBe(0)
        expect(server.connections()).toBe(i)
      }
    })

    law('a body above the limit is a failure', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x'.repeat(2_000))))
      expect(causeOf(await ask(open({ mostBodyBytes: 1_000 }).shared, request(server.origin)))).toBe('too-large')
    })

    law('closing the transport ends what is under way and leaves no socket', async () => {
      const server = await serve(() => {})
      const transport = open()
      const pending = ask(transport.shared, request(server.origin))
      await expect.poll(() => server.connections()).toBe(1)
      await transport.close()
      expect((await pending).kind).toBe('broken')
      await expect.poll(() => server.closed()).toBe(1)
    })

    law('a thousand requests over fifty sockets are a thousand different answers', async () => {
      const server = await serve((socket, head) => socket.write(okAnswer(/GET (\S+)/.exec(head)?.[1] ?? '')))
      const { shared } = open({ mostSockets: 50 })
      let next = 0
      const worker = async (): Promise<boolean> => {
        let isRight = true
        while (next < 1_000) {
          const path = `/${next++}`
          isRight &&= text(await ask(shared, request(server.origin, { path }))) === path
        }
        return isRight
      }
      expect(await Promise.all(Array.from({ length: 50 }, worker))).toEqual(Array.from({ length: 50 }, () => true))
      expect(server.connections()).toBeLessThanOrEqual(50)
    })
  })
}
