// A TCP server whose every byte the test decides. Closes what is open when it stops.

import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { createServer as createTlsServer } from 'node:tls'

export type RawServer = {
  readonly origin: string
  readonly connections: () => number
  readonly closed: () => number
  /** Called with each connection before a byte of it is read. */
  readonly onConnection: (called: (socket: Socket) => void) => void
  readonly stop: () => Promise<void>
}

export type OnRequest = (socket: Socket, head: string, nth: number) => void

/** `onRequest` is called with each head (and what came after it) that arrives on a connection. `tls`: certificate and key, for an https origin. */
export async function startRawServer(onRequest: OnRequest, tls?: TlsOptions, host = '127.0.0.1'): Promise<RawServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  let closed = 0
  let onConnection: (socket: Socket) => void = () => {}
  const accept = (socket: Socket): void => {
    connections++
    onConnection(socket)
    socket.setNoDelay(true)
    sockets.add(socket)
    let nth = 0
    let rest = ''
    socket.on('error', () => {})
    socket.on('close', () => {
      closed++
      sockets.delete(socket)
    })
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
        const length = Number(/content-length: (\d+)/i.exec(rest)?.[1] ?? 0)
        if (rest.length < end + 4 + length) return
        const head = rest.slice(0, end + 4 + length)
        rest = rest.slice(end + 4 + length)
        onRequest(socket, head, ++nth)
      }
    })
  }
  const server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept)
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    connections: () => connections,
    closed: () => closed,
    onConnection: (called) => {
      onConnection = called
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

export const okAnswer = (body: string, extra = ''): string =>
  `HTTP/1.1 200 OK\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
