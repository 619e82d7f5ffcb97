// The order ledger of one run: what shoppers told, and what the shop said. Live and over a stored run it is the same code.
import type { RunEnd, RunStart, ShopFigure, Tally, Window } from '@doorbuster/measurements'
import type { Objective, Orders } from '@doorbuster/plan'
import { countFigure } from './figures.ts'
import type { LedgerFacts } from './ledger-facts.ts'
import { lostOrders } from './lost-orders.ts'
import { OrderBook } from './order-book.ts'
import { forecastBeyondProvider, runBeyondProvider } from './provider-limit.ts'
import type { Books } from './reconcile.ts'
import { reconcile } from './reconcile.ts'
import { beyond, ShopBooks } from './shop-books.ts'

export type Judged = Exclude<Extract<Objective['metric'], { readonly kind: 'ledger' }>['of'], 'leaks'>

/** An order of which only the shop can tell what became of it: `of` is its key, or its name where it had no key. */
export type OpenOrder = { readonly of: string; readonly key: string | null; readonly id: string | null }

/** What the plan of a run says of orders; null where it says nothing. */
export function ordersOf({ plan }: Pick<RunStart, 'plan'>): Orders | null {
  const found: unknown = typeof plan === 'object' && plan !== null ? Reflect.get(plan, 'orders') : undefined
  // Its form was looked at when the folder was read.
  return found === undefined ? null : (found as Orders)
}

export class Ledger {
  readonly rules: Orders | null
  readonly book: OrderBook
  readonly #shop = new ShopBooks()
  /** Most orders in one second, answered yes or not at all. */
  busiestPerSec = 0

  constructor(rules: Orders | null) {
    this.rules = rules
    this.book = new OrderBook(rules, (sku) => this.stockOf(sku))
  }

  window({ orders, lastingMs }: Window): void {
    if (orders.length === 0) return
    let asked = 0
    for (const entry of orders) {
      this.book.add(entry)
      if (entry.status === 'confirmed' || entry.status === 'unknown') asked++
    }
    // The last window of a run may be a sliver, of which no rate can be told.
    if (lastingMs >= 1e3) this.busiestPerSec = Math.max(this.busiestPerSec, asked)
  }

  shop(figure: ShopFigure): void {
    if (figure.kind === 'orders') {
      if (figure.ids !== null) this.book.learn(figure.of, figure.ids, figure.atMs)
    } else if (figure.kind === 'count') this.#shop.add(figure, (sku) => this.stockOf(sku))
  }

  /** What was there when the run began: as the shop said then, else as the plan does. */
  stockOf(sku: string): number | null {
    return this.#shop.of(sku).before?.stock ?? this.#declared(sku)
  }

  books(): Books {
    return reconcile(this.book, this.#shop, this.rules, (sku) => this.stockOf(sku))
  }

  /** Whether the shop's count, as far as it was read, says what the shoppers were told. */
  get agrees(): boolean {
    const { mismatches, silent } = this.books()
    return silent.length === 0 && mismatches.every(({ kind }) => kind !== 'count' && kind !== 'stock')
  }

  get hasUnknown(): boolean {
    return [...this.book.products.values()].some(({ unknown }) => unknown > 0)
  }

  /** What is certain already while shoppers still order. */
  soFar(of: Judged): number {
    if (of === 'duplicates') return this.book.problems.get('duplicate')?.count ?? 0
    if (of === 'mismatches') return mismatchKinds.reduce((sum, kind) => sum + (this.book.problems.get(kind)?.count ?? 0), 0)
    return this.#skus.reduce((sum, sku) => sum + this.#oversoldSoFar(sku), 0)
  }

  /** When it was first seen, ms from the run's zero; null where it is known only at the end. */
  firstMs(of: Judged): number | null {
    const kinds = of === 'duplicates' ? (['duplicate'] as const) : mismatchKinds
    const moments =
      of === 'oversold'
        ? this.#skus.flatMap((sku) => [this.book.products.get(sku)?.overMs ?? null, this.#shop.of(sku).overMs])
        : kinds.map((kind) => this.book.problems.get(kind)?.firstMs ?? null)
    const known = moments.filter((moment) => moment !== null)
    return known.length === 0 ? null : Math.min(...known)
  }

  /** For summary.json; null for a run that had nothing to do with orders. */
  facts(tally: Tally, { stoppedBy }: RunEnd): LedgerFacts | null {
    const { rules, book } = this
    if (rules === null && book.products.size === 0) return null
    const books = this.books()
    const lost = lostOrders({
      stoppedBy,
      visits: tally.cuts('shoppers'),
      ordered: book.byClass,
      products: books.products,
      basket: rules?.basket,
    })
    return { ...books, lost }
  }

  get openOrders(): readonly OpenOrder[] {
    return [...this.book.open].map(([of, [entry]]) => ({ of, key: entry?.key ?? null, id: entry?.id ?? null }))
  }

  /** What a reader has to know beside the objectives. */
  remarks({ lost }: Pick<LedgerFacts, 'lost'>): readonly string[] {
    const provider = forecastBeyondProvider(this.rules) ?? runBeyondProvider(this.rules, this.busiestPerSec)
    const found = [...(provider === null ? [] : [provider]), ...(lost === null ? [] : [lost.text]), ...this.#disagreements()]
    return found.map((text) => `Remark: ${text}.`)
  }

  /** Where the plan and the shop do not agree on what there was to sell. */
  #disagreements(): readonly string[] {
    return Object.keys(this.rules?.stock ?? {}).flatMap((sku) => {
      const declared = this.#declared(sku)
      const told = this.#shop.of(sku).before?.stock ?? null
      if (declared === null || told === null || declared === told) return []
      return [
        `the plan says ${countFigure(declared)} of ${sku}, the shop had ${countFigure(told)} when the run began, which is what was judged`,
      ]
    })
  }

  get #skus(): readonly string[] {
    return [...new Set([...Object.keys(this.rules?.stock ?? {}), ...this.book.products.keys()])]
  }

  /** Where orders are taken back, our answers may come in another order than the shop's deeds: then only the shop's own count is certain. */
  #oversoldSoFar(sku: string): number {
    const stock = this.stockOf(sku)
    const { confirmed = 0, cancelled = 0 } = this.book.products.get(sku) ?? {}
    const own = stock === null || cancelled > 0 ? 0 : Math.max(0, confirmed - stock)
    return Math.max(own, stock === null ? 0 : beyond(this.#shop.of(sku), stock))
  }

  #declared(sku: string): number | null {
    const stock = this.rules?.stock
    return stock !== undefined && Object.hasOwn(stock, sku) ? (stock[sku] ?? null) : null
  }
}

const mismatchKinds = ['id-twice', 'price', 'per-shopper'] as const
