// What a journey says of an order, as types. What comes of it is the ledger's affair.

/** As much of an answer as tells what became of an order. */
type AnswerToOrder = { readonly status: number; readonly cause: string | undefined; json(): unknown }

export type OrderTold = {
  readonly sku: string
  /** Pieces; default 1. */
  readonly qty?: number
  /**
   * What the shop answered. 200 to 399: confirmed, and `id` is read from the JSON's own `id` unless it is given. 400 to 499: refused. 500 and
   * above, a timeout, a cut connection: unknown, for the shop may have written the order all the same. Never sent: no order.
   */
  readonly answer?: AnswerToOrder
  /** In place of an answer. Default without one: `confirmed`. */
  readonly status?: 'confirmed' | 'unknown' | 'refused'
  /** The shop's own name for the order, at most 200 characters; a longer one counts as none. */
  readonly id?: string | number
  /** Idempotency key that was sent with it, as `s.key()` makes one. */
  readonly key?: string
  /** What one piece cost when it was confirmed, and in the cart before, in the smallest unit of money: whole cents. */
  readonly priceCents?: number
  readonly cartPriceCents?: number
}

/** For a request that asks for an order: whatever comes of the request is told of the order. */
export type OrderAsked = Pick<OrderTold, 'sku' | 'qty' | 'key' | 'priceCents' | 'cartPriceCents'>

/** An order as it was written down. `unsent`: it never left this machine, so nothing was. */
export type Order = {
  readonly status: 'confirmed' | 'unknown' | 'refused' | 'unsent'
  readonly id: string | null
  readonly sku: string
  readonly qty: number
  readonly key: string | null
}
