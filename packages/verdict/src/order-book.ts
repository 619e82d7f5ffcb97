// Adds up orders as they are told, each once: by product, by id, by idempotency key. Knows nothing of the shop's own books.
import type { OrderEntry } from '@doorbuster/measurements'
import type { Orders } from '@doorbuster/plan'
import type { MismatchKind } from './ledger-facts.ts'

export type Product = {
  /** Pieces. */
  confirmed: number
  unknown: number
  refused: number
  cancelled: number
  /** When more were confirmed than there are, ms from the run's zero; null while that is not so. */
  overMs: number | null
}

/** What an order book finds by itself. */
export type BookKind = Extract<MismatchKind, 'id-twice' | 'price' | 'per-shopper'> | 'duplicate'
export type Problem = { count: number; firstMs: number; readonly samples: string[] }

type Known = Pick<OrderEntry, 'arrival' | 'key' | 'sku' | 'qty'> & { isCancelled: boolean }

const mostSamples = 3

/** Memory grows with the orders, about 350 bytes each: whether an order came twice cannot be told by less. */
export class OrderBook {
  readonly products = new Map<string, Product>()
  readonly orders = { confirmed: 0, unknown: 0, refused: 0, cancelled: 0 }
  /** Confirmed orders by class of shoppers. */
  readonly byClass = new Map<string, number>()
  readonly problems = new Map<BookKind, Problem>()
  /** Orders whose answer nobody saw, by their key or else their name; those with neither nobody can ask for. */
  readonly open = new Map<string, OrderEntry[]>()
  readonly #perShopper: number | undefined
  readonly #stockOf: (sku: string) => number | null
  readonly #ids = new Map<string, Known>()
  /** The first order of each key. */
  readonly #keys = new Map<string, string | null>()
  readonly #pieces = new Map<string, number>()

  constructor(rules: Pick<Orders, 'perShopper'> | null, stockOf: (sku: string) => number | null) {
    this.#perShopper = rules?.perShopper
    this.#stockOf = stockOf
  }

  add(entry: OrderEntry): void {
    switch (entry.status) {
      case 'confirmed':
        return this.#confirm(entry)
      case 'unknown':
        return this.#leaveOpen(entry)
      case 'refused':
        this.orders.refused++
        this.product(entry.sku).refused += entry.qty
        return
      case 'cancelled':
        return this.#cancel(entry)
    }
  }

  /** The shop says which orders it has under a key or a name that was left open. */
  learn(of: string, ids: readonly string[], atMs: number): void {
    const [first, ...again] = this.open.get(of) ?? []
    if (first === undefined) return
    this.open.delete(of)
    for (const { sku, qty } of [first, ...again]) this.product(sku).unknown -= qty
    for (const id of ids) this.#confirm({ ...first, atMs, status: 'confirmed', id })
  }

  product(sku: string): Product {
    const known = this.products.get(sku)
    if (known !== undefined) return known
    const product: Product = { confirmed: 0, unknown: 0, refused: 0, cancelled: 0, overMs: null }
    this.products.set(sku, product)
    return product
  }

  #confirm(entry: OrderEntry): void {
    const { id, key, sku, qty, shopper, atMs } = entry
    if (this.#isToldAlready(entry)) return
    if (id !== null) this.#ids.set(id, { arrival: entry.arrival, key, sku, qty, isCancelled: false })
    if (key !== null) this.#noteKey(key, entry)
    this.#notePrice(entry)
    this.#noteShopper(entry)
    this.orders.confirmed++
    this.byClass.set(shopper, (this.byClass.get(shopper) ?? 0) + 1)
    const product = this.product(sku)
    product.confirmed += qty
    const stock = this.#stockOf(sku)
    if (stock !== null && product.confirmed - product.cancelled > stock) product.overMs ??= atMs
  }

  /** A replay is answered with the order that is there already; the same id for anything else is a second order under one name. */
  #isToldAlready({ id, key, arrival, sku, atMs }: OrderEntry): boolean {
    if (id === null) return key !== null && this.#keys.has(key)
    const known = this.#ids.get(id)
    if (known === undefined) return false
    const isReplay = key === known.key && sku === known.sku && (key !== null || arrival === known.arrival)
    const whose = arrival === known.arrival ? `two orders of shopper ${arrival}` : `shoppers ${known.arrival} and ${arrival}`
    if (!isReplay) this.#note('id-twice', atMs, `order ${id} was given to ${whose}`)
    return true
  }

  #noteKey(key: string, { id, atMs }: OrderEntry): void {
    const first = this.#keys.get(key)
    if (first === undefined) this.#keys.set(key, id)
    else this.#note('duplicate', atMs, `key ${key} made orders ${first ?? '(unnamed)'} and ${id}`)
  }

  #notePrice({ priceCents, cartPriceCents, sku, id, atMs }: OrderEntry): void {
    if (priceCents === null || cartPriceCents === null || priceCents === cartPriceCents) return
    this.#note(
      'price',
      atMs,
      `${sku} was ${cartPriceCents} in the cart and ${priceCents} at confirmation${id === null ? '' : ` (order ${id})`}`,
    )
  }

  #noteShopper({ arrival, sku, qty, atMs }: OrderEntry): void {
    if (this.#perShopper === undefined) return
    const name = `${arrival} ${sku}`
    const pieces = (this.#pieces.get(name) ?? 0) + qty
    this.#pieces.set(name, pieces)
    if (pieces > this.#perShopper)
      this.#note('per-shopper', atMs, `shopper ${arrival} has ${pieces} of ${sku}, where ${this.#perShopper} may be had`)
  }

  #leaveOpen(entry: OrderEntry): void {
    this.orders.unknown++
    this.product(entry.sku).unknown += entry.qty
    const of = entry.key ?? entry.id
    if (of === null) return
    const same = this.open.get(of)
    if (same === undefined) this.open.set(of, [entry])
    else same.push(entry)
  }

  #cancel({ id, sku, qty }: OrderEntry): void {
    const known = id === null ? undefined : this.#ids.get(id)
    if (known === undefined || known.isCancelled) return
    known.isCancelled = true
    this.orders.cancelled++
    this.product(sku).cancelled += qty
    const name = `${known.arrival} ${sku}`
    if (this.#perShopper !== undefined) this.#pieces.set(name, (this.#pieces.get(name) ?? 0) - qty)
  }

  #note(kind: BookKind, atMs: number, sample: string): void {
    const problem = this.problems.get(kind) ?? { count: 0, firstMs: atMs, samples: [] }
    this.problems.set(kind, problem)
    problem.count++
    if (problem.samples.length < mostSamples) problem.samples.push(sample)
  }
}
