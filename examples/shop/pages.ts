// The shop's pages as text. Values in, HTML out; knows nothing of databases or caches.
import type { Contact } from './accounts.ts'
import type { Listing, Product } from './catalogue.ts'
import { escapeHtml, page } from './html.ts'

export function landingPage(deals: readonly Listing[], all: readonly Listing[]): string {
  return page(
    'Doors open',
    `<h1>The doors are open</h1>
<section><h2>Today’s deals</h2><ul>
${deals.map(row).join('\n')}
</ul></section>
<section><h2>All ${all.length} products</h2><ul>
${all.map(row).join('\n')}
</ul></section>`,
  )
}

export function productPage(product: Listing): string {
  const { sku, name, stock } = product
  return page(
    name,
    `<p><a href="/">All products</a></p>
<h1>${escapeHtml(name)}</h1>
<p>${price(product)}</p>
<p>${stars(product)}</p>
<p>${stock > 0 ? `${stock} left` : 'Sold out'}</p>
<p>Item ${escapeHtml(sku)}</p>`,
  )
}

/** What a search found. */
export function foundPage(words: string, found: readonly Listing[]): string {
  return page(
    `Search: ${words}`,
    `<p><a href="/">All products</a></p>
<h1>${found.length} for “${escapeHtml(words)}”</h1>
<ul>
${found.map(row).join('\n')}
</ul>`,
  )
}

/** For its owner's eyes only. */
export function accountPage({ email, name, address, phone }: Contact): string {
  return page(
    'Your account',
    `<h1>Your account</h1>
<dl><dt>Name</dt><dd>${escapeHtml(name)}</dd>
<dt>E-mail</dt><dd>${escapeHtml(email)}</dd>
<dt>Address</dt><dd>${escapeHtml(address)}</dd>
<dt>Phone</dt><dd>${escapeHtml(phone)}</dd></dl>`,
  )
}

/** What is left of a page in an emergency: names and prices, nothing that has to be counted or averaged. */
export function reducedPage(products: readonly Product[]): string {
  const rows = products.map(
    (product) => `<li><a href="/p/${encodeURIComponent(product.sku)}">${escapeHtml(product.name)}</a> ${price(product)}</li>`,
  )
  return page(
    'Very busy',
    `<h1>Very busy: only the essentials</h1>
<ul>
${rows.join('\n')}
</ul>`,
  )
}

function row(product: Listing): string {
  const { sku, name, stock } = product
  return `<li><a href="/p/${encodeURIComponent(sku)}">${escapeHtml(name)}</a> ${price(product)} · ${stock} left · ${stars(product)}</li>`
}

function price({ priceCents, dealCents }: Product): string {
  return dealCents === null ? money(priceCents) : `<del>${money(priceCents)}</del> <strong>${money(dealCents)}</strong>`
}

function stars({ stars, votes }: Listing): string {
  return votes === 0 ? 'not rated yet' : `★ ${stars.toFixed(1)} (${votes})`
}

function money(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`
}
