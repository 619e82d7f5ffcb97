// When the shop is asked for its books: before the first arrival, now and then while shoppers come, and after the last answer until its count
// agrees with what they were told or its time is over. Few requests, one at a time, and none of them counted as load.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ShopCount, ShopFigure, ShopOrders } from '@doorbuster/measurements'
import type { Orders } from '@doorbuster/plan'
import { pathFilled } from '@doorbuster/plan'
import type { Judge, OpenOrder } from '@doorbuster/verdict'
import type { ShopReader } from './shop-reader.ts'
import { idsIn, numberAt } from './shop-reader.ts'

export type ShopBooksOptions = {
  readonly orders: Orders
  readonly reader: ShopReader
  /** ms from the run's zero. */
  readonly now: () => number
  /** Hard cap on requests per second; null: none. */
  readonly maxRatePerSec: number | null
  readonly tell: (figure: ShopFigure) => void
  readonly open: Judge['open']
}

/** Of one product a second while shoppers come; before and after, this far apart. */
const lookEveryMs = 1_000
const apartMs = 50
const againMs = 250
/** Requests of shoppers who left may still be worked on: while orders are open, a count is believed once it has stood still so long. */
const stillMs = 1_000
/** A shop that does not answer before the doors open will not be waited for. */
const beforeMs = 10_000

export class ShopBooks {
  readonly #options: ShopBooksOptions
  readonly #skus: readonly string[]
  readonly #apartMs: number
  /** What was told last of each product, so that a book that stands still takes no room. */
  readonly #told = new Map<string, string>()
  #changedMs = 0
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #next = 0

  constructor(options: ShopBooksOptions) {
    this.#options = options
    this.#skus = options.orders.count === undefined ? [] : Object.keys(options.orders.stock)
    this.#apartMs = Math.max(apartMs, options.maxRatePerSec === null ? 0 : 1e3 / options.maxRatePerSec)
  }

  async before(): Promise<void> {
    await this.#countAll('before', performance.now() + beforeMs)
  }

  /** Looks at one product a second, in turn, until `stop`. */
  start(): void {
    if (this.#skus.length === 0) return
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null
      })
    }, lookEveryMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  async after(): Promise<void> {
    await this.stop()
    const untilMs = performance.now() + this.#options.orders.settleMs
    await this.#askAll(untilMs)
    for (;;) {
      await this.#countAll('after', Math.max(untilMs, performance.now() + beforeMs))
      if (this.#skus.length === 0 || this.#isSettled || performance.now() + againMs >= untilMs) return
      await sleep(againMs)
    }
  }

  get #isSettled(): boolean {
    const { agrees, hasUnknown } = this.#options.open()
    return agrees && (!hasUnknown || performance.now() - this.#changedMs >= stillMs)
  }

  async #look(): Promise<void> {
    const sku = this.#skus[this.#next++ % this.#skus.length]
    if (sku === undefined) return
    const count = await this.#count(sku, 'during')
    // A shop in its rush may well not answer; that it did not then says nothing.
    if (count.because === null) this.#tell(count)
  }

  #tell(count: ShopCount): void {
    const { when, sku, sold, stock, because } = count
    const said = JSON.stringify([when, sold, stock, because])
    if (this.#told.get(sku) === said) return
    this.#told.set(sku, said)
    this.#changedMs = performance.now()
    this.#options.tell(count)
  }

  async #countAll(when: 'before' | 'after', untilMs: number): Promise<void> {
    for (const [index, sku] of this.#skus.entries()) {
      if (performance.now() > untilMs) return
      if (index > 0) await sleep(this.#apartMs)
      this.#tell(await this.#count(sku, when))
    }
  }

  async #count(sku: string, when: ShopCount['when']): Promise<ShopCount> {
    const { orders, reader, now } = this.#options
    const { get, sold, stock } = orders.count ?? { get: '/' }
    const reading = await reader.read(pathFilled(get, { sku }))
    const figure = { kind: 'count' as const, when, atMs: when === 'before' ? 0 : now(), sku }
    const silent = (because: string): ShopCount => ({ ...figure, sold: null, stock: null, because })
    if (reading.kind !== 'value') return silent(reading.kind === 'nothing' ? 'status:404' : reading.because)
    const said = { sold: numberAt(reading.value, sold), stock: numberAt(reading.value, stock) }
    if (said.sold === undefined || said.stock === undefined)
      return silent(`no whole number at ${JSON.stringify(said.sold === undefined ? sold : stock)}`)
    return { ...figure, sold: said.sold, stock: said.stock, because: null }
  }

  /** Orders whose answer nobody saw, as many as there is time for. One that is not there may still come, until the time is over. */
  async #askAll(untilMs: number): Promise<void> {
    const { orders, open, tell } = this.#options
    const { order } = orders
    if (order === undefined) return
    let missing: readonly OpenOrder[] = open().orders.filter((each) => askable(order.get, each))
    while (missing.length > 0) {
      const asked: Asked[] = []
      for (const each of missing) {
        if (performance.now() > untilMs) break
        asked.push({
          order: each,
          said: await this.#ask(pathFilled(order.get, { key: each.key ?? '', id: each.id ?? '' }), each.of, order.id),
        })
        await sleep(this.#apartMs)
      }
      const isLast = performance.now() + againMs >= untilMs
      for (const { said } of asked) if (isLast || isThere(said)) tell(said)
      if (isLast) return
      missing = asked.filter(({ said }) => !isThere(said)).map(({ order }) => order)
      if (missing.length > 0) await sleep(againMs)
    }
  }

  async #ask(path: string, of: string, member: string): Promise<ShopOrders> {
    const reading = await this.#options.reader.read(path)
    const figure = { kind: 'orders' as const, atMs: this.#options.now(), of }
    if (reading.kind === 'silent') return { ...figure, ids: null, because: reading.because }
    const ids = reading.kind === 'nothing' ? [] : idsIn(reading.value, member)
    return { ...figure, ids, because: ids === null ? `an order without ${JSON.stringify(member)}` : null }
  }
}

type Asked = { readonly order: OpenOrder; readonly said: ShopOrders }

function isThere({ ids }: ShopOrders): boolean {
  return ids !== null && ids.length > 0
}

/** False for an order that was sent without what the path asks for. */
function askable(path: string, { key, id }: OpenOrder): boolean {
  return (key !== null || !path.includes('{key}')) && (id !== null || !path.includes('{id}'))
}
