// Carts, and the stock that they hold for a while when the shop is told to. Knows nothing of HTTP or of how the shop sells.
import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './database.ts'
import type { Sales } from './sales.ts'

export type Holding = {
  /** How long a cart holds its stock: 0 for not at all, Infinity for ever. */
  readonly holdMs: number
  /** Whether stock that was held goes back when the cart is given up. */
  readonly givesBack: boolean
}

export type Carts = {
  /** The cart's id, or undefined when there is not enough left to hold. */
  open(sku: string, qty: number): string | undefined
  has(id: string): boolean
  /** Turns what the cart holds into sold; inside the order's transaction. False when it holds nothing like it: take stock from the store. */
  claim(id: string | undefined, sku: string, qty: number): boolean
  /** False when there is no such cart. */
  drop(id: string): boolean
  /** Puts back what carts held for longer than they may. Called before the books are read, so no timer is needed. */
  returnOverdue(): void
}

type Held = { readonly sku: string; readonly qty: number }

export function createCarts(
  database: DatabaseSync,
  sales: Pick<Sales, 'takeStock' | 'putBack'>,
  { holdMs, givesBack }: Holding,
  nowMs = Date.now,
): Carts {
  const add = database.prepare('INSERT INTO carts (id, sku, qty, held, untilMs, at) VALUES (?, ?, ?, ?, ?, ?)')
  const find = database.prepare('SELECT 1 FROM carts WHERE id = ?')
  const claim = database.prepare('UPDATE carts SET held = 0 WHERE id = ? AND sku = ? AND qty = ? AND held = 1')
  const drop = database.prepare('DELETE FROM carts WHERE id = ? RETURNING sku, qty, held')
  const release = database.prepare('UPDATE carts SET held = 0 WHERE held = 1 AND untilMs <= ? RETURNING sku, qty')
  const isHolding = holdMs > 0
  const hold = (sku: string, qty: number): string | undefined => {
    if (isHolding && sales.takeStock(sku, qty) === undefined) return undefined
    const id = randomUUID()
    const untilMs = Math.min(nowMs() + holdMs, Number.MAX_SAFE_INTEGER)
    add.run(id, sku, qty, isHolding ? 1 : 0, untilMs, new Date().toISOString())
    return id
  }
  const giveUp = (id: string): boolean => {
    const dropped = drop.get(id) as (Held & { readonly held: number }) | undefined
    if (dropped?.held === 1 && givesBack) sales.putBack(dropped.sku, dropped.qty)
    return dropped !== undefined
  }
  const releaseOverdue = (): void => {
    for (const { sku, qty } of release.all(nowMs()) as Held[]) sales.putBack(sku, qty)
  }
  return {
    open: (sku, qty) => inTransaction(database, () => hold(sku, qty)),
    has: (id) => find.get(id) !== undefined,
    claim: (id, sku, qty) => isHolding && id !== undefined && claim.run(id, sku, qty).changes === 1,
    drop: (id) => inTransaction(database, () => giveUp(id)),
    returnOverdue: () => {
      if (isHolding && givesBack) inTransaction(database, releaseOverdue)
    },
  }
}
