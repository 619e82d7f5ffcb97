// What one shopper tells of its orders: from an answer to an entry of the ledger, and its idempotency keys. Sends nothing, judges nothing.
import { randomUUID } from 'node:crypto'
import type { Recorder } from '@doorbuster/measurements'
import type { Mask, Order, OrderTold } from '@doorbuster/plan'
import type { Clock } from './clock.ts'

/** Who tells, and whom. */
export type Teller = {
  readonly desk: { readonly recorder: Pick<Recorder, 'advance' | 'ordered'>; readonly mask: Mask; readonly clock: Pick<Clock, 'now'> }
  /** Number of the arrival, and its class. */
  readonly nth: number
  readonly shopper: { readonly name: string }
}

export class ShopperOrders {
  readonly #teller: Teller
  readonly #own = new Map<string, Order>()
  #keys: ((nth: number) => string) | null = null
  #made = 0

  constructor(teller: Teller) {
    this.#teller = teller
  }

  /** @throws TypeError */
  ordered(told: OrderTold): Order {
    refuseUnsound(told)
    const order = orderOf(told)
    if (order.status === 'unsent') return order
    this.#write(order, order.status, told)
    if (order.status === 'confirmed' && order.id !== null) this.#own.set(order.id, order)
    return order
  }

  /** @throws TypeError */
  cancelled(which: Order | string | number): void {
    const id = typeof which === 'object' ? which.id : String(which)
    const order = id === null ? undefined : this.#own.get(id)
    if (order === undefined) throw new TypeError(`this shopper has no order ${JSON.stringify(id)} that it could take back`)
    this.#write(order, 'cancelled', {})
  }

  key(): string {
    this.#keys ??= keysOf(this.#teller.nth)
    return this.#keys(this.#made++)
  }

  #write(
    { id, sku, qty, key }: Order,
    status: Exclude<Order['status'], 'unsent'> | 'cancelled',
    { priceCents = null, cartPriceCents = null }: { readonly priceCents?: number | null; readonly cartPriceCents?: number | null },
  ): void {
    const { desk, nth, shopper } = this.#teller
    const atMs = desk.clock.now()
    desk.recorder.advance(atMs)
    const covered = { id: id === null ? null : desk.mask(id), sku: desk.mask(sku), key: key === null ? null : desk.mask(key) }
    desk.recorder.ordered({ atMs, arrival: nth, shopper: shopper.name, status, ...covered, qty, priceCents, cartPriceCents })
  }
}

/** Before anything is sent for it. @throws TypeError */
export function refuseUnsound({ sku, qty = 1, priceCents = 0, cartPriceCents = 0 }: OrderTold): void {
  if (typeof sku !== 'string' || sku === '') throw new TypeError('an order is of a product: sku is missing')
  if (!Number.isSafeInteger(qty) || qty < 1) throw new TypeError(`an order is of whole pieces, one or more: qty is ${String(qty)}`)
  for (const cents of [priceCents, cartPriceCents])
    if (!Number.isSafeInteger(cents)) throw new TypeError(`a price is in whole cents: ${String(cents)}`)
}

function orderOf({ sku, qty = 1, key, id, answer, ...told }: OrderTold): Order {
  const status = told.status ?? (answer === undefined ? 'confirmed' : statusOf(answer))
  const named = id ?? (answer === undefined || status !== 'confirmed' ? undefined : idIn(answer.json()))
  return { status, id: nameOf(named), sku, qty, key: key ?? null }
}

/** Causes of requests of which not one byte reached the target. */
const neverArrived = /^(?:dropped:|refused$|dns$|unreachable$|connect-timeout$|tls:|guard$|unsendable$|proxy:)/

/** A yes that counts as failed for another reason than its status or a check, such as a queue's page in place of the shop's, is none. */
const stillYes = /^(?:status|check):/

function statusOf({ status, cause }: NonNullable<OrderTold['answer']>): Order['status'] {
  if (status >= 200 && status < 400) return cause === undefined || stillYes.test(cause) ? 'confirmed' : 'unknown'
  if (status >= 400 && status < 500) return 'refused'
  return status === 0 && neverArrived.test(cause ?? '') ? 'unsent' : 'unknown'
}

function idIn(json: unknown): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'id') ? Reflect.get(json, 'id') : undefined
}

const longestId = 200

function nameOf(id: unknown): string | null {
  if (typeof id !== 'string' && typeof id !== 'number') return null
  const text = String(id)
  return text === '' || text.length > longestId ? null : text
}

/** UUIDs: random digits of this shopper's own, then which of its keys it is, then its arrival number, which a reader may look for. */
function keysOf(arrival: number): (nth: number) => string {
  // Of a UUID the first twelve digits are random, and Node makes many at once.
  const run = randomUUID()
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').slice(-digits)
  return (nth) => `${run.slice(0, 13)}-4${hex(nth, 3)}-8000-${hex(arrival, 12)}`
}
