// One response after the other from the bytes of one connection, whatever pieces they come in (RFC 9112 §6). Opens no sockets, keeps no time.
//
//   begin ─▶ head ─▶ (1xx: head again) ─┬─▶ counted ─────┐
//                                       ├─▶ chunked ─────┼─▶ done, or failed with a cause
//                                       ├─▶ until the end┘
//                                       └─▶ none (HEAD, 204, 304)
import { BodyStore } from './body-store.ts'
import { ChunkReader } from './chunk-reader.ts'
import type { HeadFacts } from './head-reader.ts'
import { HeadReader, isFailed, mostHeadBytes, mostLineBytes } from './head-reader.ts'
import { HeadStore } from './head-store.ts'
import type { KnownHead } from './known-heads.ts'
import { KnownHeads } from './known-heads.ts'
import type { WireRequest } from './transport.ts'

type State = 'head' | 'counted' | 'chunked' | 'to-the-end' | 'done' | 'failed'

const mostErrorBytes = 65_536
const lf = 0x0a

export class ResponseReader {
  readonly #mostBodyBytes: number
  readonly #knownHeads: KnownHeads
  readonly #store = new HeadStore()
  /** The head of this answer, when it is one of the known. */
  #known: KnownHead | null = null
  #facts: HeadFacts | null = null
  /** Made when they are first needed: most answers have a known head, and a counted body that nobody keeps. */
  #head: HeadReader | null = null
  #chunks: ChunkReader | null = null
  #body: BodyStore | null = null
  #state: State = 'done'
  /** Why it failed; empty while it has not. */
  cause = ''
  #hasBody = true
  #keepBody: WireRequest['keepBody'] = 'none'
  #leftBytes = 0
  #bodyBytes = 0
  #isReusable = false
  /** No byte of this answer was read yet. */
  #isFirst = false

  /** `knownHeads` may be shared by many readers. */
  constructor(mostBodyBytes: number, knownHeads: KnownHeads = new KnownHeads()) {
    this.#mostBodyBytes = mostBodyBytes
    this.#knownHeads = knownHeads
  }

  /** The next bytes are the answer to such a request. */
  begin(method: string, keepBody: WireRequest['keepBody']): void {
    this.#state = 'head'
    this.#isFirst = true
    this.#known = null
    this.#facts = null
    this.cause = ''
    this.#hasBody = method !== 'HEAD'
    this.#keepBody = keepBody
    this.#store.begin()
    this.#leftBytes = 0
    this.#bodyBytes = 0
    this.#isReusable = false
    this.#body?.begin(0)
  }

  /** The answer was taken: its body needs no memory any more. */
  release(): void {
    this.#body?.begin(0)
    this.#store.release()
  }

  get isDone(): boolean {
    return this.#state === 'done'
  }

  get hasFailed(): boolean {
    return this.#state === 'failed'
  }

  get status(): number {
    return this.#facts?.status ?? 0
  }

  /** Once done: whether another request may follow on this connection. */
  get isReusable(): boolean {
    return this.#isReusable
  }

  /** How long the server said it keeps an idle connection, ms; Infinity when it did not. */
  get idleMs(): number {
    return this.#facts?.idleMs ?? Number.POSITIVE_INFINITY
  }

  get body(): Uint8Array | null {
    return this.#body?.isKept === true ? this.#body.bytes : null
  }

  get hasKeptBody(): boolean {
    return this.#body?.isKept === true
  }

  get headBytes(): number {
    return this.#store.length
  }

  /** A copy of head and body, one behind the other. */
  copy(): Buffer {
    const { headBytes } = this
    const copied = Buffer.allocUnsafe(headBytes + (this.#body?.length ?? 0))
    this.#store.copyTo(copied)
    this.#body?.copyTo(copied, headBytes)
    return copied
  }

  header(name: string): string | undefined {
    return (this.#known ?? this.#store).header(name)
  }

  headers(name: string): readonly string[] {
    return this.#store.headers(name)
  }

  get names(): number {
    return (this.#known ?? this.#store).names
  }

  /** Reads [from, to). Returns where it stopped: `to`, or the end of the answer where more bytes follow than belong to it. */
  feed(bytes: Buffer, from: number, to: number): number {
    let at = from
    while (at < to) {
      if (this.#state === 'done' || this.#state === 'failed') return at
      at = this.#state === 'head' ? this.#feedHead(bytes, at, to) : this.#feedBody(bytes, at, to)
    }
    if (this.#state !== 'done' && this.#state !== 'failed') this.#settle()
    return at
  }

  /** The connection was closed by the other side. */
  end(): void {
    if (this.#state === 'to-the-end') this.#state = 'done'
    else if (this.#state === 'head') this.#endInHead()
    else if (this.#state !== 'done' && this.#state !== 'failed') this.#fail('truncated')
  }

  #endInHead(): void {
    if (this.#isFirst) return void this.#fail('reset')
    // What the last line would have failed for, had it come whole.
    const { own, end, ownBytes } = this.#store
    if (own !== null && this.#head?.read(own, end, ownBytes) === isFailed) this.#fail(this.#head.cause)
    else this.#fail('truncated')
  }

  #feedHead(bytes: Buffer, from: number, to: number): number {
    if (this.#store.ownBytes > 0) return this.#feedOwnHead(bytes, from, to)
    const isFirst = this.#isFirst
    this.#isFirst = false
    const known = isFirst ? this.#knownHeads.find(bytes, from, to) : null
    if (known !== null) return this.#headAt(bytes, from, from + known.length, known.facts, known)
    const head = this.#headReader(isFirst)
    const reached = head.read(bytes, from, to)
    if (reached === isFailed) return this.#fail(head.cause)
    if (head.isOver) {
      const isWorthKnowing = isFirst && head.facts.status >= 200
      const remembered = isWorthKnowing ? this.#knownHeads.remember(bytes, from, reached, head.facts) : null
      return this.#headAt(bytes, from, reached, head.facts, remembered)
    }
    this.#store.append(bytes, from, to)
    this.#store.end = reached - from
    return to
  }

  #headReader(isFirst: boolean): HeadReader {
    this.#head ??= new HeadReader()
    if (isFirst) this.#head.begin()
    return this.#head
  }

  #headAt(bytes: Buffer, from: number, to: number, facts: HeadFacts, known: KnownHead | null): number {
    this.#store.lay(bytes, from, to)
    this.#known = known
    this.#headRead(facts)
    return to
  }

  /** Goes on with a head whose beginning came before. */
  #feedOwnHead(bytes: Buffer, from: number, to: number): number {
    const store = this.#store
    const head = this.#headReader(false)
    const before = store.ownBytes
    store.append(bytes, from, to)
    const { own, end, ownBytes } = store
    if (own === null) return to
    // Nothing to read before its line ends, unless it is far too long, or no head at all.
    const isWorthIt = before < shortestTelling || own.subarray(before, ownBytes).includes(lf) || ownBytes - end > mostLineBytes
    if (!isWorthIt) return to
    const reached = head.read(own, end, ownBytes)
    if (reached === isFailed) return this.#fail(head.cause)
    store.end = reached
    if (!head.isOver) return to
    this.#headRead(head.facts)
    // What follows the head is read from where it came.
    return to - (ownBytes - reached)
  }

  #headRead(facts: HeadFacts): void {
    const { status } = facts
    this.#facts = facts
    if (status === 101) return void this.#fail('malformed:upgrade')
    if (status >= 200) return this.#frame(facts)
    this.#store.drop()
    this.#head?.next()
  }

  #frame({ status, minor, lengthBytes, hasTransferEncoding, isChunked, saysClose, saysKeepAlive }: HeadFacts): void {
    // A 1.0 server does not know Transfer-Encoding, so where its message ends is in doubt (RFC 9112 §6.1).
    this.#isReusable = !saysClose && (minor >= 1 ? true : saysKeepAlive && !hasTransferEncoding)
    // So it is when a message has both, and when one that cannot have a body announces it: what comes next may be the rest of this one.
    const announces = lengthBytes > 0 || hasTransferEncoding
    if ((hasTransferEncoding && lengthBytes >= 0) || (status === 204 && announces)) this.#isReusable = false
    this.#beginBody(status)
    if (!this.#hasBody || status === 204 || status === 304) this.#state = 'done'
    else if (hasTransferEncoding) this.#frameEncoded(isChunked)
    else if (lengthBytes < 0) this.#toTheEnd()
    else if (lengthBytes > this.#mostBodyBytes) this.#fail('too-large')
    else {
      this.#leftBytes = lengthBytes
      this.#state = lengthBytes === 0 ? 'done' : 'counted'
    }
  }

  #beginBody(status: number): void {
    const isKept = this.#keepBody === 'whole' || (this.#keepBody === 'errors' && status >= 400)
    if (isKept) this.#body ??= new BodyStore()
    this.#body?.begin(isKept ? (this.#keepBody === 'whole' ? this.#mostBodyBytes : mostErrorBytes) : 0)
  }

  #frameEncoded(isChunked: boolean): void {
    if (!isChunked) return this.#toTheEnd()
    this.#chunks ??= new ChunkReader()
    this.#chunks.begin(mostHeadBytes)
    this.#state = 'chunked'
  }

  #toTheEnd(): void {
    this.#isReusable = false
    this.#state = 'to-the-end'
  }

  #feedBody(bytes: Buffer, from: number, to: number): number {
    if (this.#state === 'counted') return this.#feedCounted(bytes, from, to)
    if (this.#state === 'chunked' && this.#chunks !== null) return this.#feedChunked(this.#chunks, bytes, from, to)
    this.#add(bytes, from, to)
    return to
  }

  #feedCounted(bytes: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.#leftBytes)
    this.#leftBytes -= end - from
    this.#body?.add(bytes, from, end)
    if (this.#leftBytes === 0) this.#state = 'done'
    return end
  }

  #feedChunked(chunks: ChunkReader, bytes: Buffer, from: number, to: number): number {
    if (chunks.isInData) {
      const end = Math.min(to, from + chunks.leftBytes)
      chunks.took(end - from)
      this.#add(bytes, from, end)
      return end
    }
    const reached = chunks.read(bytes, from, to)
    if (reached < 0) return this.#fail(chunks.cause)
    if (chunks.isDone) this.#state = 'done'
    return reached
  }

  #add(bytes: Buffer, from: number, to: number): void {
    this.#bodyBytes += to - from
    if (this.#bodyBytes > this.#mostBodyBytes) this.#fail('too-large')
    else this.#body?.add(bytes, from, to)
  }

  /** More is to come, and the bytes just read will be overwritten by it, or by another connection's. */
  #settle(): void {
    if (this.#state === 'head') return
    this.#body?.settle()
    this.#store.settle()
  }

  /** Nothing after a failure is read. Returned where a position is, so that it is out of reach. */
  #fail(cause: string): number {
    this.#state = 'failed'
    this.cause = cause
    return Number.POSITIVE_INFINITY
  }
}

/** So many bytes tell HTTP from anything else. */
const shortestTelling = 5
