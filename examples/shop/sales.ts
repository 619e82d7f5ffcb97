// The single writes that selling is made of. In which order they happen, and what may happen between them, is the manner's affair.
import type { DatabaseSync } from 'node:sqlite'

/** What a shopper asks for. The same `key` twice means: the same order, asked again. */
export type Wish = {
  readonly sku: string
  readonly qty: number
  /** Of one piece, at the till. */
  readonly priceCents: number
  readonly key?: string
  readonly cart?: string
  /** The account that buys; nobody's when the shopper has not logged in. */
  readonly owner?: number
}
export type Order = { readonly id: number; readonly sku: string; readonly qty: number; readonly priceCents: number }
export type OwnedOrder = Order & { readonly owner: number | null }

/** How an order ended. `left`: stock afterwards, as the shop believes. */
export type Sale =
  | { readonly kind: 'sold'; readonly order: Order; readonly left: number; readonly isRepeat: boolean }
  | { readonly kind: 'sold-out'; readonly left: number }
  | { readonly kind: 'key-taken' }

export type Sales = {
  /** Sets the stock to a number worked out elsewhere, whatever it is by now. */
  writeStock(sku: string, stock: number): void
  /** Takes `qty` if there is enough, in one statement. Answers what is left, or undefined when there was not enough. */
  takeStock(sku: string, qty: number): number | undefined
  putBack(sku: string, qty: number): void
  addOrder(wish: Wish): Order
  /** How many orders were written since the shop opened. */
  ordersAdded(): number
  /** The first order with this key. */
  orderOfKey(key: string): Order | undefined
  /** All orders with this key: one, in a shop that keeps its word. */
  ordersOfKey(key: string): readonly Order[]
  order(id: number): OwnedOrder | undefined
}

/** An order that nobody was logged in for is nobody's to read. */
export function isOwner({ owner }: OwnedOrder, account: number | undefined): boolean {
  return owner !== null && owner === account
}

const orderColumns = 'id, sku, qty, priceCents'

export function createSales(database: DatabaseSync): Sales {
  const writeStock = database.prepare('UPDATE stock SET stock = ? WHERE sku = ?')
  const takeStock = database.prepare('UPDATE stock SET stock = stock - :qty WHERE sku = :sku AND stock >= :qty RETURNING stock')
  const putBack = database.prepare('UPDATE stock SET stock = stock + ? WHERE sku = ?')
  const addOrder = database.prepare('INSERT INTO orders (sku, qty, priceCents, owner, key, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id')
  const ordersOfKey = database.prepare(`SELECT ${orderColumns} FROM orders WHERE key = ? ORDER BY id`)
  const order = database.prepare(`SELECT ${orderColumns}, owner FROM orders WHERE id = ?`)
  let added = 0
  return {
    ordersAdded: () => added,
    writeStock: (sku, stock) => void writeStock.run(stock, sku),
    takeStock: (sku, qty) => (takeStock.get({ sku, qty }) as { stock: number } | undefined)?.stock,
    putBack: (sku, qty) => void putBack.run(qty, sku),
    addOrder({ sku, qty, priceCents, owner, key }) {
      const { id } = addOrder.get(sku, qty, priceCents, owner ?? null, key ?? null, new Date().toISOString()) as { id: number }
      added += 1
      return { id, sku, qty, priceCents }
    },
    orderOfKey: (key) => ordersOfKey.get(key) as Order | undefined,
    ordersOfKey: (key) => ordersOfKey.all(key) as Order[],
    order: (id) => order.get(id) as OwnedOrder | undefined,
  }
}
