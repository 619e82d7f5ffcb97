// One request on one undici client, from dispatch to its single answer. Deadlines, moments and byte counts are ours.
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { causeOf, ownLack } from './causes.ts'
import { headBytes } from './head-bytes.ts'
import type { Line } from './line.ts'
import { timerMs } from './timers.ts'
import type { Answered, Body, Moments, Now, Receiver, Sending, WireAnswer, WireRequest } from './transport.ts'

type IncomingHeaders = Readonly<Record<string, string | string[] | undefined>>

const mostErrorBytes = 65_536

export type ExchangeOptions = {
  readonly line: Line
  readonly request: WireRequest
  readonly now: Now
  readonly receiver: Receiver
  /** Called once, before the receiver is told. */
  readonly onEnd: (isUsable: boolean) => void
}

/** Every way out goes through `#settle`, once. */
export class UndiciExchange implements Dispatcher.DispatchHandler, Sending {
  readonly #options: ExchangeOptions
  readonly #chunks: Buffer[] = []
  #keptBytes = 0
  #mostKeptBytes = 0
  #sentMs = 0
  #firstByteMs = 0
  #status = 0
  #headers: IncomingHeaders = {}
  #timers: readonly NodeJS.Timeout[] = []
  #controller: Dispatcher.DispatchController | null = null
  #isStarting = false
  #isDone = false

  constructor(options: ExchangeOptions) {
    this.#options = options
  }

  start(): void {
    const { line, now, request } = this.#options
    const { path, method, headers, body, timeoutMs, firstByteTimeoutMs } = request
    this.#sentMs = now()
    this.#timers = [this.#deadline(timeoutMs, 'timeout'), ...this.#firstByteDeadline(firstByteTimeoutMs)]
    this.#isStarting = true
    try {
      const wanted = {
        path,
        method: method as Dispatcher.HttpMethod,
        headers: { ...headers, ...lengthOf(body) },
        body: bodyOf(body),
        idempotent: false,
      }
      line.client.dispatch(wanted, this)
    } catch (error) {
      setImmediate(() => this.#fail(causeOf(error as Error, false)))
    }
    this.#isStarting = false
  }

  cancel(): void {
    this.stop('cancelled')
  }

  stop(cause: string): void {
    if (this.#isDone) return
    this.#fail(cause)
    this.#controller?.abort(new Error(cause))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isDone) controller.abort(new Error('too late'))
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHeaders): void {
    if (this.#firstByteMs === 0) this.#firstByteMs = this.#options.now()
    clearTimeout(this.#timers[1])
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    const { keepBody } = this.#options.request
    if (keepBody === 'whole') this.#mostKeptBytes = Number.POSITIVE_INFINITY
    else if (keepBody === 'errors' && status >= 400) this.#mostKeptBytes = mostErrorBytes
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#keptBytes >= this.#mostKeptBytes) return
    const piece = chunk.subarray(0, this.#mostKeptBytes - this.#keptBytes)
    this.#keptBytes += piece.length
    this.#chunks.push(piece)
  }

  onResponseEnd(): void {
    if (this.#isDone) return
    const [first] = this.#chunks
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    const body = this.#mostKeptBytes > 0 ? whole : null
    this.#end(new UndiciAnswer(this.#settle(), this.#status, this.#firstByteMs, this.#headers, body), true)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isDone) return
    // What undici refuses at once is told like everything else: after `send` has returned, and not in the same turn.
    if (this.#isStarting) return void setImmediate(() => this.#fail(causeOf(error, false)))
    const lack = ownLack(error)
    if (lack === null) return this.#fail(causeOf(error, this.#status > 0))
    this.#end({ kind: 'unsent', cause: lack, ...this.#settle() }, false)
  }

  #deadline(afterMs: number, cause: string): NodeJS.Timeout {
    return setTimeout(() => this.stop(cause), timerMs(afterMs))
  }

  #firstByteDeadline(afterMs: number): readonly NodeJS.Timeout[] {
    return afterMs === Number.POSITIVE_INFINITY ? [] : [this.#deadline(afterMs, 'first-byte-timeout')]
  }

  #fail(cause: string): void {
    if (this.#isDone) return
    this.#end({ kind: 'broken', cause, ...this.#settle() }, false)
  }

  #end(answer: WireAnswer, isUsable: boolean): void {
    this.#options.onEnd(isUsable)
    this.#options.receiver.landed(answer)
  }

  #settle(): Moments {
    this.#isDone = true
    for (const timer of this.#timers) clearTimeout(timer)
    const { line, now } = this.#options
    const bytesRead = line.socket?.bytesRead ?? 0
    const bytesWritten = line.socket?.bytesWritten ?? 0
    const moments = {
      sentMs: this.#sentMs,
      doneMs: now(),
      bytesIn: bytesRead - line.bytesRead,
      bytesOut: bytesWritten - line.bytesWritten,
      connectMs: line.connectMs,
      handshakeMs: line.handshakeMs,
      linkMs: 0,
    }
    line.bytesRead = bytesRead
    line.bytesWritten = bytesWritten
    line.connectMs = null
    line.handshakeMs = null
    return moments
  }
}

/** Owns what it holds, so there is nothing left to keep. */
class UndiciAnswer implements Answered {
  readonly kind = 'answered'
  readonly status: number
  readonly firstByteMs: number
  readonly body: Uint8Array | null
  readonly sentMs: number
  readonly doneMs: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly connectMs: number | null
  readonly handshakeMs: number | null
  readonly linkMs = 0
  readonly #headers: IncomingHeaders

  constructor(moments: Moments, status: number, firstByteMs: number, headers: IncomingHeaders, body: Uint8Array | null) {
    this.sentMs = moments.sentMs
    this.doneMs = moments.doneMs
    this.bytesIn = moments.bytesIn
    this.bytesOut = moments.bytesOut
    this.connectMs = moments.connectMs
    this.handshakeMs = moments.handshakeMs
    this.status = status
    this.firstByteMs = firstByteMs
    this.body = body
    this.#headers = headers
  }

  header(name: string): string | undefined {
    return this.headers(name)[0]
  }

  headers(name: string): readonly string[] {
    const value = this.#headers[name]
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }

  head(): Uint8Array {
    return headBytes(Object.keys(this.#headers).flatMap((name) => this.headers(name).map((value) => [name, value])))
  }

  keep(): void {}
}

/** What is read while it is sent has no length that undici could see. */
function lengthOf(body: Body): Readonly<Record<string, string>> {
  return body !== null && typeof body !== 'string' && 'file' in body ? { 'content-length': String(body.bytes) } : {}
}

function bodyOf(body: Body): string | Uint8Array | Readable | null {
  return body === null || typeof body === 'string' || !('file' in body) ? body : createReadStream(body.file)
}
