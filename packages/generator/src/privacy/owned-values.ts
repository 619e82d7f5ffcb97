// Values that the shop gave to one shopper (order ids, cart tokens), and the search for them in what others see. They have no shape of their
// own, so every run of letters, digits, _ and - of at least eight is looked up by its hash; only lengths that somebody owns are hashed.
import type { OwnerTable } from './owner-table.ts'
import type { PrivacyMemory } from './privacy-memory.ts'
import { flagAt, mostOwnedLength } from './privacy-memory.ts'

/** What is shorter stands on every page by chance. */
const fewestOwnedLength = 8

export type OwnedHit = { readonly at: number; readonly end: number; readonly owner: number; readonly field: number }

const mostHits = 1_000
/** No arrival has this number. */
const nobody = 0
const none: readonly OwnedHit[] = []
const isOfToken = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w-]/.test(String.fromCharCode(byte)) && byte < 0x80 ? 1 : 0))

export class OwnedValues {
  readonly #table: OwnerTable
  readonly #flags: Int32Array
  readonly #lengths: Int32Array

  constructor(table: OwnerTable, { flags, lengths }: PrivacyMemory) {
    this.#table = table
    this.#flags = flags
    this.#lengths = lengths
  }

  get isEmpty(): boolean {
    return Atomics.load(this.#flags, flagAt.owned) === 0
  }

  /** Of a value with other characters in it, its longest run counts. `short`: it cannot be searched for. A value of two shoppers names nobody. */
  add(owner: number, field: number, value: string): 'kept' | 'short' | 'full' {
    const token = longestToken(value)
    if (token.length < fewestOwnedLength) return 'short'
    const bytes = Buffer.from(token, 'latin1')
    const claimed = this.#table.claim(bytes, owner, field)
    if (claimed === 'full') return 'full'
    if (claimed === 'another') this.#table.disown(this.#table.find(bytes, 0, bytes.length))
    Atomics.or(this.#lengths, bytes.length >> 5, 1 << (bytes.length & 31))
    Atomics.store(this.#flags, flagAt.owned, 1)
    return 'kept'
  }

  /** Not the viewer's own. Every eighth byte is looked at, since a run that is long enough holds one of them. */
  find(bytes: Uint8Array, viewer = nobody): readonly OwnedHit[] {
    let hits: OwnedHit[] | null = null
    let at = fewestOwnedLength - 1
    while (at < bytes.length) {
      if (isOfToken[bytes[at] as number] === 0) {
        at += fewestOwnedLength
        continue
      }
      let from = at
      while (from > 0 && isOfToken[bytes[from - 1] as number] === 1) from--
      let end = at + 1
      while (end < bytes.length && isOfToken[bytes[end] as number] === 1) end++
      const hit = end - from < fewestOwnedLength ? null : this.#hit(bytes, from, end, viewer)
      if (hit !== null) {
        hits ??= []
        if (hits.push(hit) >= mostHits) return hits
      }
      at = end + fewestOwnedLength
    }
    return hits ?? none
  }

  #hit(bytes: Uint8Array, at: number, end: number, viewer: number): OwnedHit | null {
    const length = end - at
    if (length > mostOwnedLength || (Atomics.load(this.#lengths, length >> 5) & (1 << (length & 31))) === 0) return null
    const slot = this.#table.find(bytes, at, end)
    const owner = slot < 0 ? nobody : this.#table.ownerAt(slot)
    return owner === nobody || owner === viewer ? null : { at, end, owner, field: this.#table.fieldAt(slot) }
  }
}

function longestToken(value: string): string {
  const tokens = value.match(/[A-Za-z0-9_-]+/g) ?? []
  return tokens
    .filter(({ length }) => length <= mostOwnedLength)
    .reduce((longest, each) => (each.length >= longest.length ? each : longest), '')
}
