// Real HTTP servers on 127.0.0.1 that behave in one stated way each, to rehearse against. Knows nothing of doorbuster.
import type { RequestListener, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import type { Server, Socket } from 'node:net'
import { createServer as createSocketServer } from 'node:net'

export type TestServer = AsyncDisposable & {
  /** Ends with a slash. */
  readonly url: string
  readonly port: number
  /** Requests begun so far; for a server of raw bytes, connections. */
  readonly seen: () => number
  /** Closes the port and every connection. */
  readonly stop: () => Promise<void>
}

/** Answers 200 with `bodyBytes` of text, `answerMs` after the request came (0: at once). */
export function answering({ answerMs = 0, bodyBytes = 2 }: { answerMs?: number; bodyBytes?: number } = {}): Promise<TestServer> {
  const body = 'k'.repeat(bodyBytes)
  return serve((_, response) => later(answerMs, () => response.end(body)))
}

export type Freeze = { readonly freezeMs: number; readonly everyMs: number }

/**
 * Answers in `answerMs`, but stands still for `freezeMs` in the middle of every `everyMs` counted from the first request: what comes
 * in then is answered together when it thaws. Held by timers and not by blocking, since a test's own clock may share the process.
 */
export function freezing({ answerMs, ...freeze }: Freeze & { readonly answerMs: number }): Promise<TestServer> {
  let firstMs: number | undefined
  return serve((_, response) => {
    const nowMs = performance.now()
    firstMs ??= nowMs
    later(untilThawMs(nowMs - firstMs, freeze) + answerMs, () => response.end('ok'))
  })
}

/** How long a request waits for the thaw, having come `sinceFirstMs` after the first one; 0 when nothing is frozen. */
export function untilThawMs(sinceFirstMs: number, { freezeMs, everyMs }: Freeze): number {
  const frozenForMs = (sinceFirstMs % everyMs) - (everyMs - freezeMs) / 2
  return frozenForMs >= 0 && frozenForMs < freezeMs ? freezeMs - frozenForMs : 0
}

/** Answers every `nth` request with `status` and the others with 200: an exact share, whatever the order of arrival. */
export function failingEvery(nth: number, status = 500): Promise<TestServer> {
  let count = 0
  return serve((_, response) => {
    count += 1
    response.writeHead(count % nth === 0 ? status : 200).end('ok')
  })
}

/** Takes requests and never answers. */
export function silent(): Promise<TestServer> {
  return serve(() => undefined)
}

/** Resets the connection as soon as a request came in. */
export function resetting(): Promise<TestServer> {
  return serve((request) => request.socket.resetAndDestroy())
}

/** Answers the first bytes of every connection with `bytes`, whatever they asked, and closes after it. For answers that no HTTP library would send. */
export function sending(bytes: string | Uint8Array): Promise<TestServer> {
  let connections = 0
  const server = createSocketServer((socket) => {
    connections += 1
    socket.once('data', () => socket.end(bytes))
  })
  return listening(server, () => connections)
}

/** Answers that a client must survive, or show to nobody unescaped. */
export const HOSTILE_ANSWERS = {
  'not HTTP at all': 'SSH-2.0-OpenSSH_9.2\r\n',
  'a body shorter than promised': 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort',
  'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok',
  'a length that is no number': 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  'a chunk without a size': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n',
  'a head without end': `HTTP/1.1 200 OK\r\nX-Filler: ${'x'.repeat(2 ** 20)}`,
  'markup in status, header and body': `HTTP/1.1 500 <script>alert(1)</script>\r\nX-Note: "><img src=x onerror=alert(1)>\r\nContent-Length: 25\r\n\r\n<script>alert(2)</script>`,
} as const

/** Any listener of node:http as a test server. */
export function serve(listener: RequestListener): Promise<TestServer> {
  let requests = 0
  const server = createHttpServer({ keepAliveTimeout: 0 }, (request, response) => {
    requests += 1
    request.resume()
    listener(request, response)
  })
  return listening(server, () => requests)
}

function listening(server: Server, seen: () => number): Promise<TestServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    // A client that leaves in the middle is part of the rehearsal.
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
      const port = portOf(server)
      resolve({ url: `http://127.0.0.1:${port}/`, port, seen, stop, [Symbol.asyncDispose]: stop })
    })
  })
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}

function later(delayMs: number, act: () => ServerResponse): void {
  if (delayMs <= 0) act()
  else setTimeout(act, delayMs)
}

/** For programs that cannot choose a port themselves; this one was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Works on so many requests at once, `answerMs` each; the others wait in a queue without end. */
export function limited({ atOnce, answerMs }: { readonly atOnce: number; readonly answerMs: number }): Promise<TestServer> {
  const waiting: ServerResponse[] = []
  let busy = 0
  const next = (): void => {
    const response = busy < atOnce ? waiting.shift() : undefined
    if (response === undefined) return
    busy += 1
    later(answerMs, () => {
      busy -= 1
      next()
      return response.end('ok')
    })
  }
  return serve((_, response) => {
    waiting.push(response)
    next()
  })
}
