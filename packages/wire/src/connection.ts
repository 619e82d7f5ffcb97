// One socket of a lane: being opened, busy with one exchange, idle, or closed. Everything that can happen to a socket ends here, once.
//
//   opening ──▶ busy ⇄ idle ──▶ closed        (from anywhere to closed: error, end, deadline, cancel, bytes nobody asked for)
import type { Socket } from 'node:net'
import { causeOf, ownLack } from './causes.ts'
import type { Deadlines } from './deadlines.ts'
import { Timed } from './deadlines.ts'
import type { Dialled, DialOptions } from './dial.ts'
import { dial } from './dial.ts'
import type { Exchange } from './exchange.ts'
import { FirstByte } from './exchange.ts'
import type { KnownHeads } from './known-heads.ts'
import { ResponseReader } from './response-reader.ts'
import { SlowLink } from './slow-link.ts'
import type { FileBody, Link, Now, Unsent } from './transport.ts'
import { Upload } from './upload.ts'

/** What all connections of a transport share. */
export interface Home {
  readonly now: Now
  readonly deadlines: Deadlines
  /** Where every socket is read to: what stands there is gone at the next read of any of them. */
  readonly buffer: Buffer
  readonly mostBodyBytes: number
  readonly knownHeads: KnownHeads
  /** An idle socket is kept this long. */
  readonly idleMs: number
  /** Null: nobody approved that origin. */
  dialOptions(origin: string, timeoutMs: number, onBytes: (length: number) => boolean): DialOptions | null
  closed(connection: Connection): void
}

/** The idle connections of one lane to one origin. */
export interface Pool {
  readonly origin: string
  /** Null: whoever uses it sits beside the server. */
  readonly link: Link | null
  readonly isOpen: boolean
  rest(connection: Connection): void
  leave(connection: Connection): void
}

export class Connection extends Timed {
  readonly #home: Home
  readonly #pool: Pool
  readonly #reader: ResponseReader
  #socket: Socket | null = null
  #exchange: Exchange | null = null
  #giveUp: (() => void) | null = null
  #upload: Upload | null = null
  #isClosed = false
  /** Until when the server said it keeps it, once idle. */
  #keptUntilMs = Number.POSITIVE_INFINITY
  readonly #link: SlowLink | null

  constructor(home: Home, pool: Pool) {
    super()
    this.#home = home
    this.#pool = pool
    this.#reader = new ResponseReader(home.mostBodyBytes, home.knownHeads)
    this.#link = pool.link === null ? null : new SlowLink(pool.link, home.now)
  }

  open(timeoutMs: number): void {
    const wanted = this.#home.dialOptions(this.#pool.origin, timeoutMs, (bytes) => this.#onBytes(bytes))
    if (wanted === null) {
      setImmediate(() => this.fail('guard'))
      return
    }
    this.#giveUp = dial(wanted, (error, dialled) => {
      this.#giveUp = null
      if (dialled === null) this.#onError(error ?? new Error('no socket'))
      else this.#onOpen(dialled)
    })
  }

  /** Sends; the connection is this lane's newest or was idle. */
  begin(exchange: Exchange): void {
    const { deadlines, now } = this.#home
    const { timeoutMs, firstByteTimeoutMs } = exchange.prepared.request
    this.#exchange = exchange
    exchange.sentMs = now()
    deadlines.begin(exchange, timeoutMs, exchange.sentMs)
    if (firstByteTimeoutMs !== Number.POSITIVE_INFINITY) {
      exchange.firstByte = new FirstByte(exchange)
      deadlines.begin(exchange.firstByte, firstByteTimeoutMs, exchange.sentMs)
    }
    if (this.#socket !== null) this.#start(this.#socket, exchange)
  }

  /** The server said how long it keeps an idle connection. */
  get mayBeGone(): boolean {
    return this.#keptUntilMs !== Number.POSITIVE_INFINITY
  }

  isKeptAt(nowMs: number): boolean {
    return nowMs < this.#keptUntilMs
  }

  /** The exchange under way ends with this cause, and the socket with it. */
  fail(cause: string): void {
    const exchange = this.#release()
    if (exchange === null) this.#pool.leave(this)
    this.close()
    exchange?.break(cause)
  }

  /** Nobody used it for long. */
  override expire(): void {
    this.#pool.leave(this)
    this.close()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#home.deadlines.end(this)
    this.#giveUp?.()
    this.#upload?.stop()
    this.#link?.stop()
    this.#socket?.destroy()
    this.#home.closed(this)
  }

  #onOpen({ socket, connectMs, handshakeMs }: Dialled): void {
    this.#socket = socket
    // The listeners of dialling are spent.
    socket.on('error', (error) => this.#onError(error))
    socket.on('end', () => this.#onEnd())
    socket.on('close', () => this.#onEnd())
    if (this.#exchange === null) return this.close()
    this.#exchange.connectMs = connectMs
    this.#exchange.handshakeMs = handshakeMs
    this.#start(socket, this.#exchange)
  }

  #start(socket: Socket, exchange: Exchange): void {
    const { connectMs, handshakeMs } = exchange
    if (this.#link === null) this.#write(socket, exchange)
    else this.#link.after(this.#link.outMs(connectMs !== null, handshakeMs !== null), () => this.#write(socket, exchange))
  }

  #write(socket: Socket, exchange: Exchange): void {
    const { prepared, patch } = exchange
    const wanted = prepared.bytesOf(patch)
    if (wanted === null) {
      setImmediate(() => this.#isStill(exchange) && this.fail('unsendable'))
      return
    }
    const { bytes, file } = wanted
    exchange.bytesOut = bytes.length
    if (typeof bytes === 'string') socket.write(bytes, 'latin1')
    else socket.write(bytes)
    if (file !== null) this.#sendFile(socket, file, exchange)
  }

  #sendFile(socket: Socket, file: FileBody, exchange: Exchange): void {
    this.#upload = new Upload(socket, file, {
      onSent: (sentBytes) => {
        if (this.#isStill(exchange)) exchange.bytesOut += sentBytes
      },
      onFailed: (error) => {
        if (this.#isStill(exchange)) this.#failFile(error)
      },
    })
  }

  #failFile(error: Error | null): void {
    const lack = error === null ? null : ownLack(error)
    if (lack === null) this.fail('unsendable')
    else this.#lack(lack)
  }

  #isStill(exchange: Exchange): boolean {
    return this.#exchange === exchange
  }

  /** `length` bytes stand at the beginning of the shared buffer. */
  #onBytes(length: number): boolean {
    const exchange = this.#exchange
    if (exchange === null || this.#link?.spoil() === true) return this.#onStray()
    const { now, buffer } = this.#home
    const nowMs = now()
    const reader = this.#reader
    if (exchange.firstByteMs === 0) {
      if (exchange.bytesOut === 0) return this.#onEarly()
      exchange.firstByteMs = nowMs
      if (exchange.firstByte !== null) this.#home.deadlines.end(exchange.firstByte)
      const { method, keepBody } = exchange.prepared.request
      reader.begin(method, keepBody)
    }
    const reached = reader.feed(buffer, 0, length)
    exchange.bytesIn += Math.min(reached, length)
    const pauseMs = this.#link?.readPauseMs(reached, nowMs) ?? 0
    if (reader.isDone) this.#onAnswer(exchange, nowMs, reached === length)
    else if (reader.hasFailed) this.fail(reader.cause)
    else if (pauseMs > 0) this.#link?.after(pauseMs, () => this.#socket?.resume())
    // The line is full for a while: what comes now waits where it is.
    return pauseMs === 0
  }

  /** Bytes that nobody asked for: the next request must not get them for an answer. */
  #onStray(): boolean {
    if (this.#exchange === null) this.expire()
    return false
  }

  /** Bytes while the request is still on its way through a slow link: they answer something else. */
  #onEarly(): boolean {
    this.fail('reset')
    return false
  }

  #onAnswer(exchange: Exchange, nowMs: number, isClean: boolean): void {
    const { prepared, patch } = exchange
    const isReusable = isClean && this.#reader.isReusable && !prepared.closesWith(patch) && this.#isSent
    if (this.#link !== null) return this.#arrive(exchange, isReusable, nowMs, this.#link)
    exchange.doneMs = nowMs
    this.#end(isReusable, nowMs)
    exchange.answer(this.#reader)
    this.#reader.release()
  }

  /** The last piece still has to come through the line; the connection is taken until it has. */
  #arrive(exchange: Exchange, isReusable: boolean, nowMs: number, link: SlowLink): void {
    exchange.hold(this.#reader)
    this.#reader.release()
    link.arrive(nowMs, (isWhole) => {
      exchange.doneMs = this.#home.now()
      exchange.firstByteMs = Math.min(exchange.firstByteMs + link.halfTripMs, exchange.doneMs)
      exchange.linkMs = link.takeAddedMs()
      this.#end(isReusable && isWhole, exchange.doneMs)
      this.#socket?.resume()
      exchange.see()
    })
  }

  /** The exchange is over and was answered. */
  #end(isReusable: boolean, nowMs: number): void {
    this.#release()
    if (isReusable && this.#pool.isOpen) this.#rest(nowMs)
    else this.close()
    this.#upload = null
  }

  /** False: the answer came early, and another request would wait behind the rest of this one. */
  get #isSent(): boolean {
    return (this.#upload === null || this.#upload.isDone) && this.#socket?.writableLength === 0
  }

  #rest(nowMs: number): void {
    const { idleMs } = this.#reader
    // Early, by a second or half of a shorter time: closed by the server while our request is on its way, it would cost that request.
    this.#keptUntilMs = nowMs + idleMs - Math.min(1_000, idleMs / 2)
    this.#home.deadlines.begin(this, this.#home.idleMs, nowMs)
    this.#pool.rest(this)
  }

  /** Takes the exchange off this connection; its moments are final. */
  #release(): Exchange | null {
    const exchange = this.#exchange
    if (exchange === null) return null
    this.#exchange = null
    const { deadlines, now } = this.#home
    if (exchange.doneMs === 0) exchange.doneMs = now()
    deadlines.end(exchange)
    if (exchange.firstByte !== null) deadlines.end(exchange.firstByte)
    return exchange
  }

  #onEnd(): void {
    if (this.#isClosed || this.#link?.spoil() === true) return
    const exchange = this.#exchange
    if (exchange === null) return this.expire()
    if (exchange.firstByteMs === 0) return this.fail('reset')
    this.#reader.end()
    if (this.#reader.isDone) this.#onAnswer(exchange, this.#home.now(), true)
    else this.fail(this.#reader.cause)
  }

  #onError(error: Error): void {
    if (this.#isClosed || this.#link?.spoil() === true) return
    const lack = ownLack(error)
    if (this.#exchange === null) return this.expire()
    if (lack === null || this.#socket !== null) return this.fail(causeOf(error, this.#exchange.firstByteMs > 0))
    this.#lack(lack)
  }

  #lack(cause: Unsent['cause']): void {
    const exchange = this.#release()
    this.close()
    exchange?.lack(cause)
  }
}
