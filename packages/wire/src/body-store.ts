// What is kept of a body: a view of the bytes just read while that is all of it, bytes of its own as soon as it comes in pieces.

const firstBytes = 4_096

export class BodyStore {
  #view: Buffer | null = null
  #viewFrom = 0
  #viewTo = 0
  #own: Buffer | null = null
  #ownBytes = 0
  #mostBytes = 0

  /** `mostBytes`: what comes beyond it is not kept; 0: nothing is. */
  begin(mostBytes: number): void {
    this.#view = null
    this.#own = null
    this.#ownBytes = 0
    this.#mostBytes = mostBytes
  }

  get isKept(): boolean {
    return this.#mostBytes > 0
  }

  add(bytes: Buffer, from: number, to: number): void {
    if (this.#mostBytes === 0 || from === to) return
    if (this.#view === null && this.#own === null) {
      this.#view = bytes
      this.#viewFrom = from
      this.#viewTo = Math.min(to, from + this.#mostBytes)
      return
    }
    this.settle()
    this.#append(bytes, from, to)
  }

  /** The bytes of the view are about to be overwritten: they become our own. */
  settle(): void {
    const view = this.#view
    if (view === null) return
    this.#view = null
    this.#append(view, this.#viewFrom, this.#viewTo)
  }

  get length(): number {
    return this.#view === null ? this.#ownBytes : this.#viewTo - this.#viewFrom
  }

  copyTo(target: Buffer, at: number): void {
    if (this.#view !== null) this.#view.copy(target, at, this.#viewFrom, this.#viewTo)
    else this.#own?.copy(target, at, 0, this.#ownBytes)
  }

  /** The bytes kept; a view of what was just read as long as `settle` was not called. */
  get bytes(): Uint8Array {
    if (this.#view !== null) return this.#view.subarray(this.#viewFrom, this.#viewTo)
    return this.#own === null ? new Uint8Array(0) : this.#own.subarray(0, this.#ownBytes)
  }

  /** Never sized by what a server announces, only by what came. */
  #append(bytes: Buffer, from: number, to: number): void {
    const end = Math.min(to, from + this.#mostBytes - this.#ownBytes)
    const wanted = this.#ownBytes + end - from
    if (this.#own === null || this.#own.length < wanted) {
      const larger = Buffer.allocUnsafeSlow(Math.max(firstBytes, wanted, 2 * (this.#own?.length ?? 0)))
      this.#own?.copy(larger, 0, 0, this.#ownBytes)
      this.#own = larger
    }
    bytes.copy(this.#own, this.#ownBytes, from, end)
    this.#ownBytes = wanted
  }
}
