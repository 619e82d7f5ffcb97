// Opens one socket to an approved address, with our own deadline. Tries the next address when one cannot be reached at all.
import type { Socket } from 'node:net'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Approved } from './transport.ts'

export type ConnectOptions = {
  readonly origin: string
  readonly approved: Approved
  /** For all addresses together. */
  readonly timeoutMs: number
  readonly checkCertificates: boolean
  /** Which of several addresses comes first: connections are spread over them in turn. */
  readonly turn: number
}

/** An error whose `wireCause` is already one of the wire's stable causes. */
export class ConnectError extends Error {
  readonly wireCause: string
  constructor(wireCause: string) {
    super(wireCause)
    this.wireCause = wireCause
  }
}

type OnConnected = (error: Error | null, socket: Socket | null) => void

/** Calls back once, with a socket that is ready for a request or with an error; not at all once the returned function was called. */
export function connect({ origin, approved, timeoutMs, checkCertificates, turn }: ConnectOptions, onConnected: OnConnected): () => void {
  const found = approved(origin) ?? []
  const addresses = found.map((_, i) => found[(turn + i) % found.length] ?? '')
  let attempt: Attempt | null = null
  let isGivenUp = false
  const timer = setTimeout(() => end(new ConnectError('connect-timeout')), timeoutMs)
  const end = (error: Error | null, socket: Socket | null = null): void => {
    clearTimeout(timer)
    if (socket === null) attempt?.abandon()
    onConnected(error, socket)
  }
  const tryNext = (last: Error): void => {
    if (isGivenUp) return
    const address = addresses.shift()
    if (address === undefined) return end(last)
    attempt = open(origin, address, checkCertificates, (error, socket) => {
      if (error !== null && isElsewhereWorthTrying(error)) tryNext(error)
      else end(error, socket)
    })
  }
  // Never before this function has returned.
  queueMicrotask(() => tryNext(new ConnectError('guard')))
  return () => {
    clearTimeout(timer)
    isGivenUp = true
    attempt?.abandon()
  }
}

function isElsewhereWorthTrying({ code = '' }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH'
}

type Attempt = { abandon(): void }

function open(origin: string, address: string, checkCertificates: boolean, onOpened: OnConnected): Attempt {
  const url = new URL(origin)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const isTls = url.protocol === 'https:'
  const port = Number(url.port || (isTls ? 443 : 80))
  const servername = isIp(hostname) ? '' : hostname
  const socket = isTls
    ? connectTls({ host: address, port, servername, ALPNProtocols: ['http/1.1'], rejectUnauthorized: checkCertificates })
    : connectTcp({ host: address, port })
  socket.setNoDelay(true)
  const isOpen = isTls ? 'secureConnect' : 'connect'
  const stopListening = (): void => {
    socket.off(isOpen, onOpen)
    socket.off('error', onError)
  }
  const abandon = (): void => {
    stopListening()
    // A later error of a socket that we gave up must not end the process.
    socket.on('error', () => {})
    socket.destroy()
  }
  const onOpen = (): void => {
    stopListening()
    onOpened(null, socket)
  }
  const onError = (error: Error): void => {
    abandon()
    onOpened(error, null)
  }
  socket.once(isOpen, onOpen)
  socket.once('error', onError)
  return { abandon }
}

function isIp(hostname: string): boolean {
  return hostname.includes(':') || /^[0-9.]+$/.test(hostname)
}
