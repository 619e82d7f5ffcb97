// The order ledger as data: what summary.json says of orders. Pieces are pieces of goods; everything else counts orders.

/** From what is certain to what is possible; the same number when nothing is left open. */
export type Range = { readonly least: number; readonly most: number }

export type ProductFacts = {
  readonly sku: string
  /** Pieces there were to sell when the run began; null: nobody said. */
  readonly stock: number | null
  /** Pieces, as the shoppers saw them. `unknown` are those of which the shop did not tell one by one what became of them. */
  readonly confirmed: number
  readonly unknown: number
  readonly refused: number
  readonly cancelled: number
  /** Pieces that the shop itself says it sold in the run, and had left after it; null: it does not say. */
  readonly shopSold: number | null
  readonly shopStock: number | null
  /** Pieces sold in the run, cancelled ones left out. */
  readonly sold: Range
  /** Pieces sold beyond the stock; null where no stock is known. */
  readonly oversold: Range | null
}

/**
 * `id-twice`: one order id for two orders · `price`: another price at confirmation than in the cart · `per-shopper`: more pieces than one shopper
 * may have · `count`: the shop sold more or less than its shoppers were told · `stock`: what is left is not what was there less what was sold.
 */
export type MismatchKind = 'id-twice' | 'price' | 'per-shopper' | 'count' | 'stock'

/** `count`: orders, or pieces for what is found in the shop's count. `text`: one plain sentence without its full stop. */
export type Mismatch = { readonly kind: MismatchKind; readonly count: number; readonly text: string }

/** An estimate of what the launch lost; `cents` null: nobody said what an order is worth. */
export type LostOrders = { readonly orders: number; readonly cents: number | null; readonly text: string }

export type LedgerFacts = {
  /** Different orders that were confirmed, and how often an order was left unanswered, refused, taken back. */
  readonly orders: { readonly confirmed: number; readonly unknown: number; readonly refused: number; readonly cancelled: number }
  readonly products: readonly ProductFacts[]
  /** Orders beyond the first for one idempotency key. */
  readonly duplicates: number
  readonly mismatches: readonly Mismatch[]
  /** Products whose own count the shop was to tell and did not, with why. */
  readonly silent: readonly { readonly sku: string; readonly because: string }[]
  /** Null: none, or nothing to tell it by. */
  readonly lost: LostOrders | null
}
