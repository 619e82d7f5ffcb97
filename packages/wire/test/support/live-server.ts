// A server of WebSockets (the `ws` package) and of event streams (node:http), over TCP or TLS, whose every word the test decides.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'

export type LiveServer = {
  readonly origin: string
  /** Heads of the handshakes and requests that came. */
  readonly seen: readonly IncomingMessage[]
  /** Connections open now. */
  readonly open: () => number
  readonly stop: () => Promise<void>
}

export type Manners = {
  readonly onSocket?: (socket: WebSocket, request: IncomingMessage) => void
  /** Everything that is no handshake. */
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => void
  /** In place of a handshake. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Socket) => void
  readonly tls?: { readonly cert: string; readonly key: string }
}

export async function startLiveServer({ onSocket, onRequest, onUpgrade, tls }: Manners): Promise<LiveServer> {
  const seen: IncomingMessage[] = []
  const connections = new Set<Socket>()
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push(request)
    onRequest?.(request, response)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: true,
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  })
  server.on('connection', (socket: Socket) => {
    connections.add(socket.on('close', () => connections.delete(socket)))
  })
  server.on('upgrade', (request, socket: Socket, head) => {
    seen.push(request)
    socket.on('error', () => {})
    if (onUpgrade !== undefined) return onUpgrade(request, socket)
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => {})
      onSocket?.(opened, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    open: () => connections.size,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of connections) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

export function startStream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-node': 'a' })
  response.flushHeaders()
  return response
}
