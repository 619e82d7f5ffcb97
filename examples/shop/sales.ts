// The single writes that selling is made of. In which order they happen, and what may happen between them, is the manner's affair.
import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** What a shopper asks for. The same `key` twice means: the same order, asked again. */
export type Wish = { readonly sku: string; readonly qty: number; readonly key?: string }
type Order = { readonly id: number; readonly sku: string; readonly qty: number }

/** How an order ended. `left`: stock afterwards, as the shop believes. */
export type Sale =
  | { readonly kind: 'sold'; readonly order: Order; readonly left: number; readonly isRepeat: boolean }
  | { readonly kind: 'sold-out'; readonly left: number }
  | { readonly kind: 'key-taken' }

export type Sales = {
  addCart(sku: string, qty: number): string
  hasCart(id: string): boolean
  /** Sets the stock to a number worked out elsewhere, whatever it is by now. */
  writeStock(sku: string, stock: number): void
  /** Takes `qty` if there is enough, in one statement. Answers what is left, or undefined when there was not enough. */
  takeStock(sku: string, qty: number): number | undefined
  addOrder(wish: Wish): Order
  orderOfKey(key: string): Order | undefined
}

export function createSales(database: DatabaseSync): Sales {
  const addCart = database.prepare('INSERT INTO carts (id, sku, qty, at) VALUES (?, ?, ?, ?)')
  const cart = database.prepare('SELECT 1 FROM carts WHERE id = ?')
  const writeStock = database.prepare('UPDATE stock SET stock = ? WHERE sku = ?')
  const takeStock = database.prepare('UPDATE stock SET stock = stock - :qty WHERE sku = :sku AND stock >= :qty RETURNING stock')
  const addOrder = database.prepare('INSERT INTO orders (sku, qty, key, at) VALUES (?, ?, ?, ?) RETURNING id')
  const orderOfKey = database.prepare('SELECT id, sku, qty FROM orders WHERE key = ? ORDER BY id LIMIT 1')
  return {
    addCart(sku, qty) {
      const id = randomUUID()
      addCart.run(id, sku, qty, now())
      return id
    },
    hasCart: (id) => cart.get(id) !== undefined,
    writeStock: (sku, stock) => void writeStock.run(stock, sku),
    takeStock: (sku, qty) => (takeStock.get({ sku, qty }) as { stock: number } | undefined)?.stock,
    addOrder({ sku, qty, key }) {
      const { id } = addOrder.get(sku, qty, key ?? null, now()) as { id: number }
      return { id, sku, qty }
    },
    orderOfKey: (key) => orderOfKey.get(key) as Order | undefined,
  }
}

function now(): string {
  return new Date().toISOString()
}
