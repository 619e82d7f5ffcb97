// Pages that anybody may look at.
import { foundPage } from './pages.ts'
import type { Reply } from './replies.ts'
import { html, refuse } from './replies.ts'
import type { Request, Shop } from './route.ts'
import { queryOf } from './visit.ts'

const longestWords = 100

export function showLanding({ manner }: Shop): Reply {
  return html(manner.landing())
}

export async function showProduct({ manner, recommend }: Shop, { part }: Request): Promise<Reply> {
  const page = manner.product(part)
  if (page === undefined) return noSuchProduct(part)
  await recommend()
  return html(page)
}

export function findProducts({ catalogue }: Shop, { visit }: Request): Reply {
  const words = queryOf(visit, 'q') ?? ''
  if (words === '' || words.length > longestWords) return refuse(400, 'bad-request', `q: expected text of 1 to ${longestWords} characters`)
  return html(foundPage(words, catalogue.search(words)))
}

export function noSuchProduct(sku: string): Reply {
  return refuse(404, 'no-such-product', `There is no product ${JSON.stringify(sku)}.`)
}
