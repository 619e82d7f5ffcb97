// The shop's two pages as text. Values in, HTML out; knows nothing of databases or caches.
import type { Listing } from './catalogue.ts'

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

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body>
${body}
</body></html>
`
}

function row(product: Listing): string {
  const { sku, name, stock } = product
  return `<li><a href="/p/${encodeURIComponent(sku)}">${escapeHtml(name)}</a> ${price(product)} · ${stock} left · ${stars(product)}</li>`
}

function price({ priceCents, dealCents }: Listing): string {
  return dealCents === null ? money(priceCents) : `<del>${money(priceCents)}</del> <strong>${money(dealCents)}</strong>`
}

function stars({ stars, votes }: Listing): string {
  return votes === 0 ? 'not rated yet' : `★ ${stars.toFixed(1)} (${votes})`
}

function money(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (found) => entities[found] ?? found)
}
