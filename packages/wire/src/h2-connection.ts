// One connection of HTTP/2 and the exchanges on it. While it is being opened it may be given exchanges already: they go out together.
import type { ClientHttp2Session } from 'node:http2'
import { connect as connectH2 } from 'node:http2'
import type { Socket } from 'node:net'
import { causeOf, ownLack } from './causes.ts'
import type { Deadlines } from './deadlines.ts'
import { Timed } from './deadlines.ts'
import type { Dialled } from './dial.ts'
import { DialError } from './dial-error.ts'
import type { Dialler } from './dialler.ts'
import type { H2Carrier } from './h2-exchange.ts'
import { H2Exchange } from './h2-exchange.ts'
import type { Receiver, WireRequest } from './transport.ts'

export interface H2Home {
  readonly dialler: Dialler
  readonly deadlines: Deadlines
  readonly mostBodyBytes: number
  readonly idleMs: number
  now(): number
  closed(connection: H2Connection): void
}

export interface H2Pool {
  readonly isOpen: boolean
  /** No new exchange comes to it. */
  leave(connection: H2Connection): void
}

/** RFC 9113 §6.5.2 asks servers to allow at least this many; as many as browsers put on one connection. */
const mostStreams = 100

/** What OpenSSL says when a server knows no protocol of ours; said by us where a server just does not take up the question. */
const noProtocol = 'tls:ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL'

export class H2Connection extends Timed implements H2Carrier {
  readonly #home: H2Home
  readonly #pool: H2Pool
  readonly #under = new Set<H2Exchange>()
  #mostStreams = mostStreams
  #socket: Socket | null = null
  #session: ClientHttp2Session | null = null
  #dialled: Dialled | null = null
  #giveUp: (() => void) | null = null
  #isLeaving = false
  #isClosed = false
  #readBytes = 0
  #writtenBytes = 0

  constructor(home: H2Home, pool: H2Pool, origin: string, connectTimeoutMs: number) {
    super()
    this.#home = home
    this.#pool = pool
    this.#giveUp = home.dialler.open(origin, connectTimeoutMs, ['h2'], (error, dialled) => {
      this.#giveUp = null
      if (dialled === null) this.#onDead(error ?? new Error('no socket'))
      else this.#onOpen(origin, dialled)
    })
  }

  get mostBodyBytes(): number {
    return this.#home.mostBodyBytes
  }

  now(): number {
    return this.#home.now()
  }

  get hasRoom(): boolean {
    return this.#under.size < this.#mostStreams
  }

  get isIdle(): boolean {
    return this.#under.size === 0
  }

  send(request: WireRequest, receiver: Receiver): H2Exchange {
    const { deadlines } = this.#home
    const exchange = new H2Exchange(request, receiver, this)
    deadlines.end(this)
    exchange.sentMs = this.now()
    exchange.readBeforeBytes = this.#socket?.bytesRead ?? 0
    deadlines.begin(exchange, request.timeoutMs, exchange.sentMs)
    deadlines.begin(exchange.firstByte, request.firstByteTimeoutMs, exchange.sentMs)
    this.#under.add(exchange)
    if (this.#session !== null) exchange.go(this.#session)
    return exchange
  }

  begun({ firstByte }: H2Exchange): void {
    this.#home.deadlines.end(firstByte)
  }

  ended(exchange: H2Exchange, cause: string | null): void {
    const { deadlines, idleMs } = this.#home
    deadlines.end(exchange)
    deadlines.end(exchange.firstByte)
    this.#under.delete(exchange)
    this.#tell(exchange)
    // For all of its time not a byte came: the connection may be dead without anybody having told us, so nobody new gets it.
    const isSilent = cause?.endsWith('timeout') === true && this.#socket?.bytesRead === exchange.readBeforeBytes
    if (isSilent) this.#leave()
    if (!this.isIdle) return
    if (this.#isLeaving || this.#session === null || !this.#pool.isOpen) this.close()
    else deadlines.begin(this, idleMs, this.now())
  }

  /** What passed the socket since an exchange last ended: which of several it belonged to, TLS does not tell. */
  #tell(exchange: H2Exchange): void {
    const { bytesRead, bytesWritten } = this.#socket ?? { bytesRead: 0, bytesWritten: 0 }
    exchange.bytesIn = bytesRead - this.#readBytes
    exchange.bytesOut = bytesWritten - this.#writtenBytes
    this.#readBytes = bytesRead
    this.#writtenBytes = bytesWritten
    if (this.#dialled === null) return
    exchange.connectMs = this.#dialled.connectMs
    exchange.handshakeMs = this.#dialled.handshakeMs
    this.#dialled = null
  }

  /** Nobody used it for long. */
  override expire(): void {
    this.close()
  }

  fail(cause: string): void {
    this.#leave()
    for (const exchange of [...this.#under]) exchange.fail(cause)
    this.close()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#leave()
    this.#home.deadlines.end(this)
    this.#giveUp?.()
    this.#session?.destroy()
    this.#socket?.destroy()
    this.#home.closed(this)
  }

  #leave(): void {
    this.#isLeaving = true
    this.#pool.leave(this)
  }

  #onOpen(origin: string, dialled: Dialled): void {
    const { socket } = dialled
    this.#socket = socket
    socket.on('error', () => {})
    if (!('alpnProtocol' in socket) || socket.alpnProtocol !== 'h2') return this.#onDead(new DialError(noProtocol))
    this.#dialled = dialled
    const session = connectH2(origin, { createConnection: () => socket, settings: { enablePush: false } })
    this.#session = session
    let failure: Error | null = null
    session.on('remoteSettings', ({ maxConcurrentStreams = mostStreams }) => {
      // None for now (RFC 9113 §5.1.2): they wait here, as on any other connection to it.
      this.#mostStreams = maxConcurrentStreams === 0 ? mostStreams : Math.min(mostStreams, maxConcurrentStreams)
    })
    // Its streams may end as they would; those that the server will not see are closed as refused.
    session.on('goaway', () => this.#leave())
    session.on('error', (error) => {
      failure = error
    })
    session.on('close', () => this.#onDead(failure ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    for (const exchange of [...this.#under]) exchange.go(session)
  }

  #onDead(error: Error): void {
    const lack = ownLack(error)
    this.#leave()
    for (const exchange of [...this.#under]) {
      if (lack === null) exchange.fail(causeOf(error, exchange.firstByteMs > 0))
      else exchange.lack(lack)
    }
    this.close()
  }
}
