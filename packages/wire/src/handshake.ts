// How a live connection opens, told once as an answer: deadlines, moments and the way from opening to open. Knows no messages.
import { headBytes } from './head-bytes.ts'
import type { Line } from './line.ts'
import type { LiveReceiver } from './live.ts'
import { timerMs } from './timers.ts'
import type { Answered, Moments, Now, WireRequest } from './transport.ts'

export type LiveOptions = {
  readonly line: Line
  readonly request: WireRequest
  readonly receiver: LiveReceiver
  readonly now: Now
  /** Called once: the socket is needed no more. */
  readonly onOver: () => void
}

export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export class Handshake {
  readonly #options: LiveOptions
  readonly #sentMs: number
  readonly #timers: readonly NodeJS.Timeout[]
  #state: 'opening' | 'open' | 'over' = 'opening'

  /** `onLate` is called with the cause when a deadline passes before it has landed. */
  constructor(options: LiveOptions, onLate: (cause: string) => void) {
    const { timeoutMs, firstByteTimeoutMs } = options.request
    this.#options = options
    this.#sentMs = options.now()
    const late = (afterMs: number, cause: string) => setTimeout(() => onLate(cause), timerMs(afterMs))
    const isFirstByte = firstByteTimeoutMs < timeoutMs
    this.#timers = [isFirstByte ? late(firstByteTimeoutMs, 'first-byte-timeout') : late(timeoutMs, 'timeout')]
  }

  get state(): 'opening' | 'open' | 'over' {
    return this.#state
  }

  /** `opens`: messages may follow. */
  answered(status: number, headers: IncomingHeaders, opens: boolean): void {
    if (this.#state !== 'opening') return
    this.#state = opens ? 'open' : 'over'
    const answer = new HandshakeAnswer(this.#moments(), status, headers)
    if (!opens) this.#options.onOver()
    this.#options.receiver.landed(answer)
  }

  broke(cause: string, lack: 'descriptors' | 'ports' | 'memory' | null = null): void {
    if (this.#state !== 'opening') return
    this.#state = 'over'
    const moments = this.#moments()
    this.#options.onOver()
    this.#options.receiver.landed(lack === null ? { kind: 'broken', cause, ...moments } : { kind: 'unsent', cause: lack, ...moments })
  }

  /** An open connection has ended. */
  ended(cause: string): void {
    if (this.#state !== 'open') return
    this.#state = 'over'
    this.#options.receiver.ended(cause, this.#options.now())
  }

  #moments(): Moments {
    for (const timer of this.#timers) clearTimeout(timer)
    const { line, now } = this.#options
    return {
      sentMs: this.#sentMs,
      doneMs: now(),
      bytesIn: line.socket?.bytesRead ?? 0,
      bytesOut: line.socket?.bytesWritten ?? 0,
      connectMs: line.connectMs,
      handshakeMs: line.handshakeMs,
      linkMs: 0,
    }
  }
}

/** Has no body: what comes after it are messages, and of a refusal its head is enough. */
class HandshakeAnswer implements Answered {
  readonly kind = 'answered'
  readonly status: number
  readonly firstByteMs: number
  readonly body = null
  readonly sentMs: number
  readonly doneMs: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly connectMs: number | null
  readonly handshakeMs: number | null
  readonly linkMs = 0
  readonly #headers: IncomingHeaders

  constructor(moments: Moments, status: number, headers: IncomingHeaders) {
    this.sentMs = moments.sentMs
    this.doneMs = moments.doneMs
    this.firstByteMs = moments.doneMs
    this.bytesIn = moments.bytesIn
    this.bytesOut = moments.bytesOut
    this.connectMs = moments.connectMs
    this.handshakeMs = moments.handshakeMs
    this.status = status
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
