// Opens one socket through a proxy: to the proxy first, then a tunnel by CONNECT (RFC 9110 §9.3.6), then TLS with the origin inside of it. A
// request for a plain http origin needs no tunnel: the proxy is told the whole URL with it (RFC 9112 §3.2.2).
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { causeOf, ownLack } from './causes.ts'
import type { Dialled, DialOptions } from './dial.ts'
import { dial, greeting } from './dial.ts'
import { DialError } from './dial-error.ts'
import { portOfUrl } from './route.ts'
import { timerMs } from './timers.ts'
import type { HttpProxy } from './transport.ts'

export type ThroughOptions = DialOptions & {
  readonly proxy: HttpProxy
  /** Host and port that the proxy is asked for; null: no tunnel. */
  readonly authority: string | null
}

type OnDialled = (error: Error | null, dialled: Dialled | null) => void

const mostHeadBytes = 16_384

/** As `dial`. Whatever fails before the tunnel stands has a cause that begins with `proxy:`. */
export function dialThrough(options: ThroughOptions, onDialled: OnDialled): () => void {
  return new Tunnelling(options, onDialled).stop
}

/** The socket to the proxy, and what is made of it within the same deadline. */
class Tunnelling {
  readonly #options: ThroughOptions
  readonly #onDialled: OnDialled
  readonly #startMs: number
  readonly #stopDialling: () => void
  /** To the proxy, once a tunnel is asked for on it. */
  #socket: Socket | null = null
  #deadline: NodeJS.Timeout | undefined
  #isThrough = false
  #isOver = false

  constructor(options: ThroughOptions, onDialled: OnDialled) {
    const { now, authority } = options
    this.#options = options
    this.#onDialled = onDialled
    this.#startMs = now()
    this.#stopDialling = dial(toProxy(options), (error, dialled) => {
      if (dialled === null) onDialled(error === null || ownLack(error) !== null ? error : ofProxy(error), null)
      else if (authority === null) onDialled(null, dialled)
      else this.#tunnel(dialled.socket, authority)
    })
  }

  readonly stop = (): void => {
    if (this.#socket === null) this.#stopDialling()
    else if (this.#finish()) abandon(this.#socket)
  }

  #tunnel(socket: Socket, authority: string): void {
    const { now, timeoutMs, proxy } = this.#options
    this.#socket = socket
    this.#deadline = setTimeout(() => this.#runOut(socket), timerMs(timeoutMs - (now() - this.#startMs)))
    openTunnel(socket, connectHead(authority, proxy), (error) => {
      if (error === null) this.#goThrough(socket)
      else this.#fail(error, socket)
    })
  }

  #goThrough(socket: Socket): void {
    const { now, origin } = this.#options
    this.#isThrough = true
    const connectMs = now() - this.#startMs
    if (origin.protocol === 'http:') return this.#open({ socket, connectMs, handshakeMs: null })
    secure(socket, this.#options, (error, tunnelled) => {
      if (tunnelled === null) this.#fail(error, socket)
      else this.#open({ socket: tunnelled, connectMs, handshakeMs: now() - this.#startMs - connectMs })
    })
  }

  #runOut(socket: Socket): void {
    this.#fail(new DialError(this.#isThrough ? 'connect-timeout' : 'proxy:connect-timeout'), socket)
  }

  #open(dialled: Dialled): void {
    if (this.#finish()) this.#onDialled(null, dialled)
  }

  #fail(error: Error | null, socket: Socket): void {
    if (!this.#finish()) return
    abandon(socket)
    this.#onDialled(error, null)
  }

  /** True the first time: nothing is told after it. */
  #finish(): boolean {
    const isFirst = !this.#isOver
    this.#isOver = true
    clearTimeout(this.#deadline)
    return isFirst
  }
}

function toProxy({ proxy, tls, ...options }: ThroughOptions): DialOptions {
  const origin = new URL(proxy.origin)
  const { checkCertificates = true, authorities } = tls
  return {
    ...options,
    origin,
    addresses: proxy.addresses,
    port: portOfUrl(origin),
    // Our own certificate is for the target, and HTTP/2 is spoken inside the tunnel only.
    tls: { checkCertificates, ...(authorities !== undefined && { authorities }) },
    protocols: [],
    session: undefined,
    onSession: undefined,
  }
}

function ofProxy(error: Error): DialError {
  return new DialError(`proxy:${causeOf(error, false)}`)
}

function connectHead(authority: string, { authorization }: HttpProxy): string {
  const secret = authorization === undefined ? '' : `proxy-authorization: ${authorization}\r\n`
  return `CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${secret}\r\n`
}

/** Calls back once. The proxy's own answer is no part of the exchange; what follows its head is. */
function openTunnel(socket: Socket, head: string, onOpen: (error: Error | null) => void): void {
  let read = Buffer.alloc(0)
  const end = (error: Error | null): void => {
    socket.off('data', onData).off('error', onError).off('close', onClose).pause()
    onOpen(error)
  }
  const onError = (error: Error): void => end(ofProxy(error))
  const onClose = (): void => end(new DialError('proxy:reset'))
  const onData = (bytes: Buffer): void => {
    read = Buffer.concat([read, bytes])
    const headEnd = read.indexOf('\r\n\r\n')
    if (headEnd < 0) return read.length > mostHeadBytes ? end(new DialError('proxy:too-large')) : undefined
    const [, status] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(read.toString('latin1', 0, headEnd + 2)) ?? []
    if (status === undefined) return end(new DialError('proxy:malformed'))
    if (!status.startsWith('2')) return end(new DialError(`proxy:${status}`))
    end(null)
    const rest = read.subarray(headEnd + 4)
    if (rest.length > 0) socket.unshift(rest)
  }
  socket.on('data', onData).on('error', onError).on('close', onClose)
  socket.write(head, 'latin1')
}

function secure(socket: Socket, options: DialOptions, onSecure: (error: Error | null, socket: Socket | null) => void): void {
  const tunnelled = connectTls({ ...greeting(options), socket })
  const onError = (error: Error): void => onSecure(error, null)
  tunnelled.once('error', onError)
  tunnelled.once('close', () => onSecure(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), null))
  tunnelled.once('secureConnect', () => onSecure(null, tunnelled))
}

function abandon(socket: Socket): void {
  // A later error of a socket that we gave up must not end the process.
  socket.on('error', () => {})
  socket.destroy()
}
