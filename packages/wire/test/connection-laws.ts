// Laws of one connection's life, beside those of transport-laws.ts: views and what is kept, patches, bodies, deadlines, and sockets that must
// not be used again. An implementation that breaks one lists it with its reason, and must go on breaking it, or the reason goes.
import { readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Answered, Lane, Patch, Sending, Transport, TransportOptions, WireAnswer, WireRequest } from '../src/transport.ts'
import { budgetOf } from './support/budget.ts'
import type { RawServer } from './support/raw-server.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

/** Where a descriptor leads; null: it is gone already. */
function linkOf(descriptor: string): string | null {
  try {
    return readlinkSync(descriptor)
  } catch {
    return null
  }
}

type Create = (options: TransportOptions) => Transport

export function connectionLaws(name: string, create: Create, exceptions: Readonly<Record<string, string>> = {}): void {
  const law = (what: string, holds: () => Promise<void>): void => {
    const reason = exceptions[what]
    if (reason === undefined) test(what, holds)
    else test.fails(`not here: ${what} (${reason})`, holds)
  }

  describe(`${name} keeps the laws of a connection`, () => {
    const ends: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end()
    })
    const serve = async (onRequest: Parameters<typeof startRawServer>[0]): Promise<RawServer> => {
      const server = await startRawServer(onRequest)
      ends.push(server.stop)
      return server
    }
    const open = (change: Partial<TransportOptions> = {}): Transport => {
      const now = (): number => performance.now()
      const transport = create({ now, approved: () => ['127.0.0.1'], budget: budgetOf(100), ...change })
      ends.push(() => transport.close())
      return transport
    }
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
    const ask = (
      transport: Transport,
      wanted: WireRequest,
      patch: Patch | null = null,
      lane: Lane = transport.shared,
    ): Promise<WireAnswer> =>
      new Promise((resolve, reject) => {
        const landed = (answer: WireAnswer): void => {
          if (answer.kind === 'answered') answer.keep()
          resolve(answer)
        }
        if (lane.send(transport.prepare(wanted), patch, { landed }) === null) reject(new Error('no socket'))
      })
    const text = (answer: WireAnswer): string => (answer.kind === 'answered' ? Buffer.from(answer.body ?? []).toString() : answer.cause)
    const file = async (bytes: number): Promise<string> => {
      const folder = await mkdtemp(join(tmpdir(), 'doorbuster-wire-'))
      ends.push(() => rm(folder, { recursive: true }))
      await writeFile(join(folder, 'body'), 'f'.repeat(bytes))
      return join(folder, 'body')
    }
    /** Answers with the path and the nth of its connection. */
    const echo = (): Promise<RawServer> =>
      serve((socket, head, nth) => socket.write(okAnswer(`${/ (\S+)/.exec(head)?.[1]} ${nth}`, `X-Path: ${/ (\S+)/.exec(head)?.[1]}\r\n`)))

    law('header and body can be read while landed runs, and after it once they were kept', async () => {
      const server = await echo()
      const transport = open()
      const seen: unknown[] = []
      const kept: Answered[] = []
      for (const path of ['/first', '/second'])
        await new Promise<void>((resolve) => {
          const landed = (answer: WireAnswer): void => {
            if (answer.kind !== 'answered') throw new Error(answer.cause)
            seen.push(answer.header('x-path'), text(answer))
            answer.keep()
            answer.keep()
            kept.push(answer)
            resolve()
          }
          transport.shared.send(transport.prepare(request(server.origin, { path })), null, { landed })
        })
      expect(seen).toEqual(['/first', '/first 1', '/second', '/second 2'])
      expect(kept.map((answer) => [answer.header('x-path'), answer.headers('x-path'), text(answer)])).toEqual([
        ['/first', ['/first'], '/first 1'],
        ['/second', ['/second'], '/second 2'],
      ])
    })

    law('an answer that was not kept never shows what was read after it', async () => {
      const server = await echo()
      const transport = open()
      const late: Answered[] = []
      for (const path of ['/first', '/second'])
        await new Promise<void>((resolve) => {
          const landed = (answer: WireAnswer): void => {
            if (answer.kind === 'answered') late.push(answer)
            resolve()
          }
          transport.shared.send(transport.prepare(request(server.origin, { path })), null, { landed })
        })
      expect([late[0]?.status, late[1]?.status]).toEqual([200, 200])
      expect([undefined, '/first']).toContain(late[0]?.header('x-path'))
      expect(['', '/first 1']).toContain(late[0] === undefined ? 'none' : text(late[0]))
    })

    law('every value of a header is there, in order, and names are found in any case', async () => {
      const server = await serve((socket) =>
        socket.write(okAnswer('', 'Set-Cookie: a=1, b\r\nX_Under: u\r\nset-cookie: c=2\r\nSET-COOKIE: d\r\n')),
      )
      const answer = await ask(open(), request(server.origin))
      if (answer.kind !== 'answered') throw new Error(answer.cause)
      expect([answer.headers('set-cookie'), answer.header('set-cookie'), answer.header('x_under'), answer.header('x-none')]).toEqual([
        ['a=1, b', 'c=2', 'd'],
        'a=1, b',
        'u',
        undefined,
      ])
    })

    law('an answer is what came: a 3xx is not followed, a failure not tried again, a zipped body not unpacked', async () => {
      const heads: string[] = []
      const server = await serve((socket, head) => {
        heads.push(head)
        if (head.startsWith('GET /moved')) socket.write('HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n')
        else if (head.startsWith('GET /zipped')) socket.write(okAnswer('not zipped', 'Content-Encoding: gzip\r\n'))
        else socket.destroy()
      })
      const transport = open()
      const moved = await ask(transport, request(server.origin, { path: '/moved' }))
      expect(moved).toMatchObject({ kind: 'answered', status: 302 })
      expect(text(await ask(transport, request(server.origin, { path: '/zipped' })))).toBe('not zipped')
      expect(text(await ask(transport, request(server.origin, { path: '/lost' })))).toBe('reset')
      expect(heads.map((head) => head.split(' ')[1])).toEqual(['/moved', '/zipped', '/lost'])
      expect(heads.join('')).not.toMatch(/accept-encoding/i)
    })

    law('as much of a body is kept as was asked for', async () => {
      const server = await serve((socket, head) => socket.write(okAnswer('x'.repeat(100_000)).replace('200', head.slice(5, 8))))
      const transport = open()
      const kept: unknown[] = []
      for (const keepBody of ['whole', 'errors', 'none'] as const)
        for (const path of ['/200', '/399', '/400', '/503']) {
          const answer = await ask(transport, request(server.origin, { path, keepBody }))
          kept.push(answer.kind === 'answered' ? (answer.body?.length ?? null) : answer.cause)
        }
      expect(kept).toEqual([100_000, 100_000, 100_000, 100_000, null, null, 65_536, 65_536, null, null, null, null])
    })

    law('a first byte that comes too late costs the socket, one in time does not count against the rest', async () => {
      const server = await serve((socket, head) => {
        if (head.startsWith('GET /silent')) return
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na')
        setTimeout(() => socket.write('b'), 250)
      })
      const transport = open()
      const wanted = request(server.origin, { firstByteTimeoutMs: 150 })
      expect(text(await ask(transport, { ...wanted, path: '/silent' }))).toBe('first-byte-timeout')
      expect(transport.sockets).toBe(0)
      expect(text(await ask(transport, wanted))).toBe('ab')
    })

    law('a patch replaces path, body and headers of the same name in any case, for one sending', async () => {
      const heads: string[] = []
      const server = await serve((socket, head) => {
        heads.push(head)
        socket.write(okAnswer(''))
      })
      const transport = open()
      const prepared = transport.prepare(
        request(server.origin, { method: 'POST', path: '/a', headers: { 'X-Run': 'r1', cookie: 'old' }, body: 'one' }),
      )
      const patches: readonly (Patch | null)[] = [
        null,
        { path: '/b', headers: { COOKIE: 'new', 'x-more': 'm' }, body: 'zwei\u00fc' },
        { body: null },
        null,
      ]
      for (const patch of patches) await new Promise<void>((resolve) => transport.shared.send(prepared, patch, { landed: () => resolve() }))
      const facts = heads.map((head) => [
        head.split(' ')[1],
        [...head.matchAll(/^(?:cookie|x-run|x-more|content-length): .*$/gim)].map(([line]) => line.toLowerCase()).sort(),
        Buffer.from(head.slice(head.indexOf('\r\n\r\n') + 4), 'latin1').toString(),
      ])
      const plain = ['/a', ['content-length: 3', 'cookie: old', 'x-run: r1'], 'one']
      expect(facts).toEqual([
        plain,
        ['/b', ['content-length: 6', 'cookie: new', 'x-more: m', 'x-run: r1'], 'zwei\u00fc'],
        ['/a', ['content-length: 0', 'cookie: old', 'x-run: r1'], ''],
        plain,
      ])
    })

    law('a file is sent as the body, and its connection can be used again', async () => {
      const sizes: number[] = []
      const server = await serve((socket, head) => {
        sizes.push(head.length - head.indexOf('\r\n\r\n') - 4)
        // An answer that overtakes the news of the last byte having left may cost the connection, and rightly.
        setTimeout(() => socket.write(okAnswer('got it')), 10)
      })
      const transport = open()
      const body = { file: await file(300_000), bytes: 300_000 }
      for (let nth = 0; nth < 2; nth++) expect(text(await ask(transport, request(server.origin, { method: 'PUT', body })))).toBe('got it')
      expect([sizes, server.connections()]).toEqual([[300_000, 300_000], 1])
    })

    law('a file that is missing or not as long as was said cannot be sent', async () => {
      const server = await serve((socket) => socket.write(okAnswer('x')))
      const transport = open()
      const path = await file(1_000)
      const wrong = [
        { file: `${path}-gone`, bytes: 10 },
        { file: path, bytes: 2_000 },
        { file: path, bytes: 500 },
      ]
      const causes: string[] = []
      for (const body of wrong) causes.push(text(await ask(transport, request(server.origin, { method: 'PUT', body }))))
      expect(causes).toEqual(['unsendable', 'unsendable', 'unsendable'])
      expect(transport.sockets).toBe(0)
    })

    /** More than the buffers of both ends hold. */
    const longBytes = 32 * 1024 * 1024

    law('an answer that comes while its text is still being sent is an answer, and its socket is not used again', async () => {
      const server = await serve(() => {})
      server.onConnection((socket) => {
        socket.pause()
        socket.write(okAnswer('too long'))
      })
      const transport = open()
      expect(text(await ask(transport, request(server.origin, { method: 'POST', body: 'x'.repeat(longBytes) })))).toBe('too long')
      expect(transport.sockets).toBe(0)
    })

    law('an answer that comes while its file is still being sent is an answer, and its socket is not used again', async () => {
      const server = await serve(() => {})
      server.onConnection((socket) => {
        socket.pause()
        socket.write(okAnswer('too long'))
      })
      const transport = open()
      const body = { file: await file(longBytes), bytes: longBytes }
      expect(text(await ask(transport, request(server.origin, { method: 'POST', body })))).toBe('too long')
      expect(transport.sockets).toBe(0)
    })

    law('a file whose sending was cut short is closed', async () => {
      const server = await serve(() => {})
      const held: Socket[] = []
      server.onConnection((socket) => held.push(socket.pause()))
      const transport = open()
      const path = await file(longBytes)
      const isOpen = (): boolean => readdirSync('/proc/self/fd').some((descriptor) => linkOf(`/proc/self/fd/${descriptor}`) === path)
      const answered = ask(transport, request(server.origin, { method: 'PUT', body: { file: path, bytes: longBytes } }))
      await expect.poll(isOpen).toBe(true)
      held[0]?.write(okAnswer('too long'))
      expect(text(await answered)).toBe('too long')
      await expect.poll(isOpen).toBe(false)
    })

    law('a body without length that ends in a reset is truncated', async () => {
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nnot all of it')
        setTimeout(() => socket.resetAndDestroy(), 30)
      })
      expect(text(await ask(open(), request(server.origin)))).toBe('truncated')
    })

    law('a request that says close, prepared or in a patch, is the last of its connection', async () => {
      const server = await echo()
      const transport = open()
      const closing = { Connection: 'x-a, Close' }
      expect(text(await ask(transport, request(server.origin)))).toBe('/ 1')
      expect(text(await ask(transport, request(server.origin), { headers: closing }))).toBe('/ 2')
      expect(transport.sockets).toBe(0)
      expect(text(await ask(transport, request(server.origin, { headers: closing })))).toBe('/ 1')
      expect(transport.sockets).toBe(0)
    })

    law(
      'an idle socket is not used in the last second for which its server said that it keeps it, nor in the last half of a second that is all',
      async () => {
        for (const [seconds, waitsMs] of [
          [5, [0, 3_900, 3_999, 4_000, 0, 10_000]],
          [1, [0, 400, 499, 500, 0, 10_000]],
        ] as const) {
          let nowMs = 1_000
          const server = await serve((socket, _head, nth) =>
            socket.write(okAnswer(`${nth}`, `Keep-Alive: max=100, timeout=${seconds}\r\n`)),
          )
          const transport = open({ now: () => nowMs })
          const nths: string[] = []
          for (const waitMs of waitsMs) {
            nowMs += waitMs
            nths.push(text(await ask(transport, request(server.origin))))
          }
          expect(nths).toEqual(['1', '2', '3', '1', '2', '1'])
          expect(transport.sockets).toBe(1)
        }
      },
    )

    law('a socket of which the server says that it is kept for no time is not used again', async () => {
      const server = await serve((socket, _head, nth) => socket.write(okAnswer(`${nth}`, 'Keep-Alive: timeout=0\r\n')))
      const transport = open()
      for (let nth = 0; nth < 3; nth++) expect(text(await ask(transport, request(server.origin)))).toBe('1')
    })

    law('cancelling what has landed does nothing, not even to the next request on that socket', async () => {
      const server = await echo()
      const transport = open()
      const answers: string[] = []
      const sendings: (Sending | null)[] = []
      for (const path of ['/a', '/b', '/c'])
        await new Promise<void>((resolve) => {
          const landed = (answer: WireAnswer): void => {
            answers.push(text(answer))
            resolve()
          }
          sendings.push(transport.shared.send(transport.prepare(request(server.origin, { path })), null, { landed }))
          for (const sending of sendings.slice(0, -1)) sending?.cancel()
        })
      for (const sending of sendings) sending?.cancel()
      expect([answers, server.connections(), transport.sockets]).toEqual([['/a 1', '/b 2', '/c 3'], 1, 1])
    })

    law('a receiver that sends again from within landed gets its own answer, on the same socket', async () => {
      const server = await echo()
      const transport = open()
      const answers: string[] = []
      await new Promise<void>((resolve) => {
        const sendNext = (nth: number): void => {
          const landed = (answer: WireAnswer): void => {
            if (nth < 50) sendNext(nth + 1)
            // What has landed is read behind the sending: it must still be its own.
            answers.push(text(answer))
            if (nth === 50) resolve()
          }
          transport.shared.send(transport.prepare(request(server.origin, { path: `/${nth}` })), null, { landed })
        }
        sendNext(1)
      })
      expect(answers).toEqual(Array.from({ length: 50 }, (_, at) => `/${at + 1} ${at + 1}`))
      expect(server.connections()).toBe(1)
    })

    law('what nobody can send is told as unsendable, and never thrown', async () => {
      const server = await echo()
      const transport = open()
      const wrong: readonly Partial<WireRequest>[] = [
        { path: '/a b' },
        { path: '/a\r\nX-Evil: 1' },
        { headers: { 'x-run': 'a\r\nX-Evil: 1' } },
        { headers: { 'x run': 'a' } },
        { headers: { 'x-run': 'a\0' } },
        { method: 'GET /evil HTTP/1.1\r\n\r\nGET' },
      ]
      for (const change of wrong)
        expect(text(await ask(transport, request(server.origin, change))), JSON.stringify(change)).toBe('unsendable')
      expect(transport.sockets).toBe(0)
    })

    law('an origin that is none is broken, and never thrown', async () => {
      const transport = open({ approved: () => undefined })
      expect(text(await ask(transport, request('not an origin')))).toMatch(/^(?:guard|unsendable)$/)
    })

    law('a transport that is closed sends nothing more, not even from within landed', async () => {
      const server = await serve(() => {})
      const transport = open()
      const again: (Sending | null)[] = []
      const prepared = transport.prepare(request(server.origin))
      const landed = (): void => {
        again.push(transport.shared.send(prepared, null, { landed: () => again.push(null) }))
      }
      transport.shared.send(prepared, null, { landed })
      await expect.poll(() => server.connections()).toBe(1)
      await transport.close()
      expect([again, transport.shared.send(prepared, null, { landed }), transport.sockets]).toEqual([[null], null, 0])
    })
  })
}
