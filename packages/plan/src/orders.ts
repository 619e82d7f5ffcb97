// What a plan says of orders: how much there is to sell, where the shop's own books can be read, and what may not happen. As data alone.

/** Where the shop tells how much of a product it has sold. `{sku}` in the path becomes the product; members are names in JSON, `a.b` inside of another. */
export type StockRead = {
  readonly get: string
  /** Pieces sold so far, orders that were taken back left out; undefined: it does not say. */
  readonly sold?: string
  /** Pieces left; undefined: it does not say. */
  readonly stock?: string
}

/** Where the shop tells which orders it has under an idempotency key (`{key}`) or a name (`{id}`): one object, a list of them, or 404 for none. */
export type OrderRead = { readonly get: string; readonly id: string }

export type Orders = {
  /** Pieces there are to sell when the run begins, by product; null: what the shop itself says then. */
  readonly stock: Readonly<Record<string, number | null>>
  readonly count?: StockRead
  readonly order?: OrderRead
  /** How long after the run the shop's books may take to come right: reserved goods return, late orders are written. */
  readonly settleMs: number
  /** Most pieces of one product that one shopper may get; undefined: any number. */
  readonly perShopper?: number
  /** Orders per second that the launch is expected to bring at its height. */
  readonly forecastPerSec?: number
  /** What the payment provider takes, and how often one order calls it. */
  readonly provider?: { readonly limitPerSec: number; readonly callsPerOrder: number }
  /** What one order is worth, in the smallest unit of money. */
  readonly basket?: { readonly cents: number; readonly currency?: string }
}

/** A member of a JSON value by its path; undefined where there is none. */
export function memberAt(value: unknown, path: string): unknown {
  let found = value
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = Reflect.get(found, name)
  }
  return found
}

/** The path with its places filled, each value percent-encoded. */
export function pathFilled(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (place, name: string) => {
    return Object.hasOwn(values, name) ? encodeURIComponent((values[name] ?? '').toWellFormed()) : place
  })
}
