// Carts, orders and the books: in which words the shop answers a wish. How it sells is the manner's affair.
import { priceCentsOf } from './catalogue.ts'
import { accountBehind } from './private-routes.ts'
import type { Reply } from './replies.ts'
import { json, privately, refuse } from './replies.ts'
import type { Request, Shop } from './route.ts'
import type { Sale } from './sales.ts'
import { noSuchProduct } from './show-routes.ts'
import { queryOf } from './visit.ts'
import type { Asked } from './wishes.ts'
import { parseAsked } from './wishes.ts'

export function fillCart({ catalogue, carts }: Shop, { body }: Request): Reply {
  const parsed = parseAsked(body)
  if ('problem' in parsed) return refuse(400, 'bad-request', parsed.problem)
  const { sku, qty } = parsed.asked
  const product = catalogue.product(sku)
  if (product === undefined) return noSuchProduct(sku)
  carts.returnOverdue()
  const cart = carts.open(sku, qty)
  if (cart === undefined) return soldOut(sku, catalogue.stockOf(sku))
  return json(201, { cart, sku, qty, priceCents: priceCentsOf(product) })
}

export function dropCart({ carts }: Shop, { part }: Request): Reply {
  return carts.drop(part) ? json(200, { dropped: part }) : noSuchCart
}

export async function order(shop: Shop, { body, visit }: Request): Promise<Reply> {
  const parsed = parseAsked(body)
  if ('problem' in parsed) return refuse(400, 'bad-request', parsed.problem)
  const { asked } = parsed
  const product = shop.catalogue.product(asked.sku)
  if (product === undefined) return noSuchProduct(asked.sku)
  if (asked.cart !== undefined && !shop.carts.has(asked.cart)) return noSuchCart
  shop.carts.returnOverdue()
  const owner = accountBehind(shop, visit)
  return sayHow(
    await shop.manner.order({ ...asked, priceCents: shop.tillCents(product), ...(owner === undefined ? {} : { owner }) }),
    asked,
  )
}

function sayHow(sale: Sale, { sku }: Asked): Reply {
  switch (sale.kind) {
    case 'sold':
      return json(sale.isRepeat ? 200 : 201, { ...sale.order, left: sale.left })
    case 'sold-out':
      return soldOut(sku, sale.left)
    case 'key-taken':
      return refuse(422, 'key-taken', 'This key belongs to another order.')
  }
}

/** For those who never saw the answer to an order: the key is theirs alone, and nothing here says who they are. */
export function ordersOfKey({ sales }: Shop, { visit }: Request): Reply {
  const key = queryOf(visit, 'key')
  if (key === undefined || key === '') return refuse(400, 'bad-request', 'key: expected the key that the order was sent with')
  return json(200, sales.ordersOfKey(key), privately)
}

export function showOrder(shop: Shop, { part, visit }: Request): Reply {
  const account = accountBehind(shop, visit)
  const found = /^\d{1,15}$/.test(part) ? shop.sales.order(Number(part)) : undefined
  // Somebody else's order looks like none at all, or the numbers could be counted through.
  if (found === undefined || !shop.mayRead(found, account)) return noSuchOrder
  const { owner, ...order } = found
  const contact = owner === null ? undefined : shop.accounts.contact(owner)
  return json(200, { ...order, ...contact }, privately)
}

export function showBooks({ catalogue, carts }: Shop, { part }: Request): Reply {
  carts.returnOverdue()
  const account = catalogue.account(part)
  return account === undefined ? noSuchProduct(part) : json(200, account)
}

const noSuchCart = refuse(404, 'no-such-cart', 'This cart does not exist.')
const noSuchOrder = refuse(404, 'no-such-order', 'You have no order of this number.', privately)

function soldOut(sku: string, left: number): Reply {
  return json(409, { error: 'sold-out', message: 'There is not enough left.', sku, left })
}
