// The shoppers' orders held against the shop's own books: what was sold at least and at most, and where the two do not agree. Pure.
//
//   shoppers:  confirmed − cancelled ≤ sold ≤ confirmed − cancelled + unknown        shop:  sold now − sold before
//   left:      stock now = stock before − sold
//
// An order whose answer nobody saw is not guessed: it makes a range, until the shop tells.
import type { Orders } from '@doorbuster/plan'
import { counted, countFigure } from './figures.ts'
import type { LedgerFacts, Mismatch, ProductFacts, Range } from './ledger-facts.ts'
import type { BookKind, OrderBook, Product } from './order-book.ts'
import type { ShopBook, ShopBooks } from './shop-books.ts'
import { beyond, mostSoldInRun } from './shop-books.ts'

export type Books = Omit<LedgerFacts, 'lost'>

export function reconcile(book: OrderBook, shop: ShopBooks, rules: Orders | null, stockOf: (sku: string) => number | null): Books {
  // Where no journey told of any order, there is nothing to hold against the shop's count.
  const isTold = book.products.size > 0
  const skus = [...new Set([...Object.keys(rules?.stock ?? {}), ...book.products.keys()])]
  const found = skus.map((sku) => {
    const own = book.products.get(sku) ?? nothing
    return product({ sku, own, shop: shop.of(sku), stock: stockOf(sku), isTold })
  })
  return {
    orders: { ...book.orders },
    products: found.map(({ facts }) => facts),
    duplicates: book.problems.get('duplicate')?.count ?? 0,
    mismatches: [...ownMismatches(book), ...found.flatMap(({ mismatches }) => mismatches)],
    silent: rules?.count === undefined ? [] : Object.keys(rules.stock).flatMap((sku) => silence(sku, shop.of(sku))),
  }
}

const nothing: Product = { confirmed: 0, unknown: 0, refused: 0, cancelled: 0, overMs: null }

type Given = {
  readonly sku: string
  readonly own: Product
  readonly shop: ShopBook
  readonly stock: number | null
  readonly isTold: boolean
}

function product(given: Given): { readonly facts: ProductFacts; readonly mismatches: readonly Mismatch[] } {
  const { sku, own, shop, stock } = given
  const { overMs: _, ...pieces } = own
  const shopSold = differ(shop.before?.sold, shop.after?.sold)
  const sold = soldOf(given, shopSold)
  const facts = {
    sku,
    stock,
    ...pieces,
    shopSold,
    shopStock: shop.after?.stock ?? null,
    sold,
    oversold: stock === null ? null : { least: over(sold.least, shop, stock), most: over(sold.most, shop, stock) },
  }
  return { facts, mismatches: [...countMismatch(given, shopSold), ...stockMismatch(given, shopSold)] }
}

function over(sold: number, shop: ShopBook, stock: number): number {
  return Math.max(0, sold - stock, beyond(shop, stock))
}

function ownRange({ confirmed, cancelled, unknown }: Product): Range {
  return { least: confirmed - cancelled, most: confirmed - cancelled + unknown }
}

function soldOf({ own, shop, isTold }: Given, shopSold: number | null): Range {
  const range = ownRange(own)
  if (shopSold === null) {
    // Before the end a later figure may still come; what the shop said in between it sold at least.
    const least = Math.max(range.least, Math.min(range.most, mostSoldInRun(shop) ?? 0))
    return { least, most: range.most }
  }
  // A shopper who was told yes has an order, whatever the shop's count says.
  const sold = isTold ? Math.max(range.least, shopSold) : shopSold
  return { least: sold, most: sold }
}

function countMismatch({ sku, own, isTold }: Given, shopSold: number | null): readonly Mismatch[] {
  const { least, most } = ownRange(own)
  if (!isTold || shopSold === null || (shopSold >= least && shopSold <= most)) return []
  const count = shopSold < least ? least - shopSold : shopSold - most
  const told = own.unknown === 0 ? countFigure(least) : `${countFigure(least)} to ${countFigure(most)}`
  const which = shopSold < least ? 'too few' : 'too many, which no shopper was told of'
  return [
    {
      kind: 'count',
      count,
      text: `${sku}: the shop counts ${countFigure(shopSold)} sold, its shoppers ${told}: ${countFigure(count)} ${which}`,
    },
  ]
}

function stockMismatch({ sku, own, shop }: Given, shopSold: number | null): readonly Mismatch[] {
  const before = shop.before?.stock ?? null
  const after = shop.after?.stock ?? null
  const sold = shopSold ?? (own.unknown === 0 ? own.confirmed - own.cancelled : null)
  if (before === null || after === null || sold === null) return []
  // What was sold beyond the stock cannot be missing from it.
  const expected = Math.max(0, before - sold)
  if (after === expected) return []
  const count = Math.abs(after - expected)
  const what = after < expected ? 'never came back' : 'would be sold once more'
  const sum = `${countFigure(after)} left of ${countFigure(before)} after ${countFigure(sold)} sold`
  return [{ kind: 'stock', count, text: `${sku}: ${sum}, where ${countFigure(expected)} should be: ${counted(count, 'piece')} ${what}` }]
}

/** Null where either is not known. */
function differ(before: number | null | undefined, after: number | null | undefined): number | null {
  return before === null || before === undefined || after === null || after === undefined ? null : after - before
}

const wordsOf: Readonly<Record<Exclude<BookKind, 'duplicate'>, string>> = {
  'id-twice': 'one order id was given to two orders',
  price: 'the price at confirmation was another than in the cart',
  'per-shopper': 'a shopper got more than one may have',
}

function ownMismatches({ problems }: OrderBook): readonly Mismatch[] {
  return (['id-twice', 'price', 'per-shopper'] as const).flatMap((kind) => {
    const problem = problems.get(kind)
    if (problem === undefined) return []
    const { count, samples } = problem
    return [
      { kind, count, text: `${wordsOf[kind]} ${counted(count, 'time')} (${samples.join('; ')}${count > samples.length ? '; …' : ''})` },
    ]
  })
}

function silence(sku: string, { before, after, because }: ShopBook): Books['silent'] {
  if (before !== null && after !== null) return []
  return [{ sku, because: because ?? 'it was never asked' }]
}
