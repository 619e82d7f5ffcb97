// The frame of a chunked body (RFC 9112 §7.1), byte by byte: sizes, extensions, trailers. The chunks' own bytes pass by.
//
//   1a;name=value\r\n   size in hexadecimal; an extension is skipped
//   …26 bytes…\r\n
//   0\r\n               the last one
//   Trailer: x\r\n      skipped
//   \r\n
import { hexValue, isBlank } from './octets.ts'

const lf = 0x0a
const cr = 0x0d
const semicolon = 0x3b

type State =
  | 'size'
  | 'size-blank'
  | 'extension'
  | 'size-lf'
  | 'extension-lf'
  | 'data'
  | 'data-end'
  | 'data-lf'
  | 'trailer'
  | 'trailer-line'
  | 'last-lf'

/** Far above any size that a limit on bodies lets pass, and exact as a number. */
const mostSizeDigits = 12
const mostExtensionBytes = 16_384

export class ChunkReader {
  /** Bytes of the open chunk that are still to come. */
  leftBytes = 0
  isDone = false
  cause = ''
  #state: State = 'size'
  #digits = 0
  #extraBytes = 0
  #mostTrailerBytes = 0

  /** `mostTrailerBytes`: what is left of the limit on head sections. */
  begin(mostTrailerBytes: number): void {
    this.leftBytes = 0
    this.isDone = false
    this.#state = 'size'
    this.#digits = 0
    this.#extraBytes = 0
    this.#mostTrailerBytes = mostTrailerBytes
  }

  /** True while the next byte belongs to a chunk's data; `took` says how many of them went by. */
  get isInData(): boolean {
    return this.#state === 'data'
  }

  took(dataBytes: number): void {
    this.leftBytes -= dataBytes
    if (this.leftBytes === 0) this.#state = 'data-end'
  }

  /** Reads frame bytes in [from, to), until data begins or the body is done. Returns the position reached, or −1: `cause` says why. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from
    while (at < to && this.#state !== 'data' && !this.isDone) {
      const isFine = this.#take(bytes[at++] as number)
      if (!isFine) return -1
    }
    return at
  }

  #take(code: number): boolean {
    switch (this.#state) {
      case 'size':
        return this.#size(code)
      case 'size-blank':
        return isBlank(code) ? this.#extra() : this.#afterSize(code)
      case 'extension':
        if (code === lf) return this.#sized()
        if (code === cr) return this.#enter('extension-lf')
        return code === 0 ? this.#fail('malformed:chunk-extension') : this.#extra()
      case 'size-lf':
        return code === lf ? this.#sized() : this.#fail('malformed:chunk-size')
      case 'extension-lf':
        return code === lf ? this.#sized() : this.#fail('malformed:chunk-extension')
      case 'data-end':
        if (code === lf) return this.#enter('size')
        return code === cr ? this.#enter('data-lf') : this.#fail('malformed:chunk-end')
      case 'data-lf':
        return code === lf ? this.#enter('size') : this.#fail('malformed:chunk-end')
      default:
        return this.#trailer(code)
    }
  }

  #size(code: number): boolean {
    const digit = hexValue(code)
    if (digit >= 0) {
      if (this.leftBytes > 0 || digit > 0) this.#digits++
      if (this.#digits > mostSizeDigits) return this.#fail('malformed:chunk-size')
      this.leftBytes = this.leftBytes * 16 + digit
      return this.#extra()
    }
    // `#extraBytes` counts every digit, zeros too: a size needs at least one.
    if (this.#extraBytes === 0) return this.#fail('malformed:chunk-size')
    return isBlank(code) ? this.#enter('size-blank') : this.#afterSize(code)
  }

  #afterSize(code: number): boolean {
    if (code === lf) return this.#sized()
    if (code === cr) return this.#enter('size-lf')
    return code === semicolon ? this.#enter('extension') : this.#fail('malformed:chunk-size')
  }

  /** A byte more that is neither data nor line end. */
  #extra(): boolean {
    return ++this.#extraBytes <= mostExtensionBytes || this.#fail('too-large')
  }

  #sized(): boolean {
    this.#digits = 0
    this.#extraBytes = 0
    return this.#enter(this.leftBytes > 0 ? 'data' : 'trailer')
  }

  #trailer(code: number): boolean {
    if (++this.#extraBytes > this.#mostTrailerBytes) return this.#fail('too-large')
    if (this.#state === 'trailer-line') return code === lf ? this.#enter('trailer') : true
    if (code === lf) {
      this.isDone = true
      return true
    }
    if (this.#state === 'last-lf') return this.#fail('malformed:trailer')
    return this.#enter(code === cr ? 'last-lf' : 'trailer-line')
  }

  #enter(state: State): boolean {
    this.#state = state
    return true
  }

  #fail(cause: string): boolean {
    this.cause = cause
    return false
  }
}
