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

export const loginPath = '/login'
export const accountPath = '/account'
export const cartPath = '/cart'
export const boughtPath = '/bought'

/** What a page of 2 kB is made of. */
const rows = (count: number): string =>
  Array.from({ length: count }, (_, n) => `<li><a href="/p/tv-${n}">Television ${n}</a> EUR ${n * 13}.99</li>`).join('')

export const cartJson = JSON.stringify({
  lines: [{ sku: 'tv-55', qty: 1, priceCents }],
  totalCents: priceCents,
  text: 'Yours for a while. '.repeat(90),
})

/** `who` is written into it as whoever asks has sent it, `$request_id` and the like as nginx has them. */
export const accountPage = (who: string): string =>
  `<!doctype html><title>Your account</title><h1>Welcome, ${who}</h1><p>Your letters go to ${who}</p><ul>${rows(34)}</ul>`

/** Each order has a name of its own. */
export const boughtJson = '{"id":"$request_id","sku":"tv-55","qty":1,"status":"confirmed"}'
export const sessionCookie = 'session=$request_id; Path=/; HttpOnly'
