// Where the head of an answer lies: in the bytes just read, or in bytes of its own as soon as it came in pieces or others are about to be read.
// Knows nothing of what it says.
import { findHeader, findHeaders, namesIn } from './head-view.ts'

/** A larger buffer is given back with the answer that needed it. */
const mostKeptBytes = 16_384
const fewestBytes = 1_024
const nothing = Buffer.alloc(0)

export class HeadStore {
  #bytes: Buffer = nothing
  #from = 0
  #to = 0
  #own: Buffer | null = null
  #ownBytes = 0

  begin(): void {
    this.#ownBytes = 0
    this.#from = 0
    this.#to = 0
  }

  /** Nobody asks for this head any more. */
  release(): void {
    if (this.#own === null || this.#own.length <= mostKeptBytes) return
    this.#own = null
    this.#bytes = nothing
    this.#from = 0
    this.#to = 0
  }

  get length(): number {
    return this.#to - this.#from
  }

  /** Our own bytes: the head as far as it came, from its beginning. Empty while it lies elsewhere. */
  get own(): Buffer | null {
    return this.#own
  }

  get ownBytes(): number {
    return this.#ownBytes
  }

  /** Where the first line begins that is not read yet. */
  get end(): number {
    return this.#to
  }

  set end(at: number) {
    this.#to = at
  }

  lay(bytes: Buffer, from: number, to: number): void {
    this.#bytes = bytes
    this.#from = from
    this.#to = to
  }

  append(bytes: Buffer, from: number, to: number): void {
    const wanted = this.#ownBytes + to - from
    if (this.#own === null || this.#own.length < wanted) {
      const larger = Buffer.allocUnsafeSlow(Math.max(fewestBytes, 2 * wanted))
      this.#own?.copy(larger, 0, 0, this.#ownBytes)
      this.#own = larger
    }
    bytes.copy(this.#own, this.#ownBytes, from, to)
    this.#ownBytes = wanted
    this.#bytes = this.#own
    this.#from = 0
  }

  /** Another head follows. */
  drop(): void {
    this.#ownBytes = 0
  }

  /** The bytes it lies in are about to be overwritten. */
  settle(): void {
    if (this.#ownBytes > 0) return
    const length = this.#to - this.#from
    this.append(this.#bytes, this.#from, this.#to)
    this.#to = length
  }

  header(name: string): string | undefined {
    return findHeader(this.#bytes, this.#from, this.#to, name)
  }

  headers(name: string): readonly string[] {
    return findHeaders(this.#bytes, this.#from, this.#to, name)
  }

  get names(): number {
    return namesIn(this.#bytes, this.#from, this.#to)
  }

  copyTo(target: Buffer): void {
    this.#bytes.copy(target, 0, this.#from, this.#to)
  }
}
