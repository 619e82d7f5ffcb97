// Questions about products that either manner may ask the database. Which ones it asks, and how often, is the manner's affair.
import type { DatabaseSync } from 'node:sqlite'

export type Product = { readonly sku: string; readonly name: string; readonly priceCents: number; readonly dealCents: number | null }
type Rating = { readonly stars: number; readonly votes: number }
export type Listing = Product & Rating & { readonly stock: number }

/** What one piece costs today. */
export function priceCentsOf({ priceCents, dealCents }: Product): number {
  return dealCents ?? priceCents
}

/** What a product's books say. `oversold`: how many more were sold than ever lay in the store. `reserved`: held by carts. */
export type Account = {
  readonly sku: string
  readonly stock: number
  readonly sold: number
  readonly initial: number
  readonly oversold: number
  readonly reserved: number
}

export type Catalogue = {
  products(): readonly Product[]
  deals(): readonly Product[]
  product(sku: string): Product | undefined
  stockOf(sku: string): number
  ratingOf(sku: string): Rating
  /** Everything the landing page shows, in one query. */
  listings(): readonly Listing[]
  listing(sku: string): Listing | undefined
  /** At most twenty whose name has the words in it, the best rated first. Looks at every product and every rating. */
  search(words: string): readonly Listing[]
  account(sku: string): Account | undefined
}

const productColumns = 'sku, name, priceCents, dealCents'
const listed = `
  SELECT p.sku, p.name, p.priceCents, p.dealCents, s.stock, COALESCE(r.stars, 0) AS stars, COALESCE(r.votes, 0) AS votes
  FROM products p JOIN stock s ON s.sku = p.sku
  LEFT JOIN (SELECT sku, AVG(stars) AS stars, COUNT(*) AS votes FROM ratings GROUP BY sku) r ON r.sku = p.sku`

/** Every statement is prepared once. The casts are safe because the tables are STRICT. */
export function createCatalogue(database: DatabaseSync): Catalogue {
  const products = database.prepare(`SELECT ${productColumns} FROM products ORDER BY name`)
  const deals = database.prepare(
    `SELECT ${productColumns} FROM products WHERE dealCents IS NOT NULL ORDER BY priceCents - dealCents DESC, name`,
  )
  const product = database.prepare(`SELECT ${productColumns} FROM products WHERE sku = ?`)
  const stock = database.prepare('SELECT stock FROM stock WHERE sku = ?')
  const rating = database.prepare('SELECT COALESCE(AVG(stars), 0) AS stars, COUNT(*) AS votes FROM ratings WHERE sku = ?')
  const listings = database.prepare(`${listed} ORDER BY p.name`)
  const listing = database.prepare(
    `SELECT p.*, s.stock, COALESCE(AVG(r.stars), 0) AS stars, COUNT(r.id) AS votes
     FROM products p JOIN stock s ON s.sku = p.sku LEFT JOIN ratings r ON r.sku = p.sku WHERE p.sku = ? GROUP BY p.sku`,
  )
  const search = database.prepare(`${listed} WHERE instr(lower(p.name), lower(?)) > 0 ORDER BY stars DESC, p.name LIMIT 20`)
  const account = database.prepare(
    `SELECT sku, stock, sold, initial, MAX(0, sold - initial) AS oversold, reserved
     FROM (SELECT s.*, (SELECT COALESCE(SUM(qty), 0) FROM orders o WHERE o.sku = s.sku) AS sold,
       (SELECT COALESCE(SUM(qty), 0) FROM carts c WHERE c.sku = s.sku AND c.held = 1) AS reserved FROM stock s WHERE s.sku = ?)`,
  )
  return {
    products: () => products.all() as Product[],
    deals: () => deals.all() as Product[],
    product: (sku) => product.get(sku) as Product | undefined,
    stockOf: (sku) => (stock.get(sku) as { stock: number } | undefined)?.stock ?? 0,
    ratingOf: (sku) => rating.get(sku) as Rating,
    listings: () => listings.all() as Listing[],
    listing: (sku) => listing.get(sku) as Listing | undefined,
    search: (words) => search.all(words) as Listing[],
    account: (sku) => account.get(sku) as Account | undefined,
  }
}
