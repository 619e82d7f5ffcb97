// What the shop sells: an invented catalogue, the same on every machine. Knows nothing of the database that will hold it.

export type Goods = {
  readonly sku: string
  readonly name: string
  readonly priceCents: number
  /** Price of today's deal; null when there is none. */
  readonly dealCents: number | null
  /** What earlier customers gave, 1 to 5 each. */
  readonly stars: readonly number[]
}

const kinds = [
  { slug: 'tv', name: 'Television', fromCents: 49_900 },
  { slug: 'phone', name: 'Phone', fromCents: 29_900 },
  { slug: 'laptop', name: 'Laptop', fromCents: 89_900 },
  { slug: 'camera', name: 'Camera', fromCents: 39_900 },
  { slug: 'kettle', name: 'Kettle', fromCents: 3_900 },
  { slug: 'toaster', name: 'Toaster', fromCents: 4_900 },
  { slug: 'lamp', name: 'Lamp', fromCents: 2_900 },
  { slug: 'chair', name: 'Chair', fromCents: 7_900 },
  { slug: 'desk', name: 'Desk', fromCents: 19_900 },
  { slug: 'boots', name: 'Boots', fromCents: 12_900 },
  { slug: 'jacket', name: 'Jacket', fromCents: 9_900 },
  { slug: 'watch', name: 'Watch', fromCents: 14_900 },
  { slug: 'drill', name: 'Drill', fromCents: 8_900 },
  { slug: 'tent', name: 'Tent', fromCents: 17_900 },
  { slug: 'bicycle', name: 'Bicycle', fromCents: 59_900 },
  { slug: 'guitar', name: 'Guitar', fromCents: 24_900 },
] as const

const firstModel = 55
const dealEvery = 32
const ratingsEach = 12

/** The first `count` goods, `count` ≥ 1. The very first is `tv-55`, and it is on sale: the doorbuster. */
export function inventGoods(count: number): readonly Goods[] {
  return Array.from({ length: count }, (_, nth) => invent(nth))
}

function invent(nth: number): Goods {
  const kind = kinds[nth % kinds.length] ?? kinds[0]
  const model = firstModel + Math.floor(nth / kinds.length)
  const priceCents = kind.fromCents + ((nth * 7) % 40) * 100
  return {
    sku: `${kind.slug}-${model}`,
    name: `${kind.name} “Model ${model}”`,
    priceCents,
    dealCents: nth % dealEvery === 0 ? Math.round(priceCents * 0.4) : null,
    stars: Array.from({ length: ratingsEach }, (_, rating) => 1 + ((nth * 3 + rating * rating) % 5)),
  }
}
