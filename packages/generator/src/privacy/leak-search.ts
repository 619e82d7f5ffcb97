// What of one answer belongs to another shopper than the one who got it: canaries, phone numbers, values that the shop gave. Counts nothing.

import { mostPeople } from '@doorbuster/measurements'
import { findCanaries, findPhones } from './canary-search.ts'
import type { FieldNames } from './field-names.ts'
import { usualFields } from './field-names.ts'
import type { Find } from './find.ts'
import { asBuffer } from './find.ts'
import type { OwnedValues } from './owned-values.ts'
import { shownAround } from './shown-text.ts'

export type LeakSearchOptions = {
  readonly run: number
  readonly fields: FieldNames
  readonly owned: OwnedValues
  /** Whether phone numbers were given out; looking for their digits costs a pass of its own. */
  readonly hasPhones: () => boolean
}

/** `isEarlier`: a canary that a rehearsal before this one left behind. */
export type Leak = Find & { readonly isEarlier: boolean }

type Piece = { readonly at: number; readonly end: number; readonly field: string; readonly owner: number | null }

export class LeakSearch {
  readonly #options: LeakSearchOptions

  constructor(options: LeakSearchOptions) {
    this.#options = options
  }

  inHead(head: Uint8Array, viewer: number): readonly Leak[] {
    const pieces = this.#pieces(head, viewer)
    return pieces.length === 0 ? noLeaks : joined(pieces, head, (at) => `header ${headerAt(head, at)}`)
  }

  inBody(body: Uint8Array, viewer: number): readonly Leak[] {
    const pieces = this.#pieces(body, viewer)
    return pieces.length === 0 ? noLeaks : joined(pieces, body, () => 'body')
  }

  #pieces(bytes: Uint8Array, viewer: number): readonly Piece[] {
    const { owned, hasPhones } = this.#options
    const canaries = this.#canaries(asBuffer(bytes), viewer)
    const phones = hasPhones() ? this.#phones(asBuffer(bytes), viewer) : noPieces
    const values = owned.isEmpty ? noPieces : this.#values(bytes, viewer)
    return phones.length + values.length === 0 ? canaries : [...canaries, ...phones, ...values]
  }

  #canaries(bytes: Buffer, viewer: number): readonly Piece[] {
    const { run, fields } = this.#options
    const hits = findCanaries(bytes, run, viewer)
    if (hits.length === 0) return noPieces
    return hits.map(({ at, end, field, owner, ...of }) =>
      of.run === run ? { at, end, field: fields.nameOf(field), owner } : { at, end, field: usualFields[field] ?? 'canary', owner: null },
    )
  }

  #phones(bytes: Buffer, viewer: number): readonly Piece[] {
    const others = findPhones(bytes, this.#options.run, viewer)
    return others.map((hit) => ({ ...hit, field: 'phone' }))
  }

  #values(bytes: Uint8Array, viewer: number): readonly Piece[] {
    const { owned, fields } = this.#options
    return owned.find(bytes, viewer).map(({ field, ...hit }) => ({ ...hit, field: fields.nameOf(field) }))
  }
}

const noPieces: readonly Piece[] = []
const noLeaks: readonly Leak[] = []

/** One leak for each place and field; the first of its pieces is shown. */
function joined(pieces: readonly Piece[], bytes: Uint8Array, whereOf: (at: number) => string): readonly Leak[] {
  const leaks = new Map<string, Omit<Leak, 'owners'> & { readonly owners: Set<number> }>()
  for (const { at, end, field, owner } of pieces) {
    const where = whereOf(at)
    const isEarlier = owner === null
    const name = isEarlier ? `${field} of an earlier run` : field
    const key = `${where}\n${name}`
    const known = leaks.get(key) ?? { where, field: name, isEarlier, sample: shownAround(bytes, at, end, name), owners: new Set<number>() }
    leaks.set(key, known)
    if (owner !== null && known.owners.size < mostPeople) known.owners.add(owner)
  }
  return [...leaks.values()].map(({ owners, ...leak }) => ({ ...leak, owners: [...owners] }))
}

const mostNameBytes = 40

/** The header whose line holds this byte. */
function headerAt(head: Uint8Array, at: number): string {
  const lineAt = head.lastIndexOf(0x0a, at) + 1
  const colonAt = head.indexOf(0x3a, lineAt)
  if (colonAt < 0 || colonAt > at) return '(status line)'
  const name = asBuffer(head).toString('latin1', lineAt, Math.min(colonAt, lineAt + mostNameBytes))
  return name.toLowerCase().replace(/[^!-~]+/g, '')
}
