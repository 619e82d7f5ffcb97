// The shop as it is written in a hurry. Every line looks reasonable; together they fall over, and sell what is not there.
//
//   everything ──▶ one line without an end ──▶ 4 workers ──▶ 2 queries a product, template, payment …
import type { Listing, Product } from './catalogue.ts'
import { Line } from './line.ts'
import type { Manner, Staffing, Stockroom } from './manner.ts'
import { landingPage, productPage } from './pages.ts'
import type { Sale, Wish } from './sales.ts'

export function naiveManner(stockroom: Stockroom, { workers = 4 }: Pick<Staffing, 'workers'>): Manner {
  const { catalogue } = stockroom
  const line = new Line({ workers, places: Number.POSITIVE_INFINITY, leavesDeadWork: false })
  // A query here, a query there: two for every product on the page.
  const complete = (product: Product): Listing => ({
    ...product,
    stock: catalogue.stockOf(product.sku),
    ...catalogue.ratingOf(product.sku),
  })
  return {
    name: 'naive',
    workers,
    load: () => line.load(),
    admit: (_, work, isGone) => line.enter(work, isGone),
    landing: () => landingPage(catalogue.deals().map(complete), catalogue.products().map(complete)),
    product(sku) {
      const product = catalogue.product(sku)
      return product && productPage(complete(product))
    },
    order: (wish) => order(wish, stockroom),
  }
}

async function order(wish: Wish, { catalogue, sales, carts, pay }: Stockroom): Promise<Sale> {
  const isHeld = carts.claim(wish.cart, wish.sku, wish.qty)
  const stock = catalogue.stockOf(wish.sku)
  if (!isHeld && stock < wish.qty) return { kind: 'sold-out', left: stock }
  await pay()
  // The trap: while this order paid, others read the same number, and all of them now write the same one back.
  const left = isHeld ? stock : stock - wish.qty
  sales.writeStock(wish.sku, left)
  return { kind: 'sold', order: sales.addOrder(wish), left, isRepeat: false }
}
