// Opens one socket to an approved address, with our own deadline, and keeps what the connection told about itself.
import type { Socket } from 'node:net'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Approved } from './transport.ts'

export type ConnectOptions = {
  readonly origin: string
  readonly approved: Approved
  readonly timeoutMs: number
  readonly checkCertificates: boolean
  /** Which of several addresses to take: connections are spread over them in turn. */
  readonly turn: number
}

/** An error whose `cause` is already one of the wire's stable causes. */
export class ConnectError extends Error {
  readonly wireCause: string
  constructor(wireCause: string) {
    super(wireCause)
    this.wireCause = wireCause
  }
}

/** Calls back once, with a socket that is ready for a request or with an error. */
export function connect(options: ConnectOptions, done: (error: Error | null, socket: Socket | null) => void): void {
  const url = new URL(options.origin)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = options.approved.get(hostname)
  const address = addresses?.[options.turn % addresses.length]
  if (address === undefined) return done(new ConnectError('guard'), null)
  const isTls = url.protocol === 'https:'
  const port = Number(url.port || (isTls ? 443 : 80))
  const socket = isTls
    ? connectTls({
        host: address,
        port,
        servername: isIp(hostname) ? '' : hostname,
        ALPNProtocols: ['http/1.1'],
        rejectUnauthorized: options.checkCertificates,
      })
    : connectTcp({ host: address, port })
  socket.setNoDelay(true)
  const timer = setTimeout(() => finish(new ConnectError('connect-timeout')), options.timeoutMs)
  const finish = (error: Error | null): void => {
    clearTimeout(timer)
    socket.off(isTls ? 'secureConnect' : 'connect', onOpen)
    socket.off('error', finish)
    if (error === null) return done(null, socket)
    // A later error of a socket that we gave up must not end the process.
    socket.on('error', () => {})
    socket.destroy()
    done(error, null)
  }
  const onOpen = (): void => finish(null)
  socket.once(isTls ? 'secureConnect' : 'connect', onOpen)
  socket.once('error', finish)
}

function isIp(hostname: string): boolean {
  return hostname.includes(':') || /^[0-9.]+$/.test(hostname)
}
