// What the shop offers, and in which words it answers. The same for both manners; knows nothing of sockets.
import type { Catalogue } from './catalogue.ts'
import type { Kind, Manner } from './manner.ts'
import type { Reply } from './replies.ts'
import { html, json, refuse } from './replies.ts'
import type { Sale, Sales } from './sales.ts'
import type { Asked } from './wishes.ts'
import { parseAsked } from './wishes.ts'

export type Shop = { readonly manner: Manner; readonly catalogue: Catalogue; readonly sales: Sales }

/** `sku`: the last part of the path, decoded. `body`: empty for a GET. */
type Request = { readonly sku: string; readonly body: string }

export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  /** What the request waits for; `nothing` is answered at once in either manner. */
  readonly waitsAs: Kind | 'nothing'
  readonly answer: (shop: Shop, request: Request) => Reply | Promise<Reply>
}

export const routes: readonly Route[] = [
  { method: 'GET', path: /^\/$/, waitsAs: 'page', answer: ({ manner }) => html(manner.landing()) },
  { method: 'GET', path: /^\/p\/([^/]+)$/, waitsAs: 'page', answer: showProduct },
  { method: 'POST', path: /^\/cart$/, waitsAs: 'sale', answer: fillCart },
  { method: 'POST', path: /^\/orders$/, waitsAs: 'sale', answer: order },
  { method: 'GET', path: /^\/stock\/([^/]+)$/, waitsAs: 'sale', answer: showAccount },
  { method: 'GET', path: /^\/health$/, waitsAs: 'nothing', answer: showHealth },
]

function showProduct({ manner }: Shop, { sku }: Request): Reply {
  const page = manner.product(sku)
  return page === undefined ? noSuchProduct(sku) : html(page)
}

function fillCart(shop: Shop, { body }: Request): Reply {
  const parsed = parseAsked(body)
  if ('problem' in parsed) return refuse(400, 'bad-request', parsed.problem)
  const { sku, qty } = parsed.asked
  if (shop.catalogue.product(sku) === undefined) return noSuchProduct(sku)
  return json(201, { cart: shop.sales.addCart(sku, qty), sku, qty })
}

async function order(shop: Shop, { body }: Request): Promise<Reply> {
  const parsed = parseAsked(body)
  if ('problem' in parsed) return refuse(400, 'bad-request', parsed.problem)
  const { cart, ...wish } = parsed.asked
  if (shop.catalogue.product(wish.sku) === undefined) return noSuchProduct(wish.sku)
  if (cart !== undefined && !shop.sales.hasCart(cart)) return refuse(404, 'no-such-cart', 'This cart does not exist.')
  return sayHow(await shop.manner.order(wish), wish)
}

function sayHow(sale: Sale, { sku }: Asked): Reply {
  switch (sale.kind) {
    case 'sold':
      return json(sale.isRepeat ? 200 : 201, { ...sale.order, left: sale.left })
    case 'sold-out':
      return json(409, { error: 'sold-out', message: 'There is not enough left.', sku, left: sale.left })
    case 'key-taken':
      return refuse(422, 'key-taken', 'This key belongs to another order.')
  }
}

function showAccount({ catalogue }: Shop, { sku }: Request): Reply {
  const account = catalogue.account(sku)
  return account === undefined ? noSuchProduct(sku) : json(200, account)
}

function showHealth({ manner }: Shop): Reply {
  return json(200, { status: 'up', manner: manner.name, ...manner.load() })
}

function noSuchProduct(sku: string): Reply {
  return refuse(404, 'no-such-product', `There is no product ${JSON.stringify(sku)}.`)
}
