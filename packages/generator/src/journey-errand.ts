// One request of a journey. Its answer is kept, since the journey may read it whenever it likes; what it says of it may turn the outcome.
import type { Slot } from '@doorbuster/measurements'
import type { Answer, OrderTold, RequestOptions } from '@doorbuster/plan'
import type { Address } from './address.ts'
import type { Call, Counter } from './errand.ts'
import { Errand } from './errand.ts'
import type { OpenGroup } from './open-group.ts'
import type { Unpacked } from './unpack.ts'
import { unpack } from './unpack.ts'

/** Whom it is told to. */
export interface Asker {
  landed(errand: JourneyErrand): void
}

/** Who decides what an answer leads to, where it is not simply the journey's. */
export interface Hearer extends Asker {
  /** It is on its way, and due since `dueMs`. */
  sent(errand: JourneyErrand): void
}

export class JourneyErrand extends Errand {
  readonly options: RequestOptions
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
  /** Where it goes. */
  readonly to: Address & { readonly method: string }
  /** The innermost transaction that it belongs to. */
  group: OpenGroup | null = null
  asker: Asker
  /** How many redirects may still be followed; below zero: none of those there were allowed to be. */
  hopsLeft = 0
  hearer: Hearer | null = null
  /** Its shopper waits for it no longer. */
  isGivenUp = false
  /** Since when its shopper has waited, where that is longer than for this request. */
  wantedMs: number | null = null
  /** Tells the ledger of the order that it asks for, by its answer unless a status is given; null: it asks for none, or has told. */
  orderTeller: ((status?: OrderTold['status']) => void) | null = null
  #failedCheck: string | undefined
  #unpacked: Unpacked | null = null

  constructor(
    counter: Counter,
    slot: Slot,
    call: Call,
    asker: Asker,
    to: Address & { readonly method: string },
    options: RequestOptions,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    super(counter, slot, call)
    this.asker = asker
    this.to = to
    this.options = options
    this.resolve = resolve
    this.reject = reject
  }

  /** The first cause counts. Too late once it is settled. */
  fail(cause: string): void {
    this.#failedCheck ??= cause
  }

  get hasFailed(): boolean {
    return this.#failedCheck !== undefined
  }

  /** Once, and with the answer that it has now. */
  tellOrder(status?: OrderTold['status']): void {
    const tell = this.orderTeller
    this.orderTeller = null
    tell?.(status)
  }

  override settle(failedCheck?: string): void {
    this.tellOrder()
    const { outcome } = this
    super.settle(failedCheck)
    if (outcome !== null) this.group?.tell(outcome, failedCheck)
  }

  /** The body as it was before it was packed, worked out once. */
  get unpacked(): Unpacked {
    const answer = this.answer?.kind === 'answered' ? this.answer : null
    this.#unpacked ??= unpack(answer?.body ?? new Uint8Array(0), answer?.header('content-encoding'))
    return this.#unpacked
  }

  /** Null where it cannot be unpacked. */
  get unpackedBytes(): Uint8Array | null {
    return this.unpacked.kind === 'bytes' ? this.unpacked.bytes : null
  }

  settleAsIs(): void {
    this.settle(this.#failedCheck)
  }

  /** The shopper goes, and the socket with him. */
  giveUp(): void {
    this.isGivenUp = true
    this.sending?.cancel()
  }

  /** How long its shopper has waited for what it brought, ms. */
  get waitedMs(): number {
    return this.answer === null || this.wantedMs === null ? this.responseMs : this.answer.doneMs - this.wantedMs
  }

  /** Two that have landed and are not counted yet: what came of one counts for the other. */
  tradeAnswers(other: JourneyErrand): void {
    const { answer, dueMs, outcome, answeredBy } = this
    const failedCheck = this.#failedCheck
    const unpacked = this.#unpacked
    Object.assign(this, { answer: other.answer, dueMs: other.dueMs, outcome: other.outcome, answeredBy: other.answeredBy })
    this.#failedCheck = other.#failedCheck
    this.#unpacked = other.#unpacked
    Object.assign(other, { answer, dueMs, outcome, answeredBy })
    other.#failedCheck = failedCheck
    other.#unpacked = unpacked
  }

  protected override onLanded(): void {
    if (this.answer?.kind === 'answered') this.answer.keep()
    if (this.isGivenUp && this.outcome?.kind !== 'dropped') this.outcome = { kind: 'failed', cause: 'gave-up' }
    this.asker.landed(this)
  }
}
