// One request and what came of it: the handle that may cancel it, the deadline it is under, and the answer that its receiver gets.
import { Timed } from './deadlines.ts'
import { findHeader, findHeaders, mayHold } from './head-view.ts'
import type { PreparedRequest } from './request-bytes.ts'
import type { ResponseReader } from './response-reader.ts'
import type { Answered, Broken, Patch, Receiver, Sending, Unsent, WireAnswer } from './transport.ts'

const nothing = new Uint8Array(0)
const noValues: readonly string[] = []

/** What carries an exchange and ends it early. */
export interface Carrier {
  fail(cause: string): void
}

export class Exchange extends Timed implements Sending {
  kind: WireAnswer['kind'] = 'broken'
  cause = ''
  status = 0
  sentMs = 0
  firstByteMs = 0
  doneMs = 0
  bytesIn = 0
  bytesOut = 0
  connectMs: number | null = null
  handshakeMs: number | null = null
  linkMs = 0
  readonly prepared: PreparedRequest
  readonly patch: Patch | null
  readonly #receiver: Receiver
  /** Null once it has landed. */
  carrier: Carrier | null
  /** Under which its answer can be read, while `landed` runs. */
  #reader: ResponseReader | null = null
  /** Head and body, one behind the other. */
  #kept: Buffer | null = null
  #keptHeadBytes = 0
  #keptNames = 0
  #hasBody = false
  firstByte: FirstByte | null = null

  constructor(prepared: PreparedRequest, patch: Patch | null, receiver: Receiver, carrier: Carrier) {
    super()
    this.prepared = prepared
    this.patch = patch
    this.#receiver = receiver
    this.carrier = carrier
  }

  cancel(): void {
    this.carrier?.fail('cancelled')
  }

  override expire(): void {
    this.carrier?.fail('timeout')
  }

  answer(reader: ResponseReader): void {
    this.kind = 'answered'
    this.status = reader.status
    this.#reader = reader
    this.#land()
  }

  /** The answer is read, and seen only later: what it is read from will hold something else by then. */
  hold(reader: ResponseReader): void {
    this.status = reader.status
    this.#reader = reader
    this.keep()
    this.#reader = null
  }

  /** What was held is seen. */
  see(): void {
    this.kind = 'answered'
    this.#land()
  }

  break(cause: string): void {
    this.kind = 'broken'
    this.cause = cause
    this.#land()
  }

  lack(cause: Unsent['cause']): void {
    this.kind = 'unsent'
    this.cause = cause
    this.#land()
  }

  #land(): void {
    this.carrier = null
    this.#receiver.landed(this as unknown as Answered | Broken | Unsent)
    // Whatever is read next is another's.
    this.#reader = null
  }

  header(name: string): string | undefined {
    if (this.#kept !== null) {
      return mayHold(this.#keptNames, name) ? findHeader(this.#kept, 0, this.#keptHeadBytes, name) : undefined
    }
    return this.#reader?.header(name)
  }

  headers(name: string): readonly string[] {
    if (this.#kept !== null) {
      return mayHold(this.#keptNames, name) ? findHeaders(this.#kept, 0, this.#keptHeadBytes, name) : noValues
    }
    return this.#reader?.headers(name) ?? noValues
  }

  head(): Uint8Array {
    this.keep()
    return this.#kept === null ? nothing : this.#kept.subarray(0, this.#keptHeadBytes)
  }

  get body(): Uint8Array | null {
    if (this.#kept === null) return this.#reader?.body ?? null
    return this.#hasBody ? this.#kept.subarray(this.#keptHeadBytes) : null
  }

  keep(): void {
    const reader = this.#reader
    if (reader === null || this.#kept !== null) return
    this.#kept = reader.copy()
    this.#keptHeadBytes = reader.headBytes
    this.#keptNames = reader.names
    this.#hasBody = reader.hasKeptBody
  }
}

/** The deadline of the first byte alone, where there is one. */
export class FirstByte extends Timed {
  readonly #exchange: Exchange
  constructor(exchange: Exchange) {
    super()
    this.#exchange = exchange
  }

  override expire(): void {
    this.#exchange.carrier?.fail('first-byte-timeout')
  }
}
