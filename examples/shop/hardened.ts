// The shop made ready for its sale: pages kept for a second, a short line that says no at once, stock taken in one statement.
//
//   pages ──▶ kept for a second
//   sales ──▶ line of at most 64 ──▶ 32 workers ──▶ take stock and write the order together ──▶ payment
//              └─ full: 503, Retry-After
import type { Listing } from './catalogue.ts'
import { keepFresh } from './fresh.ts'
import type { LineRules } from './line.ts'
import { Line } from './line.ts'
import type { Manner, Staffing, Stockroom } from './manner.ts'
import { landingPage, productPage } from './pages.ts'
import type { Sale, Wish } from './sales.ts'

const freshMs = 1_000
const staleMs = 5_000

export function hardenedManner(stockroom: Stockroom, staffing: Staffing): Manner {
  const rules = lineRules(staffing)
  const line = new Line(rules)
  const letsPagesPass = !staffing.neverRecovers
  return {
    name: 'hardened',
    workers: rules.workers,
    load: () => line.load(),
    admit: async (kind, work, isGone) =>
      kind === 'page' && letsPagesPass ? { kind: 'done', value: await work() } : line.enter(work, isGone),
    ...keptPages(stockroom),
    order: ordering(stockroom),
  }
}

function lineRules({ workers = 32, neverRecovers }: Staffing): LineRules {
  // Workers mostly wait for payments, and waiting is cheap; the line is as long as they clear in about 0.1 s.
  return { workers, places: neverRecovers ? Number.POSITIVE_INFINITY : 2 * workers, leavesDeadWork: !neverRecovers }
}

function keptPages({ catalogue, onFailure }: Stockroom): Pick<Manner, 'landing' | 'product'> {
  const keeping = { freshMs, staleMs, nowMs: () => performance.now(), onFailure }
  const landing = keepFresh(() => renderLanding(catalogue.listings()), keeping)
  const pages = new Map<string, () => Uint8Array>()
  return {
    landing,
    product(sku) {
      const kept = pages.get(sku)
      if (kept !== undefined) return kept()
      // Only what exists is kept, so made-up names cannot fill the memory. Products are never removed.
      if (catalogue.product(sku) === undefined) return undefined
      const page = keepFresh(() => renderProduct(catalogue.listing(sku)), keeping)
      pages.set(sku, page)
      return page()
    },
  }
}

function renderLanding(all: readonly Listing[]): Uint8Array {
  return Buffer.from(landingPage(all.filter(isDeal).sort(bySaving), all))
}

function renderProduct(listing: Listing | undefined): Uint8Array {
  if (listing === undefined) throw new Error('a product that was listed is gone')
  return Buffer.from(productPage(listing))
}

function isDeal({ dealCents }: Listing): boolean {
  return dealCents !== null
}

function bySaving(a: Listing, b: Listing): number {
  return savingCents(b) - savingCents(a)
}

function savingCents({ priceCents, dealCents }: Listing): number {
  return priceCents - (dealCents ?? priceCents)
}

function ordering({ catalogue, sales, carts, pay, inTransaction }: Stockroom): (wish: Wish) => Promise<Sale> {
  const payments = new Map<number, Promise<void>>()

  const book = (wish: Wish): Sale => {
    const earlier = wish.key === undefined ? undefined : sales.orderOfKey(wish.key)
    if (earlier !== undefined) {
      const isSame = earlier.sku === wish.sku && earlier.qty === wish.qty
      return isSame ? { kind: 'sold', order: earlier, left: catalogue.stockOf(wish.sku), isRepeat: true } : { kind: 'key-taken' }
    }
    const isHeld = carts.claim(wish.cart, wish.sku, wish.qty)
    const left = isHeld ? catalogue.stockOf(wish.sku) : sales.takeStock(wish.sku, wish.qty)
    if (left === undefined) return { kind: 'sold-out', left: catalogue.stockOf(wish.sku) }
    return { kind: 'sold', order: sales.addOrder(wish), left, isRepeat: false }
  }
  const payOnce = (id: number): Promise<void> => {
    const payment = pay().finally(() => payments.delete(id))
    payments.set(id, payment)
    return payment
  }
  return async (wish) => {
    // Booked before it is paid: nobody else can be promised the same item while the bank thinks.
    const sale = inTransaction(() => book(wish))
    if (sale.kind === 'sold') await (sale.isRepeat ? payments.get(sale.order.id) : payOnce(sale.order.id))
    return sale
  }
}
