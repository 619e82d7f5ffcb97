// One request on one stream of HTTP/2, from `send` to its single answer. Knows nothing of connections but the session that it is given.
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2'
import { constants } from 'node:http2'
import { ownLack } from './causes.ts'
import { Timed } from './deadlines.ts'
import { headBytes } from './head-bytes.ts'
import { isSendable } from './request-bytes.ts'
import type { Answered, Receiver, Sending, Unsent, WireAnswer, WireRequest } from './transport.ts'
import { Upload } from './upload.ts'

/** What carries it. */
export interface H2Carrier {
  readonly mostBodyBytes: number
  now(): number
  /** Its first byte came. */
  begun(exchange: H2Exchange): void
  /** It ended; called once, before the receiver is told, which is when its moments are final. */
  ended(exchange: H2Exchange, cause: string | null): void
}

const mostErrorBytes = 65_536
const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR } = constants

export class H2Exchange extends Timed implements Sending, Omit<Answered, 'kind'> {
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
  readonly linkMs = 0
  body: Uint8Array | null = null
  /** Of the socket, when this was sent. */
  readBeforeBytes = 0
  readonly firstByte: H2FirstByte
  readonly request: WireRequest
  readonly #receiver: Receiver
  readonly #carrier: H2Carrier
  readonly #chunks: Buffer[] = []
  #rawHeaders: readonly string[] = []
  #mostKeptBytes = 0
  #bodyBytes = 0
  #stream: ClientHttp2Stream | null = null
  #upload: Upload | null = null
  #hasEnded = false
  #isDone = false

  constructor(request: WireRequest, receiver: Receiver, carrier: H2Carrier) {
    super()
    this.request = request
    this.#receiver = receiver
    this.#carrier = carrier
    this.firstByte = new H2FirstByte(this)
  }

  cancel(): void {
    this.fail('cancelled')
  }

  override expire(): void {
    this.fail('timeout')
  }

  go(session: ClientHttp2Session): void {
    const { body } = this.request
    let stream: ClientHttp2Stream
    try {
      if (!isSendable(this.request)) throw new Error('unsendable')
      stream = session.request(headersOf(this.request), { endStream: body === null })
    } catch {
      // A session on its way out, or headers that HTTP cannot carry.
      const cause = session.closed || session.destroyed ? 'reset' : 'unsendable'
      setImmediate(() => this.fail(cause))
      return
    }
    this.#stream = stream
    stream.on('headers', () => this.#onFirstByte())
    stream.on('response', (headers, _flags, rawHeaders: readonly string[]) => this.#onResponse(Number(headers[':status']), rawHeaders))
    stream.on('data', (chunk: Buffer) => this.#onData(chunk))
    stream.on('end', () => {
      this.doneMs = this.#carrier.now()
      this.#hasEnded = true
    })
    stream.on('error', () => {})
    // Only now is it known whether the body ended or was cut off by a reset.
    stream.on('close', () => this.#onClose(stream))
    this.#send(stream)
  }

  #send(stream: ClientHttp2Stream): void {
    const { body } = this.request
    if (body === null) return
    if (typeof body === 'string' || !('file' in body)) return void stream.end(body)
    if (body.bytes === 0) stream.end()
    this.#upload = new Upload(stream, body, {
      onSent: () => this.#upload?.isDone === true && stream.end(),
      onFailed: (error) => {
        const lack = error === null ? null : ownLack(error)
        if (lack === null) this.fail('unsendable')
        else this.lack(lack)
      },
    })
  }

  #onFirstByte(): void {
    if (this.firstByteMs > 0) return
    this.firstByteMs = this.#carrier.now()
    this.#carrier.begun(this)
  }

  #onResponse(status: number, rawHeaders: readonly string[]): void {
    this.#onFirstByte()
    const { keepBody } = this.request
    this.status = status
    this.#rawHeaders = rawHeaders
    if (keepBody === 'whole') this.#mostKeptBytes = Number.POSITIVE_INFINITY
    else if (keepBody === 'errors' && status >= 400) this.#mostKeptBytes = mostErrorBytes
  }

  #onData(chunk: Buffer): void {
    const room = this.#mostKeptBytes - this.#bodyBytes
    this.#bodyBytes += chunk.length
    if (this.#bodyBytes > this.#carrier.mostBodyBytes) this.fail('too-large')
    else if (room > 0) this.#chunks.push(chunk.subarray(0, room))
  }

  #onClose({ rstCode }: ClientHttp2Stream): void {
    if (this.#isDone) return
    const isWhole = this.status > 0 && this.#hasEnded && rstCode === NGHTTP2_NO_ERROR
    if (!isWhole) return this.fail(this.firstByteMs > 0 ? 'truncated' : 'reset')
    const [first] = this.#chunks
    if (this.#mostKeptBytes > 0) this.body = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    this.kind = 'answered'
    this.#end(null)
  }

  fail(cause: string): void {
    if (this.#isDone) return
    this.cause = cause
    this.doneMs = this.#carrier.now()
    this.#end(cause)
    if (this.#stream?.closed === false) this.#stream.close(NGHTTP2_CANCEL)
  }

  lack(cause: Unsent['cause']): void {
    if (this.#isDone) return
    this.kind = 'unsent'
    this.fail(cause)
  }

  #end(cause: string | null): void {
    this.#isDone = true
    this.#upload?.stop()
    this.#carrier.ended(this, cause)
    this.#receiver.landed(this as unknown as WireAnswer)
  }

  header(name: string): string | undefined {
    return this.headers(name)[0]
  }

  headers(name: string): readonly string[] {
    return this.#rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1] === name)
  }

  head(): Uint8Array {
    const all = this.#rawHeaders
    return headBytes(all.flatMap((name, index) => (index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [])))
  }

  /** It owns what it holds already. */
  keep(): void {}
}

/** The deadline of the first byte alone. */
class H2FirstByte extends Timed {
  readonly #exchange: H2Exchange
  constructor(exchange: H2Exchange) {
    super()
    this.#exchange = exchange
  }

  override expire(): void {
    this.#exchange.fail('first-byte-timeout')
  }
}

/** HTTP/2 has words of its own for the host, and none for how a connection is kept. */
const ofConnections = /^(?:host|connection|keep-alive|proxy-connection|transfer-encoding|upgrade|content-length)$/

function headersOf({ origin, method, path, headers, body }: WireRequest): OutgoingHttpHeaders {
  const sent: Record<string, string> = {}
  let authority = new URL(origin).host
  for (const [written, value] of Object.entries(headers)) {
    const name = written.toLowerCase()
    if (name === 'host') authority = value
    if (!ofConnections.test(name)) sent[name] = value
  }
  const bytes = lengthOf(body, method)
  const length = bytes === null ? {} : { 'content-length': String(bytes) }
  return { ':method': method, ':scheme': 'https', ':authority': authority, ':path': path, ...sent, ...length }
}

/** Null: no length is told. */
function lengthOf(body: WireRequest['body'], method: string): number | null {
  if (body === null) return /^(?:POST|PUT|PATCH)$/.test(method) ? 0 : null
  if (typeof body === 'string') return Buffer.byteLength(body)
  return 'file' in body ? body.bytes : body.byteLength
}
