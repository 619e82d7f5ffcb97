// Spoils a response in place: bytes flipped, put in, cut out, lines doubled, two responses spliced. One buffer for all, no object a case.
import type { Dice } from './dice.ts'

const lf = 0x0a
const mostBytes = 4_096
/** What responses are made of where it matters. */
const telling = Buffer.from('\r\n\r\n\0\t :;,=019afAF+-xHT/.\x80\xff')
const kinds = 8

export class Mutant {
  readonly bytes = Buffer.alloc(mostBytes)
  length = 0
  readonly #dice: Dice
  readonly #sources: readonly Buffer[]

  constructor(dice: Dice, sources: readonly Buffer[]) {
    this.#dice = dice
    this.#sources = sources
  }

  /** A new one, of one source and some others' parts. Every eighth is left as it was. */
  next(source: Buffer): void {
    this.length = 0
    this.#put(source, 0, source.length, 0)
    for (let left = this.#dice.below(8); left > 0; left >>= 1) this.#spoil()
  }

  #spoil(): void {
    const { bytes } = this
    const at = this.#dice.below(this.length + 1)
    switch (this.#dice.below(kinds)) {
      case 0:
        bytes[at] = (bytes[at] as number) ^ (1 << this.#dice.below(8))
        return
      case 1:
        bytes[at] = this.#tellingByte()
        return
      case 2:
      case 3:
        this.#open(at, 1)
        bytes[at] = this.#tellingByte()
        return
      case 4:
        this.#close(at, Math.min(this.length, at + 1 + this.#dice.below(12)))
        return
      case 5:
        this.length = at
        return
      case 6:
        return this.#doubleLine(at)
      default:
        return this.#splice(at)
    }
  }

  #tellingByte(): number {
    return telling[this.#dice.below(telling.length)] as number
  }

  #doubleLine(at: number): void {
    const from = this.bytes.lastIndexOf(lf, Math.max(0, at - 1)) + 1
    const found = this.bytes.indexOf(lf, at)
    const to = found < 0 || found >= this.length ? this.length : found + 1
    if (from < to) this.#put(this.bytes, from, to, to)
  }

  /** From `at` on, a piece of another one; what stood there follows, or is gone. */
  #splice(at: number): void {
    const other = this.#sources[this.#dice.below(this.#sources.length)] as Buffer
    const from = this.#dice.below(other.length + 1)
    if (this.#dice.below(2) === 0) this.length = at
    this.#put(other, from, Math.min(other.length, from + this.#dice.below(80)), at)
  }

  #put(from: Buffer, start: number, end: number, at: number): void {
    const room = Math.min(end - start, mostBytes - 1 - this.length)
    if (room <= 0) return
    this.#open(at, room)
    // A line that is doubled lies before the room, so it did not move.
    from.copy(this.bytes, at, start, start + room)
  }

  #open(at: number, room: number): void {
    if (this.length + room >= mostBytes) return
    this.bytes.copyWithin(at + room, at, this.length)
    this.length += room
  }

  #close(from: number, to: number): void {
    this.bytes.copyWithin(from, to, this.length)
    this.length -= Math.max(0, to - from)
  }
}
