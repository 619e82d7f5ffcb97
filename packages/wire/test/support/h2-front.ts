// An HTTP/2 server before a raw one: whatever the raw one does to a request becomes what HTTP/2 has for it.
import type { IncomingMessage } from 'node:http'
import { Agent, request as ask } from 'node:http'
import type { IncomingHttpHeaders, SecureServerOptions, ServerHttp2Stream } from 'node:http2'
import { createSecureServer } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import type { OnRequest, RawServer } from './raw-server.ts'
import { startRawServer } from './raw-server.ts'

export async function startH2Front(onRequest: OnRequest, options: SecureServerOptions): Promise<RawServer> {
  const raw = await startRawServer(onRequest)
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const sockets = new Set<Socket>()
  let connections = 0
  let onConnection: (socket: Socket) => void = () => {}
  let closed = 0
  const server = createSecureServer(options)
  server.on('secureConnection', (socket: Socket) => {
    connections++
    onConnection(socket)
    sockets.add(socket)
    socket.on('close', () => {
      closed++
      sockets.delete(socket)
    })
  })
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) =>
    pass(stream, headers, Number(new URL(raw.origin).port), agent),
  )
  server.on('sessionError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    closed: () => closed,
    onConnection: (called) => {
      onConnection = called
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      agent.destroy()
      await raw.stop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, port: number, agent: Agent): void {
  const { ':method': method, ':path': path } = headers
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
  const request = ask({ host: '127.0.0.1', port, agent, headers: plain, ...(method && { method }), ...(path && { path }) })
  const reset = (): void => {
    // `close` would end the body properly first.
    stream.destroy(new Error('reset'))
  }
  stream.pipe(request)
  stream.on('error', () => {})
  stream.on('close', () => request.destroy())
  request.on('error', reset)
  request.on('information', ({ statusCode }) => stream.additionalHeaders({ ':status': statusCode }))
  request.on('response', (answer) => respond(stream, answer, reset))
}

function respond(stream: ServerHttp2Stream, answer: IncomingMessage, reset: () => void): void {
  if (stream.destroyed) return
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...headers } = answer.headers
  stream.respond({ ':status': answer.statusCode, ...headers })
  answer.on('error', reset)
  answer.pipe(stream)
}
