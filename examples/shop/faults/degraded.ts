// Beyond a rate the shop shows less, and says so: a short page with a header that marks it.
import type { Catalogue } from '../catalogue.ts'
import type { Layer } from '../layers.ts'
import { reducedPage } from '../pages.ts'
import { html } from '../replies.ts'

/** The header by which an answer declares itself degraded. */
const marker = { 'x-degraded': '1' }

export function degraded(isOverloaded: () => boolean, catalogue: Catalogue): Layer {
  const reduced = (path: string): string | undefined => {
    if (path === '/') return reducedPage(catalogue.deals())
    const sku = /^\/p\/([\w-]+)$/.exec(path)?.[1]
    const product = sku === undefined ? undefined : catalogue.product(sku)
    return product && reducedPage([product])
  }
  return ({ path }, next) => {
    const page = isOverloaded() ? reduced(path) : undefined
    return page === undefined ? next() : Promise.resolve(html(page, marker))
  }
}
