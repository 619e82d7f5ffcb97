// The seam between what the shop offers and how it goes about it. Routes see only this; the two manners fill it.
import type { Carts } from './carts.ts'
import type { Catalogue } from './catalogue.ts'
import type { Load, Turn } from './line.ts'
import type { Pay } from './payment.ts'
import type { Sale, Sales, Wish } from './sales.ts'

/** `page`: quick to answer. `sale`: asks or changes the books, or looks through them. */
export type Kind = 'page' | 'sale'

export type Manner = {
  readonly name: MannerName
  /** How many requests are worked on at once. */
  readonly workers: number
  /** Workers at work and requests that wait for one, now. */
  load(): Load
  /** Runs a request's work at its turn, if it gets one. */
  admit<T>(kind: Kind, work: () => T | Promise<T>, isGone: () => boolean): Promise<Turn<T>>
  landing(): string | Uint8Array
  /** Undefined when there is no such product. */
  product(sku: string): string | Uint8Array | undefined
  /** `wish.sku` must exist. */
  order(wish: Wish): Promise<Sale>
}

export const mannerNames = ['naive', 'hardened'] as const
export type MannerName = (typeof mannerNames)[number]

/** What may be said otherwise of the line in which requests wait. */
export type Staffing = {
  /** Default: the manner's own number. */
  readonly workers?: number | undefined
  /** One line for everything, without an end, in which those who left are still worked on: what is owed is never forgiven. */
  readonly neverRecovers: boolean
}

/** What both manners have to work with. */
export type Stockroom = {
  readonly catalogue: Catalogue
  readonly sales: Sales
  readonly carts: Carts
  readonly pay: Pay
  /** All of `work`, which must not wait, or nothing of it. */
  readonly inTransaction: <T>(work: () => T) => T
  readonly onFailure: (error: unknown) => void
}
