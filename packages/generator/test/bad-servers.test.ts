// Servers that misbehave in every way that other projects keep lists of: toxiproxy's toxics, the commands of curl's test server, undici's raw
// servers, the menu of httpbin. Each is met by a schedule of sixty arrivals, which keeps its pace and is told the cause.
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Launch } from '@doorbuster/plan'
import { afterEach, describe, expect, test } from 'vitest'
import type { RawServer } from '../../wire/test/support/raw-server.ts'
import { okAnswer, startRawServer } from '../../wire/test/support/raw-server.ts'
import type { Toxic } from './support/fault-proxy.ts'
import { startFaultProxy } from './support/fault-proxy.ts'
import type { Rehearsal, RehearseOptions } from './support/rehearsal.ts'
import { rehearse } from './support/rehearsal.ts'

const arrivals = 60
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type OnRequest = Parameters<typeof startRawServer>[0]
/** Failures by cause; `{}`: all is well. */
type Causes = Readonly<Record<string, number>>

const serve = async (onRequest: OnRequest): Promise<RawServer> => {
  const server = await startRawServer(onRequest)
  ends.push(server.stop)
  return server
}

/** Who waits for nothing but the deadline waits briefly; all others have time, so that a busy machine changes no cause. */
function visit(target: string, causes: Causes, change: Partial<Launch> = {}, options: RehearseOptions = {}): Promise<Rehearsal> {
  return rehearse({ target, traffic: 'hold 400/s for 150ms', timeout: 'timeout' in causes ? '400ms' : '20s', ...change }, options)
}

/** Every arrival was sent, and each came to one end. */
async function expectToEnd(target: string, causes: Causes, change: Partial<Launch> = {}): Promise<void> {
  const { scope, end } = await visit(target, causes, change)
  const failed = Object.values(causes).reduce((sum, count) => sum + count, 0)
  expect(end.stoppedBy).toBe('end')
  expect(scope().causes).toEqual(causes)
  expect(scope().counts).toMatchObject({ due: arrivals, sent: arrivals, ok: arrivals - failed, degraded: 0, failed, dropped: 0 })
}

const counted = okAnswer('x'.repeat(2_000))
const closing = okAnswer('x'.repeat(2_000), 'Connection: close\r\n')
const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${`64\r\n${'x'.repeat(100)}\r\n`.repeat(20)}0\r\n\r\n`
const untilTheEnd = `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(2_000)}`
const answering =
  (bytes: string): OnRequest =>
  (socket) =>
    socket.write(bytes)
const ending =
  (bytes: string): OnRequest =>
  (socket) =>
    socket.end(bytes)
/** Each piece starts the wait for the next: timers of several lengths that are overdue together may fire in another order than they were due. */
const pieces =
  (late: readonly (readonly [bytes: string, waitMs: number])[]): OnRequest =>
  async (socket) => {
    for (const [bytes, waitMs] of late) {
      await sleep(waitMs)
      socket.write(bytes)
    }
  }
const all = (cause: string): Causes => ({ [cause]: arrivals })

describe('toxics', () => {
  const toxics: readonly (readonly [what: string, toxics: readonly Toxic[], onRequest: OnRequest, causes: Causes])[] = [
    ['latency', [{ type: 'latency', latencyMs: 50, jitterMs: 20 }], answering(counted), {}],
    ['a line fast enough for the body', [{ type: 'bandwidth', bytesPerMs: 100 }], answering(counted), {}],
    ['a line too slow for the body', [{ type: 'bandwidth', bytesPerMs: 2 }], answering(counted), all('timeout')],
    ['an end that is held back, though it was announced', [{ type: 'slow-close', delayMs: 100 }], ending(closing), {}],
    ['an end that is held back, behind a body without length', [{ type: 'slow-close', delayMs: 100 }], ending(untilTheEnd), {}],
    ['an end held back for too long', [{ type: 'slow-close', delayMs: 2_000 }], ending(untilTheEnd), all('timeout')],
    ['silence', [{ type: 'timeout', afterMs: 0 }], answering(counted), all('timeout')],
    ['silence, then the end', [{ type: 'timeout', afterMs: 50 }], answering(counted), all('reset')],
    ['a reset', [{ type: 'reset-peer', afterMs: 0 }], answering(counted), all('reset')],
    ['a late reset', [{ type: 'reset-peer', afterMs: 50 }], answering(counted), all('reset')],
    ['slices of a counted body', [{ type: 'slicer', sliceBytes: 97, delayMs: 1 }], answering(counted), {}],
    ['slices of chunks', [{ type: 'slicer', sliceBytes: 97, delayMs: 1 }], answering(chunked), {}],
    ['an end in the head', [{ type: 'limit-data', bytes: 20 }], answering(counted), all('truncated')],
    ['an end in a counted body', [{ type: 'limit-data', bytes: 1_000 }], answering(counted), all('truncated')],
    ['an end in a chunk', [{ type: 'limit-data', bytes: 1_000 }], answering(chunked), all('truncated')],
    ['an end in a body without length', [{ type: 'limit-data', bytes: 1_000 }], answering(untilTheEnd), {}],
    [
      'latency and slices and an end',
      [
        { type: 'limit-data', bytes: 1_000 },
        { type: 'slicer', sliceBytes: 300, delayMs: 2 },
        { type: 'latency', latencyMs: 20, jitterMs: 0 },
      ],
      answering(counted),
      all('truncated'),
    ],
  ]
  test.each(toxics)('%s', async (_, chain, onRequest, causes) => {
    const server = await serve(onRequest)
    const proxy = await startFaultProxy(server.origin, chain)
    ends.push(proxy.stop)
    await expectToEnd(proxy.url, causes)
  })

  test('a proxy that is down refuses', async () => {
    const server = await serve(answering(counted))
    const proxy = await startFaultProxy(server.origin, [])
    await proxy.stop()
    await expectToEnd(proxy.url, all('refused'))
  })

  test('a proxy that goes down cuts what is under way and refuses what comes, and the schedule goes on', async () => {
    const held: number[] = []
    const server = await serve((_socket, _head, nth) => held.push(nth))
    const proxy = await startFaultProxy(server.origin, [])
    const run = visit(proxy.url, {}, { traffic: 'hold 60/s for 1s' })
    await expect.poll(() => held.length, { interval: 5 }).toBeGreaterThan(5)
    await proxy.stop()
    const { scope } = await run
    const { reset = 0, refused = 0, ...others } = scope().causes
    expect([others, reset + refused]).toEqual([{}, arrivals])
    expect(Math.min(reset, refused)).toBeGreaterThan(0)
    expect(scope().counts).toMatchObject({ due: arrivals, sent: arrivals, failed: arrivals, dropped: 0 })
  })
})

describe("the commands of curl's server", () => {
  test('delay: it pauses before it reads', async () => {
    const server = await serve(answering(counted))
    server.onConnection((socket) => {
      socket.pause()
      setTimeout(() => socket.resume(), 50)
    })
    await expectToEnd(server.origin, {})
  })

  test('idle and connection-monitor: it never answers, and sees every connection closed', async () => {
    const server = await serve(() => {})
    await expectToEnd(server.origin, all('timeout'))
    await expect.poll(() => server.closed()).toBe(arrivals)
    expect(server.connections()).toBe(arrivals)
  })

  test('idle: a server that holds every socket there may be costs the arrivals that find none, and no other', async () => {
    const server = await serve(() => {})
    const { scope, end } = await visit(server.origin, all('timeout'), {}, { ceiling: { sockets: 10, shoppers: 10_000 } })
    const { due, sent, ok, degraded, failed, dropped } = scope().counts
    expect([end.stoppedBy, due, sent + dropped, ok + degraded + failed + dropped]).toEqual(['end', arrivals, arrivals, arrivals])
    expect(dropped).toBeGreaterThan(0)
    expect(scope().causes).toEqual({ timeout: sent, 'dropped:ours-no-socket': dropped })
  })

  const streams: readonly (readonly [what: string, head: string, piece: string])[] = [
    ['without length', 'HTTP/1.1 200 OK\r\n\r\n', 'x'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
    ['of a length that it never reaches', 'HTTP/1.1 200 OK\r\nContent-Length: 60000000\r\n\r\n', 'x'],
    ['of heads that never end', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['of headers', 'HTTP/1.1 200 OK\r\n', 'X: y\r\n'],
  ]
  test.each(streams)('stream: a body %s does not outlive its deadline', async (_, head, piece) => {
    const server = await serve((socket) => {
      socket.write(head)
      const drip = setInterval(() => socket.write(piece), 20)
      socket.on('close', () => clearInterval(drip))
    })
    await expectToEnd(server.origin, all('timeout'))
    await expect.poll(() => server.closed()).toBe(arrivals)
  })

  test('writedelay: it pauses between the pieces of its answer', async () => {
    const cuts = [0, 10, 50, 1_000, counted.length]
    const waits = cuts.slice(1).map((to, nth) => [counted.slice(cuts[nth], to), nth === 0 ? 0 : 20] as const)
    const server = await serve(pieces(waits))
    await expectToEnd(server.origin, {})
  })

  test('swsclose: it closes behind every answer without having said so', async () => {
    const server = await serve(ending(counted))
    await expectToEnd(server.origin, {}, { connections: 'per-shopper' })
    expect(server.connections()).toBe(arrivals)
  })

  test('skip: it answers before it has read the request', async () => {
    const server = await serve(() => {})
    server.onConnection((socket) => {
      socket.pause()
      socket.end('HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    })
    const steps = [{ post: '/', body: 'x'.repeat(100_000) }]
    await expectToEnd(server.origin, all('status:413'), { steps })
  })
})

describe('answers that nobody asked for', () => {
  const poison = 'HTTP/1.1 500 Poison\r\nConnection: keep-alive\r\nKeep-Alive: timeout=300\r\nContent-Length: 0\r\n\r\n'

  test('a second answer right behind the first is nobody\u2019s', async () => {
    const server = await serve(answering(okAnswer('mine') + poison))
    await expectToEnd(server.origin, {})
  })

  test('an answer on a connection that asked nothing yet is nobody\u2019s', async () => {
    const server = await serve(() => {})
    server.onConnection((socket) => socket.write(poison))
    const { scope } = await visit(server.origin, all('timeout'))
    // It comes before or behind the request: nobody can tell it from an early answer then.
    const { 'status:500': answered = 0, reset = 0, timeout = 0, ...others } = scope().causes
    expect([others, answered + reset + timeout]).toEqual([{}, arrivals])
  })
})

describe("undici's raw servers", () => {
  const servers: readonly (readonly [what: string, onRequest: OnRequest, causes: Causes])[] = [
    [
      'sizes and chunks in late pieces',
      pieces([
        ['HTTP/1.1 200 OK\r\n', 0],
        ['Transfer-Encoding: chunked\r\n\r\n', 0],
        ['1\r\n', 60],
        ['\n\r\n', 0],
        ['1\r\n', 60],
        ['\n\r\n0\r\n\r\n', 0],
      ]),
      {},
    ],
    ['not HTTP', ending('HTT/1.1 200 OK\r\n'), all('malformed:status-line')],
    [
      'a name of a header in two pieces',
      pieces([
        ['HTTP/1.1 200 OK\r\nA', 0],
        ['SD: asd,asd\r\nContent-Length: 0\r\n\r\n', 60],
      ]),
      {},
    ],
    [
      'chunks cut short',
      ending('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nhel\r\n'),
      all('truncated'),
    ],
  ]
  test.each(servers)('%s', async (_, onRequest, causes) => {
    const server = await serve(onRequest)
    await expectToEnd(server.origin, causes)
  })
})

describe('the menu of httpbin', () => {
  const head = (status: string, ...lines: readonly string[]): string =>
    [`HTTP/1.1 ${status}`, ...lines, 'Content-Length: 0', '', ''].join('\r\n')
  const zipped = gzipSync('x'.repeat(10_000)).toString('latin1')
  const latin = (bytes: string): OnRequest => {
    return (socket) => socket.write(bytes, 'latin1')
  }
  const dishes: readonly (readonly [what: string, onRequest: OnRequest, causes: Causes])[] = [
    ['/status/503', answering(head('503 Service Unavailable', 'Retry-After: 1')), all('status:503')],
    ['/status/418', answering(head("418 I'm a teapot")), all('status:418')],
    ['/status/429', answering(head('429 Too Many Requests')), all('status:429')],
    ['/status/204', answering('HTTP/1.1 204 No Content\r\n\r\n'), {}],
    ['/delay', (socket) => void setTimeout(() => socket.write(counted), 100), {}],
    [
      '/drip',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n')
        for (let nth = 1; nth <= 10; nth++) setTimeout(() => socket.write('*'), nth * 10)
      },
      {},
    ],
    ['/stream', answering('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"id": 0}\r\n9\r\n{"id": 1}\r\n0\r\n\r\n'), {}],
    ['/stream-bytes', answering(chunked), {}],
    ['/trailers', answering('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n'), {}],
    ['/redirect: a 3xx is an answer, and is not followed', answering(head('302 Found', 'Location: /elsewhere')), {}],
    ['/absolute-redirect to a host that is not ours', answering(head('301 Moved Permanently', 'Location: http://192.0.2.1/')), {}],
    ['/gzip', latin(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped}`), {}],
    ['/gzip that is none', answering(okAnswer('not zipped', 'Content-Encoding: gzip\r\n')), {}],
    ['/range', answering(okAnswer('abc').replace('200 OK', '206 Partial Content\r\nContent-Range: bytes 0-2/26')), {}],
    ['/sse', ending('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\ndata: b\n\n'), {}],
    [
      '/websocket/echo',
      answering('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
      all('malformed:upgrade'),
    ],
    ['/bytes', latin(`HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n${String.fromCharCode(...Array(256).keys())}`), {}],
    ['/etag', answering('HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 1000\r\n\r\n'), {}],
    ['/cookies/set', answering(head('200 OK', 'Set-Cookie: a=1', 'Set-Cookie: b=2')), {}],
    ['/basic-auth', answering(head('401 Unauthorized', 'WWW-Authenticate: Basic realm="x"')), all('status:401')],
  ]
  test.each(dishes)('%s', async (_, onRequest, causes) => {
    const server = await serve(onRequest)
    await expectToEnd(server.origin, causes)
  })

  test('/unstable: every second one fails', async () => {
    let nth = 0
    const server = await serve((socket) => socket.write(nth++ % 2 === 0 ? counted : head('500 Internal Server Error')))
    await expectToEnd(server.origin, { 'status:500': arrivals / 2 })
  })

  test('HEAD of anything has no body', async () => {
    const server = await serve(answering('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'))
    await expectToEnd(server.origin, {}, { steps: [{ head: '/' }] })
  })
})
