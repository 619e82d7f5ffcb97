// What the shop itself said of each product: before the run, at its height, and last. Knows nothing of orders.
import type { ShopCount } from '@doorbuster/measurements'

export type ShopBook = {
  before: ShopCount | null
  /** The last that was read after the run. */
  after: ShopCount | null
  /** Most that were ever sold, as the shop counts; null: it never said. */
  mostSold: number | null
  /** Least that was ever left. */
  leastStock: number | null
  /** When it first had sold more than was there, or had less than nothing left. */
  overMs: number | null
  /** Why nothing could be read, the last time that nothing could. */
  because: string | null
}

export class ShopBooks {
  readonly #books = new Map<string, ShopBook>()

  of(sku: string): ShopBook {
    const known = this.#books.get(sku)
    if (known !== undefined) return known
    const book: ShopBook = { before: null, after: null, mostSold: null, leastStock: null, overMs: null, because: null }
    this.#books.set(sku, book)
    return book
  }

  add(count: ShopCount, stockOf: (sku: string) => number | null): void {
    const book = this.of(count.sku)
    if (count.because !== null) {
      book.because = count.because
      return
    }
    if (count.when === 'before') book.before = count
    else this.#look(book, count)
    if (count.when === 'after') book.after = count
    if (book.overMs === null && beyond(book, stockOf(count.sku)) > 0) book.overMs = count.atMs
  }

  #look(book: ShopBook, { sold, stock }: ShopCount): void {
    if (sold !== null) book.mostSold = Math.max(book.mostSold ?? sold, sold)
    if (stock !== null) book.leastStock = Math.min(book.leastStock ?? stock, stock)
  }
}

/** Pieces that the shop itself says it sold of the run's goods at most; null where it does not say. */
export function mostSoldInRun({ before, mostSold }: ShopBook): number | null {
  return before === null || before.sold === null || mostSold === null ? null : mostSold - before.sold
}

/** Pieces beyond the stock by the shop's own count alone. */
export function beyond(book: ShopBook, stock: number | null): number {
  const sold = mostSoldInRun(book)
  return Math.max(0, sold === null || stock === null ? 0 : sold - stock, -(book.leastStock ?? 0))
}
