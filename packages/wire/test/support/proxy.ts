// A forward proxy for tests: tunnels by CONNECT, and requests with a whole URL. It passes bytes and understands none of them.
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { createServer as createTlsServer } from 'node:tls'

export type TestProxy = {
  readonly origin: string
  /** First lines of the heads that came, and the secrets in them. */
  readonly asked: readonly string[]
  readonly secrets: readonly string[]
  readonly stop: () => Promise<void>
}

export type ProxyManners = {
  /** What a tunnel is answered with. */
  readonly answer?: string
  readonly tls?: TlsOptions
  /** Port of this machine that every target is taken to, whatever it is called. */
  readonly allTo?: number
}

export async function startProxy({
  answer = 'HTTP/1.1 200 Connection established\r\n\r\n',
  tls,
  allTo,
}: ProxyManners = {}): Promise<TestProxy> {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const secrets: string[] = []
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  }
  const accept = (client: Socket): void => {
    keep(client).once('data', (head: Buffer) => {
      const [, method = '', host = '', port = ''] = /^(\S+) (?:http:\/\/)?([^/:\s]+):?(\d*)/.exec(head.toString('latin1')) ?? []
      asked.push(/^[^\r]*/.exec(head.toString('latin1'))?.[0] ?? '')
      secrets.push(/^proxy-authorization: ([^\r]*)/im.exec(head.toString('latin1'))?.[1] ?? '')
      const isTunnel = method === 'CONNECT'
      if (isTunnel && !/^HTTP\/1\.1 2/.test(answer)) return void client.end(answer)
      const target = keep(connect({ host: allTo === undefined ? host : '127.0.0.1', port: allTo ?? Number(port), noDelay: true }))
      target.on('close', () => client.destroy())
      client.on('close', () => target.destroy())
      target.once('connect', () => {
        if (isTunnel) client.write(answer)
        else target.write(relative(head))
        client.on('data', (bytes: Buffer) => target.write(isTunnel ? bytes : relative(bytes)))
        target.on('data', (bytes) => client.write(bytes))
        target.on('end', () => client.end())
      })
    })
  }
  const server = tls === undefined ? createServer({ noDelay: true }, accept) : createTlsServer(tls, accept)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    secrets,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Requests come one at a time, so each piece begins with a head or has none. */
function relative(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/^([A-Z]+) http:\/\/[^/]+/, '$1 '), 'latin1')
}
