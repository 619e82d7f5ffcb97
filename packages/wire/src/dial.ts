// Opens one socket to an approved address: several addresses race as RFC 8305 has it, TLS on top where the origin asks for it, one deadline for
// all. Knows nothing of requests.
//
//   address 1 ──connect──▶ … slow …            abandoned
//   address 2      (250 ms later, or as soon as 1 fails) ──connect──▶ ──TLS──▶ the socket
import type { OnReadOpts, Socket } from 'node:net'
import { connect as connectTcp, isIP } from 'node:net'
import type { ConnectionOptions, SecureContext } from 'node:tls'
import { checkServerIdentity, connect as connectTls, createSecureContext } from 'node:tls'
import { isOfAddress, moreTelling } from './causes.ts'
import { DialError } from './dial-error.ts'
import { timerMs } from './timers.ts'
import type { Now, TlsOptions } from './transport.ts'

export type DialOptions = {
  readonly now: Now
  readonly origin: URL
  /** In the order in which they are tried; at least one. */
  readonly addresses: readonly string[]
  readonly port: number
  readonly localAddress: string | undefined
  /** For all addresses together, TLS included. */
  readonly timeoutMs: number
  readonly tls: TlsOptions
  /** Protocols offered by ALPN, the best first. */
  readonly protocols: readonly string[]
  /** The session of an earlier connection, to be taken up. */
  readonly session: Buffer | undefined
  readonly onSession: ((session: Buffer) => void) | undefined
  /** Where bytes are read to, without a stream in between; undefined: the socket is a stream. */
  readonly onread: OnReadOpts | undefined
}

export type Dialled = {
  readonly socket: Socket
  readonly connectMs: number
  readonly handshakeMs: number | null
}

/** RFC 8305 §8, connection attempt delay. */
const staggerMs = 250

type OnDialled = (error: Error | null, dialled: Dialled | null) => void

/** Calls back once, later, with a socket that is ready for a request or with an error; not at all once the returned function was called. */
export function dial(options: DialOptions, onDialled: OnDialled): () => void {
  return new Dialling(options, onDialled).stop
}

/** The attempts at one socket, of which the first that comes through wins. */
class Dialling {
  readonly #options: DialOptions
  readonly #onDialled: OnDialled
  readonly #deadline: NodeJS.Timeout
  /** Under way. */
  readonly #attempts: Attempt[] = []
  #stagger: NodeJS.Timeout | undefined
  #next = 0
  #error: Error | null = null

  constructor(options: DialOptions, onDialled: OnDialled) {
    this.#options = options
    this.#onDialled = onDialled
    this.#deadline = setTimeout(runOut, timerMs(options.timeoutMs), this)
    this.tryNext()
  }

  readonly stop = (): void => {
    clearTimeout(this.#deadline)
    clearTimeout(this.#stagger)
    for (const attempt of this.#attempts) attempt.abandon()
  }

  tryNext(): void {
    const { addresses } = this.#options
    const address = addresses[this.#next++]
    clearTimeout(this.#stagger)
    if (address === undefined) return
    try {
      this.#attempts.push(new Attempt(this.#options, address, this))
    } catch (error) {
      // A key that does not fit, an address that is none: told like everything else, and later.
      this.#stagger = setTimeout(() => this.fail(error as Error), 0)
      return
    }
    if (this.#next < addresses.length) this.#stagger = setTimeout(goOn, staggerMs, this)
  }

  opened(dialled: Dialled): void {
    this.stop()
    this.#onDialled(null, dialled)
  }

  failed(attempt: Attempt, error: Error): void {
    this.#attempts.splice(this.#attempts.indexOf(attempt), 1)
    this.#error = this.#error === null ? error : moreTelling(this.#error, error)
    if (this.#next < this.#options.addresses.length && isOfAddress(error)) this.tryNext()
    else if (this.#attempts.length === 0) this.fail(this.#error)
  }

  fail(error: Error): void {
    this.stop()
    this.#onDialled(error, null)
  }
}

function runOut(dialling: Dialling): void {
  dialling.fail(new DialError('connect-timeout'))
}

function goOn(dialling: Dialling): void {
  dialling.tryNext()
}

/** Holds on to nothing once it is over: its listeners go, and with them everything that they know. */
class Attempt {
  readonly #socket: Socket
  readonly #dialling: Dialling
  readonly #now: Now
  readonly #startMs: number
  readonly #isTls: boolean
  #connectedMs = 0
  #isOver = false

  constructor(options: DialOptions, address: string, dialling: Dialling) {
    const { now, origin, onSession } = options
    this.#now = now
    this.#dialling = dialling
    this.#startMs = now()
    this.#isTls = origin.protocol === 'https:'
    this.#socket = this.#isTls ? connectTls(tlsOptions(options, address)) : connectTcp(tcpOptions(options, address))
    this.#socket.on('connect', this.#onConnect)
    if (this.#isTls) this.#socket.on('secureConnect', this.#onSecure)
    this.#socket.on('error', this.#fail)
    this.#socket.on('close', this.#onClose)
    if (onSession !== undefined) this.#socket.on('session', onSession)
  }

  readonly #onConnect = (): void => {
    this.#connectedMs = this.#now()
    if (!this.#isTls) this.#open(null)
  }

  readonly #onSecure = (): void => this.#open(this.#now() - this.#connectedMs)

  /** Closed in the middle of a handshake, without a word. */
  readonly #onClose = (): void => this.#fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))

  readonly #fail = (error: Error): void => {
    if (this.#isOver) return
    this.abandon()
    this.#dialling.failed(this, error)
  }

  #open(handshakeMs: number | null): void {
    if (this.#isOver) return
    this.#end()
    this.#dialling.opened({ socket: this.#socket, connectMs: this.#connectedMs - this.#startMs, handshakeMs })
  }

  abandon(): void {
    if (this.#isOver) return
    this.#end()
    // A later error of a socket that we gave up must not end the process.
    this.#socket.on('error', () => {})
    this.#socket.destroy()
  }

  #end(): void {
    this.#isOver = true
    this.#socket.off('connect', this.#onConnect)
    this.#socket.off('secureConnect', this.#onSecure)
    this.#socket.off('error', this.#fail)
    this.#socket.off('close', this.#onClose)
  }
}

function tcpOptions({ port, localAddress, onread }: DialOptions, address: string) {
  return {
    host: address,
    port,
    noDelay: true,
    ...(localAddress !== undefined && { localAddress }),
    ...(onread !== undefined && { onread }),
  }
}

function tlsOptions(options: DialOptions, address: string): ConnectionOptions {
  return { ...tcpOptions(options, address), ...greeting(options) }
}

/** How TLS greets, whatever it runs over. @throws what OpenSSL says of a key or a certificate that it cannot read */
export function greeting({ origin, tls, protocols, session }: Pick<DialOptions, 'origin' | 'tls' | 'protocols' | 'session'>) {
  const hostname = origin.hostname.replace(/^\[|\]$/g, '')
  const offered: ConnectionOptions = {
    secureContext: contextOf(tls),
    // A bare address is no name that TLS could send.
    servername: isIP(hostname) > 0 ? '' : hostname,
    // What a certificate is held against is the URL's host, wherever the connection really goes.
    checkServerIdentity: (_, certificate) => checkServerIdentity(hostname, certificate),
    rejectUnauthorized: tls.checkCertificates ?? true,
  }
  return { ...offered, ...(protocols.length > 0 && { ALPNProtocols: [...protocols] }), ...(session !== undefined && { session }) }
}

/** Certificates and keys are read once for all connections that share them. */
const contexts = new WeakMap<TlsOptions, SecureContext>()

function contextOf(tls: TlsOptions): SecureContext {
  const known = contexts.get(tls)
  if (known !== undefined) return known
  const { authorities, certificate, key, passphrase, only } = tls
  const made = createSecureContext({
    ...(authorities !== undefined && { ca: authorities }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
    ...(passphrase !== undefined && { passphrase }),
    ...(only !== undefined && { minVersion: only, maxVersion: only, ciphers: 'DEFAULT:@SECLEVEL=0' }),
  })
  contexts.set(tls, made)
  return made
}

/** For transports that were told nothing of TLS: one value, so that its context is made once. */
export const usualTls: TlsOptions = {}
