// Orders and the shop's figures in a few words, so that a test's sums can be done by its reader.
import type { OrderEntry, ShopCount, ShopOrders } from '@doorbuster/measurements'
import type { Orders } from '@doorbuster/plan'

/** A confirmed order of one `tv`, unless said otherwise; shopper and id are the number. */
export function order(nth: number, more: Partial<OrderEntry> = {}): OrderEntry {
  const price = { priceCents: null, cartPriceCents: null }
  return {
    atMs: nth,
    arrival: nth,
    shopper: 'buyer',
    status: 'confirmed',
    id: String(nth),
    sku: 'tv',
    qty: 1,
    key: null,
    ...price,
    ...more,
  }
}

export const unanswered = (nth: number, more: Partial<OrderEntry> = {}): OrderEntry => order(nth, { status: 'unknown', id: null, ...more })

/** So many confirmed orders, from number `from` on. */
export const orders = (count: number, from = 1, more: Partial<OrderEntry> = {}): readonly OrderEntry[] =>
  Array.from({ length: count }, (_, index) => order(from + index, more))

export function says(when: ShopCount['when'], sold: number | null, stock: number | null = null, more: Partial<ShopCount> = {}): ShopCount {
  return { kind: 'count', when, atMs: when === 'before' ? 0 : 5_000, sku: 'tv', sold, stock, because: null, ...more }
}

export const silent = (when: ShopCount['when'], because: string): ShopCount => says(when, null, null, { because })

export function has(of: string, ids: readonly string[] | null): ShopOrders {
  return { kind: 'orders', atMs: 6_000, of, ids, because: ids === null ? 'timeout' : null }
}

export function rules(more: Partial<Orders> = {}): Orders {
  return { stock: { tv: 10 }, settleMs: 5_000, ...more }
}

export const counted: Partial<Orders> = { count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' } }
