// The seam between what the shop offers and how it goes about it. Routes see only this; the two manners fill it.
import type { Catalogue } from './catalogue.ts'
import type { Load, Turn } from './line.ts'
import type { Pay } from './payment.ts'
import type { Sale, Sales, Wish } from './sales.ts'

/** `page`: shown to lookers. `sale`: asks or changes the books. */
export type Kind = 'page' | 'sale'

export type Manner = {
  readonly name: MannerName
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

/** What both manners have to work with. */
export type Stockroom = {
  readonly catalogue: Catalogue
  readonly sales: Sales
  readonly pay: Pay
  /** All of `work`, which must not wait, or nothing of it. */
  readonly inTransaction: <T>(work: () => T) => T
  readonly onFailure: (error: unknown) => void
}
