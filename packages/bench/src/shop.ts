// The shop that every journey goes through: what the target answers and what a shopper checks and orders.

export const productPath = '/product.json'
export const ordersPath = '/orders'

/** What a shopper checks: whoever does not parse the answer cannot know it. */
export const priceCents = 49_900

export const productJson = JSON.stringify({
  sku: 'tv-55',
  name: 'Television, 55 inches',
  priceCents,
  stock: 120,
  images: ['front', 'back', 'side'].map((side) => `/img/tv-55-${side}.webp`),
  text: 'A television for the whole family, with everything that a television needs. '.repeat(4),
})

export const orderJson = JSON.stringify({ sku: 'tv-55', qty: 1 })
export const orderedJson = JSON.stringify({ order: 4711, sku: 'tv-55', qty: 1 })
