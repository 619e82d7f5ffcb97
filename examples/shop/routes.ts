// What the shop offers: every path, what it waits for, and who answers. The same for both manners; knows nothing of sockets.
import { metricsText } from './metrics.ts'
import { changeAccount, login, showAccount } from './private-routes.ts'
import type { Reply } from './replies.ts'
import { json } from './replies.ts'
import type { Route, Shop } from './route.ts'
import { dropCart, fillCart, order, ordersOfKey, showBooks, showOrder } from './sale-routes.ts'
import { findProducts, showLanding, showProduct } from './show-routes.ts'
import { tickStock } from './ticker.ts'

export const routes: readonly Route[] = [
  { method: 'GET', path: /^\/$/, waitsAs: 'page', answer: showLanding },
  { method: 'GET', path: /^\/p\/([^/]+)$/, waitsAs: 'page', answer: showProduct },
  { method: 'GET', path: /^\/search$/, waitsAs: 'sale', answer: findProducts },
  { method: 'POST', path: /^\/login$/, waitsAs: 'page', answer: login },
  { method: 'GET', path: /^\/account$/, waitsAs: 'page', answer: showAccount },
  { method: 'POST', path: /^\/account$/, waitsAs: 'page', answer: changeAccount },
  { method: 'POST', path: /^\/cart$/, waitsAs: 'sale', answer: fillCart },
  { method: 'DELETE', path: /^\/cart\/([^/]+)$/, waitsAs: 'sale', answer: dropCart },
  { method: 'POST', path: /^\/orders$/, waitsAs: 'sale', answer: order },
  { method: 'GET', path: /^\/orders$/, waitsAs: 'sale', answer: ordersOfKey },
  { method: 'GET', path: /^\/orders\/([^/]+)$/, waitsAs: 'page', answer: showOrder },
  { method: 'GET', path: /^\/stock\/([^/]+)$/, waitsAs: 'sale', answer: showBooks },
  { method: 'GET', path: /^\/stock\/([^/]+)\/events$/, waitsAs: 'nothing', answer: tickStock },
  { method: 'GET', path: /^\/health$/, waitsAs: 'nothing', answer: showHealth },
  { method: 'GET', path: /^\/metrics$/, waitsAs: 'nothing', answer: metricsText },
]

function showHealth({ manner }: Shop): Reply {
  return json(200, { status: 'up', manner: manner.name, ...manner.load() })
}
