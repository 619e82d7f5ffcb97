// What a run writes down one by one, because sums would lose it: orders, and what should never have been seen. Judges nothing.

/**
 * One order as the shopper saw it. `confirmed`: the shop said yes and named it. `unknown`: it was asked for, and no answer was seen, so
 * only the shop knows. `refused`: the shop said no. `cancelled`: confirmed, and taken back by the shopper later.
 */
export type OrderEntry = {
  /** ms from the run's zero. */
  readonly atMs: number
  /** The shopper's number among all arrivals, and its class. */
  readonly arrival: number
  readonly shopper: string
  readonly status: 'confirmed' | 'unknown' | 'refused' | 'cancelled'
  /** The shop's own name for it; null where none was seen. */
  readonly id: string | null
  readonly sku: string
  readonly qty: number
  /** Idempotency key that was sent with it. */
  readonly key: string | null
  /** What one piece cost at confirmation and in the cart, in the smallest unit of money; null where the journey does not say. */
  readonly priceCents: number | null
  readonly cartPriceCents: number | null
}

/** What the shop itself said of one product. `when`: before the first arrival, while they came, or after the last answer. */
export type ShopCount = {
  readonly kind: 'count'
  readonly when: 'before' | 'during' | 'after'
  /** ms from the run's zero; before it there is no clock yet, so 0. */
  readonly atMs: number
  readonly sku: string
  /** Pieces sold, and left; null where it does not say. */
  readonly sold: number | null
  readonly stock: number | null
  /** Why nothing was read; null when something was. */
  readonly because: string | null
}

/** Which orders the shop has under an idempotency key or a name whose answer nobody saw. */
export type ShopOrders = {
  readonly kind: 'orders'
  readonly atMs: number
  /** The key that was asked for, else the name. */
  readonly of: string
  /** Null: it did not say. */
  readonly ids: readonly string[] | null
  readonly because: string | null
}

/** How often the origin had been asked just before a herd and just before the next one. */
export type OriginFetches = {
  readonly kind: 'origin'
  /** When the second was read. */
  readonly atMs: number
  /** Counted from 1. */
  readonly herd: number
  /** Null where it could not be read in time. */
  readonly before: number | null
  readonly after: number | null
  readonly because: string | null
}

export type ShopFigure = ShopCount | ShopOrders | OriginFetches

/**
 * `leak`: another shopper's canary. `personal-data`: an e-mail address, card or phone number in an answer that anybody's cache may keep.
 * `shared-session`: one session handed to two shoppers. `open-door`: something answered that should have been refused (another
 * shopper's order, a page that asks for a login).
 */
export type FindingKind = 'leak' | 'personal-data' | 'shared-session' | 'open-door'

/** One kind of finding in one place, within one window; samples are masked, lists capped. */
export type Finding = {
  readonly kind: FindingKind
  readonly step: string
  /** `body`, `header set-cookie` … */
  readonly where: string
  /** What was seen: `email`, `order-id`, `card` … */
  readonly field: string
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
  /** Arrival numbers of those whose data it is, and of those who saw it: each once, at most `mostPeople` of them. */
  readonly owners: readonly number[]
  readonly viewers: readonly number[]
  /** Cache headers of the first such answer, and what it says of the machine that gave it; null when it says nothing. */
  readonly cache: string | null
  readonly node: string | null
  /** Masked. */
  readonly sample: string | null
}

export const mostPeople = 200
/** Places beyond this many are counted together by kind: headers and cookies have whatever names a target gives them. */
const mostPlaces = 500
const otherPlace = { step: '(other)', where: '(other)', field: '(other)' }

type FindingName = Pick<Finding, 'kind' | 'step' | 'where' | 'field'>

function findingKey({ kind, step, where, field }: FindingName): string {
  return JSON.stringify([kind, step, where, field])
}

/** Both in one; the earlier one's sample and headers stay. */
function joinFindings(one: Finding, other: Finding): Finding {
  const [first, second] = one.firstMs <= other.firstMs ? [one, other] : [other, one]
  return {
    ...first,
    count: first.count + second.count,
    lastMs: Math.max(first.lastMs, second.lastMs),
    owners: people(first.owners, second.owners),
    viewers: people(first.viewers, second.viewers),
    cache: first.cache ?? second.cache,
    node: first.node ?? second.node,
    sample: first.sample ?? second.sample,
  }
}

export function addFindings(into: Map<string, Finding>, from: readonly Finding[]): void {
  for (const finding of from) {
    const isRoom = into.size < mostPlaces || into.has(findingKey(finding))
    const placed = isRoom ? finding : { ...finding, ...otherPlace }
    const key = findingKey(placed)
    const known = into.get(key)
    into.set(key, known === undefined ? placed : joinFindings(known, placed))
  }
}

function people(some: readonly number[], others: readonly number[]): readonly number[] {
  if (others.every((each) => some.includes(each))) return some
  return [...new Set([...some, ...others])].slice(0, mostPeople)
}
