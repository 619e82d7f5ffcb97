// The part of a session that sends nothing of its own: who the shopper is, what it remembers and counts, and the short names of requests.
import type { Attempt } from '@doorbuster/measurements'
import type { Answer, Cookies, Journey, Me, Order, OrderTold, RequestOptions, Row, Session, Shopper } from '@doorbuster/plan'
import { cookiesIn } from './cookie-layer.ts'
import type { Desk } from './desk.ts'
import { chance, pick, zipf } from './draws.ts'
import type { LandedAnswer } from './landed-answer.ts'
import type { Layer, LayerMaker } from './layers.ts'
import { layersFor } from './layers.ts'
import { observed } from './observed.ts'
import { countedName, finite, reasonName } from './own-names.ts'
import type { OwnCanaries } from './privacy/own-canaries.ts'
import type { Rows } from './rows.ts'
import { ShopperOrders } from './shopper-orders.ts'
import type { Send } from './twice.ts'
import { twice } from './twice.ts'
import type { Host, Leaving } from './visit.ts'
import { leavingCut, leavingFinished } from './visit.ts'

/** Once the run is over nothing that a journey waits for ever comes: it just does not go on. Throwing would let it go on, and try again. */
export const never: Promise<never> = new Promise(() => {})

export type SessionBasis = {
  readonly desk: Desk
  readonly shopper: Shopper
  readonly journey: Journey
  readonly nth: number
  readonly phase: string | null
  /** Name of its device; null: its class has none. */
  readonly device: string | null
  readonly host: Pick<Host, 'randomOf'>
  /** What each of its requests passes through. */
  readonly layers: readonly LayerMaker[]
  /** What `setup` returned. */
  readonly shared: unknown
  readonly rows: Rows
  /** How many redirects a request follows that does not say. */
  readonly redirects: number
}

export abstract class SessionBase implements Omit<Session, 'group' | 'think' | 'check' | 'page' | 'socket' | 'events'> {
  readonly shopper: string
  readonly arrival: number
  readonly device: string | null
  readonly #basis: SessionBasis
  protected readonly layers: readonly Layer[]
  /** As long as the shopper has not thought since: thousands who think must not each hold a page. */
  protected latestAnswer: LandedAnswer | null = null
  /** How it leaves when its journey is done. */
  leaving: Leaving = leavingFinished
  #random: (() => number) | null = null
  #vars: Record<string, unknown> | undefined
  #orders: ShopperOrders | null = null
  #own: OwnCanaries | null = null
  /** What the next request is, of what the shopper wanted. */
  protected attempt: Attempt = 'first'
  protected currentStep: string | undefined

  constructor(basis: SessionBasis) {
    this.#basis = basis
    this.shopper = basis.shopper.name
    this.arrival = basis.nth
    this.device = basis.device
    this.layers = layersFor(basis.layers, this, basis)
  }

  abstract request(method: string, path: string, options?: RequestOptions): Promise<Answer>

  /** The shopper goes, whatever its journey still wanted: what that waits for never comes. */
  abstract leave(leaving: Leaving): void

  random(): number {
    this.#random ??= this.#basis.host.randomOf(this.arrival)
    return this.#random()
  }

  pick<Item>(list: readonly Item[]): Item {
    return pick(list, () => this.random())
  }

  chance(share: number): boolean {
    return chance(share, () => this.random())
  }

  zipf<Item>(list: readonly Item[], exponent = 1): Item {
    return zipf(list, exponent, () => this.random())
  }

  get vars(): Record<string, unknown> {
    this.#vars ??= {}
    return this.#vars
  }

  get shared(): unknown {
    return this.#basis.shared
  }

  get(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('GET', path, options)
  }

  post(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('POST', path, options)
  }

  put(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('PUT', path, options)
  }

  patch(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('PATCH', path, options)
  }

  delete(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('DELETE', path, options)
  }

  count(name: string, n = 1): void {
    const { recorder, mask } = this.#basis.desk
    recorder.number(mask(countedName(name)), finite(name, n))
  }

  trend(name: string, value: number): void {
    const { recorder, mask } = this.#basis.desk
    recorder.trend(mask(countedName(name)), finite(name, value))
  }

  row(name: string): Row {
    const row = this.#basis.rows.rowOf(name, this.arrival)
    if (row !== null) return row
    // Nobody goes on without a row, and the run is being ended.
    this.leave(leavingCut)
    throw new Error(`no row of ${JSON.stringify(name)} is left`)
  }

  step<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    return observed(this.#inStep(name, work))
  }

  async #inStep<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const outer = this.currentStep
    this.currentStep = name
    try {
      return await work()
    } finally {
      this.currentStep = outer
    }
  }

  get me(): Me {
    return this.#canaries
  }

  canary(field: string): string {
    return this.#canaries.of(field)
  }

  own(field: string, value: string): void {
    this.#basis.desk.privacy?.own(this.arrival, field, value)
  }

  get #canaries(): OwnCanaries {
    const { privacy } = this.#basis.desk
    if (privacy === null) throw new Error("canaries are a shopper's own: setup and teardown have none")
    this.#own ??= privacy.canariesOf(this.arrival)
    return this.#own
  }

  ordered(told: OrderTold): Order {
    const order = this.#ledger.ordered(told)
    if (order.id !== null) this.own('order-id', order.id)
    return order
  }

  cancelled(order: Order | string | number): void {
    this.#ledger.cancelled(order)
  }

  key(): string {
    return this.#ledger.key()
  }

  twice(send: Send, when: 'at-once' | 'after' = 'at-once'): Promise<readonly [Answer, Answer]> {
    const mark = (attempt: Attempt): void => {
      this.attempt = attempt
    }
    return observed(twice(send, when, mark))
  }

  get #ledger(): ShopperOrders {
    this.#orders ??= new ShopperOrders(this.#basis)
    return this.#orders
  }

  json(path?: string): unknown {
    return this.#read().json(path)
  }

  text(): string {
    return this.#read().text()
  }

  get cookies(): Cookies {
    return cookiesIn(this.layers)
  }

  stop(reason?: string): Promise<never> {
    const { recorder, mask } = this.#basis.desk
    if (reason !== undefined) recorder.number(`stopped.${reasonName(mask(reason))}`, 1)
    this.leave(this.leaving)
    return never
  }

  turnAway(why: string): Promise<never> {
    this.leave({ how: 'turnedAway', cause: `turned-away:${reasonName(this.#basis.desk.mask(why))}` })
    return never
  }

  #read(): LandedAnswer {
    if (this.latestAnswer !== null) return this.latestAnswer
    throw new Error('no answer to read: none has come, or the shopper has thought since (keep it: const page = await s.get(…))')
  }
}
