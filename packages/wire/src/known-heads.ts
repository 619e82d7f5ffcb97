// Heads that were read lately, to tell the same one again without reading it: one server's answers mostly begin with the same bytes, for a second
// at least, and the same bytes say the same. One for all connections of a transport.
import type { HeadFacts } from './head-reader.ts'
import { findHeader, namesIn } from './head-view.ts'

/** A page, a product, an order, and one more: whoever answers in more ways than these is read each time. */
const mostHeads = 4
/** Longer heads are rare, and mostly differ. */
const mostBytes = 1_024

export class KnownHead {
  readonly facts: HeadFacts
  readonly #bytes: Buffer
  #names: number | null = null
  /** Its whole words of four bytes, for a comparison in a quarter of the steps. */
  readonly #words: Uint32Array
  /** A header that it does not have. */
  #lacked: string | null = null

  constructor(bytes: Buffer<ArrayBuffer>, facts: HeadFacts) {
    this.#bytes = bytes
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2)
    this.facts = facts
  }

  get length(): number {
    return this.#bytes.length
  }

  /** As `namesIn` has them. */
  get names(): number {
    this.#names ??= namesIn(this.#bytes, 0, this.#bytes.length)
    return this.#names
  }

  /** From its end: lengths and types, in which the heads of one server differ, stand there, and dates before them. */
  isAt(bytes: Buffer, from: number, to: number): boolean {
    const known = this.#bytes
    if (to - from < known.length) return false
    for (let i = known.length - 1; i >= 0; i--) if (known[i] !== bytes[from + i]) return false
    return true
  }

  /** The same at the beginning of `bytes`, of which `words` are the words. */
  isAtStart(bytes: Buffer, words: Uint32Array, to: number): boolean {
    const known = this.#bytes
    const knownWords = this.#words
    if (to < known.length) return false
    for (let i = known.length - 1; i >= knownWords.length * 4; i--) if (known[i] !== bytes[i]) return false
    for (let i = knownWords.length - 1; i >= 0; i--) if (knownWords[i] !== words[i]) return false
    return true
  }

  /** Whoever asks, asks the same of every answer; what one head lacks, the same head again lacks too. */
  header(name: string): string | undefined {
    if (name === this.#lacked) return undefined
    const value = findHeader(this.#bytes, 0, this.#bytes.length, name)
    if (value === undefined) this.#lacked = name
    return value
  }
}

export class KnownHeads {
  /** The one found last comes first. */
  readonly #heads: KnownHead[] = []
  /** A buffer that was read from, and its words; null where it does not begin at one. */
  #bytes: Buffer | null = null
  #words: Uint32Array | null = null

  find(bytes: Buffer, from: number, to: number): KnownHead | null {
    const words = from === 0 ? this.#wordsOf(bytes) : null
    const heads = this.#heads
    for (let i = 0; i < heads.length; i++) {
      const head = heads[i] as KnownHead
      if (words === null ? !head.isAt(bytes, from, to) : !head.isAtStart(bytes, words, to)) continue
      if (i > 0) this.#bringForward(head, i)
      return head
    }
    return null
  }

  /** Null when it is too long to be kept. */
  remember(bytes: Buffer, from: number, to: number, facts: HeadFacts): KnownHead | null {
    if (to - from > mostBytes) return null
    // A new one each time: an answer that is still being read may hold on to the one before.
    const own = Buffer.alloc(to - from)
    bytes.copy(own, 0, from, to)
    const head = new KnownHead(own, facts)
    if (this.#heads.length < mostHeads) this.#heads.push(head)
    this.#bringForward(head, this.#heads.length - 1)
    return head
  }

  #bringForward(head: KnownHead, from: number): void {
    for (let i = from; i > 0; i--) this.#heads[i] = this.#heads[i - 1] as KnownHead
    this.#heads[0] = head
  }

  #wordsOf(bytes: Buffer): Uint32Array | null {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes
      const { buffer, byteOffset, byteLength } = bytes
      this.#words = byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, byteLength >>> 2) : null
    }
    return this.#words
  }
}
