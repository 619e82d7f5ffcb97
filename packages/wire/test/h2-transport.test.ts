// What HTTP/2 has beyond the laws: many requests on one connection, limits of the server, and its own ways to go wrong.
import type { IncomingHttpHeaders, Http2Server as SecureServer, ServerHttp2Session, ServerHttp2Stream, Settings } from 'node:http2'
import { constants, createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createH2Transport } from '../src/h2-transport.ts'
import type { Transport, TransportOptions } from '../src/transport.ts'
import { ask, optionsFor, requestTo, told } from './support/asking.ts'
import { openCertificates } from './support/certificates.ts'

type OnStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void

const certificates = openCertificates()

describe.skipIf(certificates === null)('over HTTP/2', () => {
  if (certificates === null) return
  const certified = certificates.make('server')
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })
  afterAll(() => certificates.close())

  const open = (given: Partial<TransportOptions> = {}): Transport => {
    const transport = createH2Transport(optionsFor({ tls: { authorities: certificates.root }, ...given }))
    ends.push(() => transport.close())
    return transport
  }
  const serve = async (onStream: OnStream, settings: Settings = {}) => {
    const sessions: ServerHttp2Session[] = []
    const server: SecureServer = createSecureServer({ ...certified, settings })
    server.on('session', (session) => {
      session.on('error', () => {})
      sessions.push(session)
    })
    server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      stream.on('error', () => {})
      onStream(stream, headers)
    })
    server.on('sessionError', () => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(() => {
      for (const session of sessions) session.destroy()
      return new Promise((resolve) => server.close(resolve))
    })
    return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, sessions }
  }
  const say = (stream: ServerHttp2Stream, text: string): void => {
    stream.respond({ ':status': 200 })
    stream.end(text)
  }

  test('requests of a lane share one connection while it opens and after, and every answer finds its request', async () => {
    const { origin, sessions } = await serve((stream, headers) => say(stream, String(headers[':path'])))
    const transport = open()
    for (let round = 0; round < 2; round++) {
      const paths = Array.from({ length: 60 }, (_, index) => `/${round}/${index}`)
      const answers = await Promise.all(paths.map((path) => ask(transport, requestTo(origin, { path }))))
      expect(answers.map(told)).toEqual(paths.map((path) => `200 ${path}`))
      expect(answers.filter(({ connectMs }) => connectMs !== null)).toHaveLength(round === 0 ? 1 : 0)
    }
    expect([sessions.length, transport.sockets]).toEqual([1, 1])
  })

  test('a new lane is a new connection, which ends with its lane', async () => {
    const { origin, sessions } = await serve((stream) => say(stream, 'x'))
    const transport = open()
    const lanes = [transport.lane(), transport.lane()]
    for (const lane of lanes) expect(told(await ask(transport, requestTo(origin), lane))).toBe('200 x')
    expect([sessions.length, transport.sockets]).toEqual([2, 2])
    for (const lane of lanes) lane.close()
    expect(transport.sockets).toBe(0)
  })

  test('another connection is opened when all are as full as their server allows, and none beyond the ceiling', async () => {
    const held: ServerHttp2Stream[] = []
    const { origin, sessions } = await serve((stream, headers) => (headers[':path'] === '/first' ? say(stream, 'x') : held.push(stream)), {
      maxConcurrentStreams: 3,
    })
    let taken = 0
    const transport = open({ budget: { take: () => ++taken <= 2, give: () => taken-- } })
    await ask(transport, requestTo(origin, { path: '/first' }))
    const seven = Array.from({ length: 3 }, () => ask(transport, requestTo(origin)))
    await expect.poll(() => held.length).toBe(3)
    expect(sessions.length).toBe(1)
    seven.push(ask(transport, requestTo(origin)))
    await expect.poll(() => held.length).toBe(4)
    expect(sessions.length).toBe(2)
    seven.push(ask(transport, requestTo(origin)), ask(transport, requestTo(origin)))
    await expect.poll(() => held.length).toBe(6)
    await expect(ask(transport, requestTo(origin))).rejects.toThrow('no socket')
    for (const stream of held) say(stream, 'late')
    expect((await Promise.all(seven)).map(told)).toEqual(Array.from({ length: 6 }, () => '200 late'))
  })

  test('requests wait on one connection while its server allows none, and are answered when it allows some', async () => {
    const { origin, sessions } = await serve((stream) => say(stream, 'at last'), { maxConcurrentStreams: 0 })
    const transport = open()
    // It goes out before the server has said what it allows, and may be refused.
    const first = ask(transport, requestTo(origin))
    await expect.poll(() => sessions[0]?.pendingSettingsAck).toBe(false)
    const more = Array.from({ length: 3 }, () => ask(transport, requestTo(origin)))
    expect(transport.sockets).toBe(1)
    sessions[0]?.settings({ maxConcurrentStreams: 10 })
    expect((await Promise.all(more)).map(told)).toEqual(Array.from({ length: 3 }, () => '200 at last'))
    await first
    expect(sessions.length).toBe(1)
  })

  test('a transport that is closed opens nothing more, not even from within landed', async () => {
    const { origin, sessions } = await serve(() => {})
    const transport = open()
    const prepared = transport.prepare(requestTo(origin))
    const again: unknown[] = []
    transport.shared.send(prepared, null, { landed: () => again.push(transport.shared.send(prepared, null, { landed: () => {} })) })
    await expect.poll(() => sessions.length).toBe(1)
    await transport.close()
    expect([again, transport.shared.send(prepared, null, { landed: () => {} }), transport.sockets]).toEqual([[null], null, 0])
  })

  test('method, path, headers, body and several values of one header arrive as they were given', async () => {
    const seen: unknown[] = []
    const { origin } = await serve((stream, headers) => {
      let body = ''
      stream.on('data', (piece) => {
        body += String(piece)
      })
      stream.on('end', () => {
        const { ':method': method, ':path': path, ':authority': authority, 'x-run': run, connection, 'content-length': length } = headers
        seen.push({ method, path, authority, run, connection, length, body })
        stream.respond({ ':status': 201, 'set-cookie': ['a=1, b', 'c=2'], 'x-list': '1, 2' })
        stream.end()
      })
    })
    const headers = { Host: 'shop.test', 'X-Run': 'r1', Connection: 'close' }
    const answer = await ask(open(), requestTo(origin, { method: 'POST', path: '/o?x=1', headers, body: '{"ä":1}' }))
    expect(seen).toEqual([
      { method: 'POST', path: '/o?x=1', authority: 'shop.test', run: 'r1', connection: undefined, length: '8', body: '{"ä":1}' },
    ])
    if (answer.kind !== 'answered') throw new Error(answer.cause)
    expect([answer.headers('set-cookie'), answer.headers('x-list'), answer.header('x-none')]).toEqual([
      ['a=1, b', 'c=2'],
      ['1, 2'],
      undefined,
    ])
  })

  test.each<[string, OnStream, string]>([
    ['refused', (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM), 'reset'],
    ['reset in the middle of its body', (stream) => cut(stream), 'truncated'],
    ['left by its connection', (stream) => stream.session?.destroy(), 'reset'],
  ])('a request that is %s fails, is not sent again, and the next one is answered', async (_what, fail, cause) => {
    let streams = 0
    const { origin } = await serve((stream) => (++streams === 1 ? fail(stream, {}) : say(stream, 'good')))
    const transport = open()
    expect(told(await ask(transport, requestTo(origin)))).toBe(cause)
    expect(streams).toBe(1)
    expect(told(await ask(transport, requestTo(origin)))).toBe('200 good')
  })

  test('a connection that its server takes leave of ends what is on it, and nobody new gets it', async () => {
    const held: ServerHttp2Stream[] = []
    const { origin, sessions } = await serve((stream) => held.push(stream))
    const transport = open()
    const before = ask(transport, requestTo(origin))
    await expect.poll(() => held.length).toBe(1)
    sessions[0]?.goaway()
    // The answer comes behind the farewell, so whoever has read the one has read the other.
    for (const stream of held.splice(0)) say(stream, 'done')
    expect(told(await before)).toBe('200 done')
    const after = ask(transport, requestTo(origin))
    await expect.poll(() => held.length).toBe(1)
    for (const stream of held) say(stream, 'done too')
    expect([told(await after), sessions.length]).toEqual(['200 done too', 2])
  })

  test('a deadline takes its stream alone; the others on the connection are answered', async () => {
    const held: ServerHttp2Stream[] = []
    let reset = 0
    const { origin, sessions } = await serve((stream, headers) => {
      stream.on('aborted', () => reset++)
      stream.on('close', () => headers[':path'] === '/slow' && reset++)
      held.push(stream)
    })
    const transport = open()
    const good = ask(transport, requestTo(origin))
    expect(told(await ask(transport, requestTo(origin, { path: '/slow', timeoutMs: 100 })))).toBe('timeout')
    await expect.poll(() => reset).toBeGreaterThan(0)
    for (const stream of held) if (!stream.destroyed) say(stream, 'good')
    expect([told(await good), sessions.length, transport.sockets]).toEqual(['200 good', 1, 1])
  })

  test('a connection that was silent for a whole deadline gets no new request: it may be dead', async () => {
    let isSilent = false
    const { origin, sessions } = await serve((stream) => isSilent || say(stream, 'x'))
    const transport = open()
    await ask(transport, requestTo(origin))
    // Settings have been acknowledged by then, so nothing more comes of its own.
    await ask(transport, requestTo(origin))
    isSilent = true
    expect(told(await ask(transport, requestTo(origin, { timeoutMs: 100 })))).toBe('timeout')
    isSilent = false
    expect(told(await ask(transport, requestTo(origin)))).toBe('200 x')
    expect(sessions.length).toBe(2)
  })
})

/** `close` would end the body properly first. */
function cut(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200 })
  stream.write('half', () => setImmediate(() => stream.destroy(new Error('cut'))))
}
