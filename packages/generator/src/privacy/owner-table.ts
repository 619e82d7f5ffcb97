// Whose a value is, by its hash, for all threads of a run: written once, read at every answer. Never holds a value itself.
//
//   slot: │ first hash │ second hash │ owner │ field │       the first claims the slot, the second says that it is written
import { awaitOther, flagAt, ownerSlots, ownerWords } from './privacy-memory.ts'

export type Claimed = 'new' | 'own' | 'another' | 'full'

const mostTries = 64
const mostOwned = ownerSlots * 0.75
const nobody = 0

export class OwnerTable {
  readonly #cells: Int32Array
  readonly #flags: Int32Array

  constructor(cells: Int32Array, flags: Int32Array) {
    this.#cells = cells
    this.#flags = flags
  }

  /** The slot of [from, to), for `ownerAt` and `fieldAt`; −1: nobody's. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const first = hash(bytes, from, to, firstSeed)
    const second = hash(bytes, from, to, secondSeed)
    for (let at = slotOf(first), tries = 0; tries < mostTries; at = after(at), tries++) {
      const there = Atomics.load(this.#cells, at)
      if (there === 0) return -1
      if (there === first && Atomics.load(this.#cells, at + 1) === second) return at
    }
    return -1
  }

  ownerAt(slot: number): number {
    return Atomics.load(this.#cells, slot + 2) >>> 0
  }

  fieldAt(slot: number): number {
    return Atomics.load(this.#cells, slot + 3)
  }

  /** Whose it is from now on, unless it is somebody's already. */
  claim(bytes: Uint8Array, owner: number, field: number): Claimed {
    const known = this.#claimed(bytes, owner)
    if (known !== null) return known
    if (Atomics.load(this.#flags, flagAt.count) >= mostOwned) return 'full'
    const first = hash(bytes, 0, bytes.length, firstSeed)
    const second = hash(bytes, 0, bytes.length, secondSeed)
    for (let at = slotOf(first), tries = 0; tries < mostTries; at = after(at), tries++) {
      const there = Atomics.compareExchange(this.#cells, at, 0, first)
      if (there === 0) {
        Atomics.store(this.#cells, at + 2, owner)
        Atomics.store(this.#cells, at + 3, field)
        Atomics.store(this.#cells, at + 1, second)
        Atomics.add(this.#flags, flagAt.count, 1)
        return 'new'
      }
      if (there !== first) continue
      awaitOther(this.#cells, at + 1, 0)
      const now = this.#claimed(bytes, owner)
      if (now !== null) return now
    }
    return 'full'
  }

  /** It names nobody: two shoppers were given it. */
  disown(slot: number): void {
    Atomics.store(this.#cells, slot + 2, nobody)
  }

  #claimed(bytes: Uint8Array, owner: number): Claimed | null {
    const slot = this.find(bytes, 0, bytes.length)
    if (slot < 0) return null
    return this.ownerAt(slot) === owner ? 'own' : 'another'
  }
}

const firstSeed = 0x811c9dc5
const secondSeed = 0x9e3779b9

/** FNV-1a of 32 bits with its bits mixed once more; never 0, which is an empty cell. */
function hash(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let sum = seed | 0
  for (let at = from; at < to; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193)
  sum = Math.imul(sum ^ (sum >>> 15), 0x85ebca6b)
  sum ^= sum >>> 13
  return sum === 0 ? 1 : sum
}

const slotOf = (first: number): number => ((first >>> 0) % ownerSlots) * ownerWords
const after = (at: number): number => (at + ownerWords) % (ownerSlots * ownerWords)
