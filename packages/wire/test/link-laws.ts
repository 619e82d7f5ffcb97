// Laws of a lane with a slow link: when the server sees a request, when the shopper sees the answer, and who waits for a slow reader. An
// implementation that knows no links lists them with its reason, and must go on breaking them, or the reason goes.
import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Answered, Lane, Link, Transport, TransportOptions, WireAnswer, WireRequest } from '../src/transport.ts'
import { ask, optionsFor, requestTo, told } from './support/asking.ts'
import type { OnRequest, RawServer } from './support/raw-server.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'
import type { Venue } from './transport-laws.ts'

/** A timer may fire by the part of a ms early that the clock shows and the timer does not. */
const tickMs = 1
const asFast = Number.POSITIVE_INFINITY

export const linkLaws = (
  name: string,
  create: (options: TransportOptions) => Transport,
  { serve: start = startRawServer, options: ofVenue = () => ({}), exceptions = {} }: Venue = {},
): void => {
  const law = (what: string, holds: () => Promise<void>): void => {
    const reason = exceptions[what]
    if (reason === undefined) test(what, holds)
    else test.fails(`not here: ${what} (${reason})`, holds)
  }

  describe(`${name} keeps the laws of a link`, () => {
    const ends: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end()
    })
    const serve = async (onRequest: OnRequest): Promise<RawServer> => {
      const server = await start(onRequest)
      ends.push(server.stop)
      return server
    }
    const open = (): Transport => {
      const transport = create(optionsFor(ofVenue()))
      ends.push(() => transport.close())
      return transport
    }
    const linked = (link: Partial<Link>): { transport: Transport; lane: Lane } => {
      const transport = open()
      return { transport, lane: transport.lane({ roundTripMs: 0, readBytesPerSec: asFast, ...link }) }
    }
    const answered = async (transport: Transport, wanted: WireRequest, lane: Lane): Promise<Answered> => {
      const answer = await ask(transport, wanted, lane)
      if (answer.kind === 'answered') return answer
      throw new Error(answer.cause)
    }
    const tookMs = ({ sentMs, doneMs }: WireAnswer): number => doneMs - sentMs

    law('an answer takes a round trip more, and on a new connection one more for TCP and one more for TLS', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x')))
      const { transport, lane } = linked({ roundTripMs: 60 })
      const first = await answered(transport, requestTo(server.origin), lane)
      const second = await answered(transport, requestTo(server.origin), lane)
      const trips = server.origin.startsWith('https') ? 3 : 2
      expect([server.connections(), told(first), told(second)]).toEqual([1, '200 x', '200 x'])
      expect(first.linkMs).toBeGreaterThanOrEqual(trips * 60 - 2 * tickMs)
      expect(tookMs(first)).toBeGreaterThanOrEqual(first.linkMs)
      expect(second.linkMs).toBeGreaterThanOrEqual(60 - 2 * tickMs)
      expect(tookMs(second)).toBeGreaterThanOrEqual(second.linkMs)
    })

    law('the server sees a request half a round trip after it was sent, and its socket is taken all the while', async () => {
      const seenMs: number[] = []
      const server = await serve((socket) => {
        seenMs.push(performance.now())
        socket.write(okAnswer('x'))
      })
      const { transport, lane } = linked({ roundTripMs: 80 })
      await answered(transport, requestTo(server.origin), lane)
      const both = [answered(transport, requestTo(server.origin), lane), answered(transport, requestTo(server.origin), lane)]
      const [second] = await Promise.all(both)
      expect((seenMs[1] ?? 0) - (second?.sentMs ?? 0)).toBeGreaterThanOrEqual(40 - tickMs)
      expect(server.connections()).toBe(2)
    })

    law('a body comes no faster than the link reads it, and whole', async () => {
      const body = 'x'.repeat(100_000)
      const server = await serve((socket) => socket.write(okAnswer(body)))
      const { transport, lane } = linked({ readBytesPerSec: 500_000 })
      for (let i = 0; i < 2; i++) {
        const answer = await answered(transport, requestTo(server.origin), lane)
        expect(told(answer)).toBe(`200 ${body}`)
        // 100,000 bytes at 500,000/s.
        expect(tookMs(answer)).toBeGreaterThanOrEqual(200 - tickMs)
      }
      expect(server.connections()).toBe(1)
    })

    law('a server that has more to say than its buffers hold waits for a slow reader, and for no other', async () => {
      const done: string[] = []
      const bytes = 24 * 1024 * 1024
      const server = await serve((socket: Socket, head) => {
        const who = head.includes('/slow') ? 'slow' : 'fast'
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`)
        socket.write(Buffer.alloc(bytes), () => done.push(who))
      })
      const { transport, lane } = linked({ readBytesPerSec: 1_000_000 })
      const landed = (): void => {}
      const slow = lane.send(transport.prepare(requestTo(server.origin, { path: '/slow', keepBody: 'none' })), null, { landed })
      await expect.poll(() => server.connections()).toBe(1)
      for (let i = 0; i < 3; i++) await answered(transport, requestTo(server.origin, { path: '/fast', keepBody: 'none' }), transport.shared)
      // Whoever reads as fast as the others would be through three times over by now.
      await expect.poll(() => done).toEqual(['fast', 'fast', 'fast'])
      slow?.cancel()
    })

    law('an answer that would be seen after the deadline is a timeout, and costs its socket', async () => {
      let asked = 0
      const server = await serve((socket) => {
        asked++
        socket.write(okAnswer('x'))
      })
      const { transport, lane } = linked({ roundTripMs: 200 })
      await answered(transport, requestTo(server.origin), lane)
      // Half the trip there and half of it back, and no more than three quarters of it for both.
      expect(told(await ask(transport, requestTo(server.origin, { timeoutMs: 150 }), lane))).toBe('timeout')
      await expect.poll(() => server.closed()).toBe(1)
      expect([asked, transport.sockets]).toEqual([2, 0])
    })

    law('a request that is cancelled on its way out is told once, and never seen by the server', async () => {
      const asked: string[] = []
      const server = await serve((socket, head) => {
        asked.push(head.slice(0, 6))
        if (head.startsWith('GET /b')) socket.write(okAnswer('x'))
      })
      const { transport, lane } = linked({ roundTripMs: 20_000 })
      const answers: string[] = []
      const landed = (answer: WireAnswer): number => answers.push(told(answer))
      const sending = lane.send(transport.prepare(requestTo(server.origin, { path: '/a' })), null, { landed })
      await expect.poll(() => server.connections()).toBe(1)
      await ask(transport, requestTo(server.origin, { path: '/b' }), transport.shared)
      sending?.cancel()
      await expect.poll(() => server.closed()).toBe(1)
      expect([answers, asked]).toEqual([['cancelled'], ['GET /b']])
    })

    law('what comes behind an answer that is still on its way is given to nobody', async () => {
      const server = await serve((socket, _head, nth) => {
        socket.write(okAnswer(`mine ${nth}`))
        if (nth === 1) setImmediate(() => socket.write(okAnswer('poison')))
      })
      const { transport, lane } = linked({ roundTripMs: 60 })
      expect(told(await ask(transport, requestTo(server.origin), lane))).toBe('200 mine 1')
      expect(told(await ask(transport, requestTo(server.origin), lane))).toBe('200 mine 1')
      expect(server.connections()).toBe(2)
    })

    law('a server that closes behind its answer has answered', async () => {
      const server = await serve((socket) => socket.end(okAnswer('bye')))
      const { transport, lane } = linked({ roundTripMs: 40 })
      expect(told(await ask(transport, requestTo(server.origin), lane))).toBe('200 bye')
      await expect.poll(() => transport.sockets).toBe(0)
    })

    law('closing the transport ends what is on its way through a link', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x')))
      const { transport, lane } = linked({ roundTripMs: 10_000 })
      const pending = ask(transport, requestTo(server.origin), lane)
      await expect.poll(() => server.connections()).toBe(1)
      await ask(transport, requestTo(server.origin), transport.shared)
      await transport.close()
      expect(told(await pending)).toBe('cancelled')
    })
  })
}

const unknown = 'its lanes know no links: a plan with devices is refused for it'

/** For transports whose lanes have no links. */
export const withoutLinks: NonNullable<Venue['exceptions']> = {
  'an answer takes a round trip more, and on a new connection one more for TCP and one more for TLS': unknown,
  'the server sees a request half a round trip after it was sent, and its socket is taken all the while': unknown,
  'a body comes no faster than the link reads it, and whole': unknown,
  'a server that has more to say than its buffers hold waits for a slow reader, and for no other': unknown,
  'an answer that would be seen after the deadline is a timeout, and costs its socket': unknown,
  'a request that is cancelled on its way out is told once, and never seen by the server': unknown,
  'closing the transport ends what is on its way through a link': unknown,
}
