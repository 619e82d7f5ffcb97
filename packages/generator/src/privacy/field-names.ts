// Names of the fields that canaries stand for, and their numbers: those of every shopper, and those that journeys make up, which get the
// same number in every thread.
import { awaitOther, mostFieldLetters, mostOwnFields, nameWords } from './privacy-memory.ts'

/** Of every shopper; a field's number is its place. */
export const usualFields = ['name', 'email', 'address', 'phone', 'token'] as const

const state = { free: 0, writing: 1, written: 2 } as const

export class FieldNames {
  readonly #names: Int32Array

  constructor(names: Int32Array) {
    this.#names = names
  }

  /** @throws TypeError for a name that is none, or one too many; into the journey that made it up. */
  numberOf(name: string): number {
    const usual = usualFields.indexOf(name as (typeof usualFields)[number])
    if (usual >= 0) return usual
    if (!isName.test(name))
      throw new TypeError(`a field of a canary has a name of up to ${mostFieldLetters} small letters and hyphens: ${JSON.stringify(name)}`)
    for (let place = 0; place < mostOwnFields; place++) {
      if (this.#take(place, name) || this.#nameAt(place) === name) return usualFields.length + place
    }
    throw new TypeError(`a run has at most ${mostOwnFields} fields of its own for canaries; ${JSON.stringify(name)} is one too many`)
  }

  /** Of a number that nobody gave: `canary`. */
  nameOf(field: number): string {
    return usualFields[field] ?? (this.#nameAt(field - usualFields.length) || 'canary')
  }

  /** False: the place is another name's, or this one's already. */
  #take(place: number, name: string): boolean {
    const at = place * nameWords
    if (Atomics.compareExchange(this.#names, at, state.free, state.writing) !== state.free) return false
    const bytes = Buffer.alloc(mostFieldLetters)
    bytes.write(name, 'latin1')
    for (let word = 1; word < nameWords; word++) this.#names[at + word] = bytes.readInt32LE((word - 1) * 4)
    Atomics.store(this.#names, at, state.written)
    return true
  }

  #nameAt(place: number): string {
    if (place < 0 || place >= mostOwnFields) return ''
    const at = place * nameWords
    awaitOther(this.#names, at, state.writing)
    if (Atomics.load(this.#names, at) !== state.written) return ''
    const bytes = Buffer.alloc(mostFieldLetters)
    for (let word = 1; word < nameWords; word++) bytes.writeInt32LE(this.#names[at + word] ?? 0, (word - 1) * 4)
    return bytes.toString('latin1').replaceAll('\0', '')
  }
}

const isName = new RegExp(`^[a-z][a-z-]{0,${mostFieldLetters - 1}}$`)
