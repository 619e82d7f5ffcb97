// The shop's own parts with a mistake in them, one function for each switch.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Catalogue, Product } from '../catalogue.ts'
import { priceCentsOf } from '../catalogue.ts'
import type { Sales } from '../sales.ts'

const believedMs = 250
const sessionRepeats = 10

/**
 * Check, then write: whether there is enough is read from a number up to a quarter of a second old, and what was taken since is taken
 * once more.
 */
export function overselling(sales: Sales, catalogue: Catalogue, nowMs: () => number): Sales {
  const believed = new Map<string, { readonly stock: number; readonly readAtMs: number }>()
  const believe = (sku: string) => {
    const last = believed.get(sku)
    if (last !== undefined && nowMs() - last.readAtMs < believedMs) return last.stock
    const stock = catalogue.stockOf(sku)
    believed.set(sku, { stock, readAtMs: nowMs() })
    return stock
  }
  return {
    ...sales,
    takeStock(sku, qty) {
      if (believe(sku) < qty) return undefined
      const left = Math.max(0, catalogue.stockOf(sku) - qty)
      sales.writeStock(sku, left)
      return left
    },
  }
}

/** Does not look whether it has seen the key. */
export function forgetful(sales: Sales): Sales {
  return { ...sales, orderOfKey: () => undefined }
}

/** The till has yesterday's prices: no deals, and the rest a twentieth dearer than it says on the page. */
export function yesterdaysCents(product: Product): number {
  return product.dealCents === null ? Math.round(priceCentsOf(product) * 1.05) : product.priceCents
}

/** Every tenth id is the one before it: two shoppers share it, and the first sees what is the second's. */
export function repeatingIds(): () => string {
  let drawn = 0
  let last = ''
  return () => {
    drawn += 1
    if (drawn % sessionRepeats !== 0) last = randomUUID()
    return last
  }
}

/** Infinity never answers. */
export async function slowAnswer(delayMs: number): Promise<void> {
  if (delayMs === Number.POSITIVE_INFINITY) await new Promise<never>(() => {})
  await wait(delayMs)
}
