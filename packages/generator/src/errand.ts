// One request on its way through the desk, and what came of it. A shopper walking a list is one errand again and again.
//
//   due ──▶ sent ──▶ on the wire ──▶ landed ──▶ settled (after the journey's checks)
//    └──▶ dropped (no socket)
import type { Attempt, CutSlot, Slot } from '@doorbuster/measurements'
import type { Headers, Patch, Prepared, Receiver, Sending, WireAnswer } from '@doorbuster/wire'
import type { Outcome } from './outcome.ts'

/** A request of which everything that is the same each time has been worked out. */
export type Call = {
  readonly prepared: Prepared
  /** Statuses that count as ok; undefined: 200 to 399. */
  readonly statuses: readonly number[] | undefined
  /** What was sent with it beside the plan's own: evidence must not show a secret in it. */
  readonly headers: Headers
  /** Why it may not be sent at all; null when it may. */
  readonly refusal: string | null
}

/** What an errand needs of the desk once it is on its way. */
export interface Counter {
  /** The answer is off the wire: what came of it. */
  outcome(errand: Errand, answer: WireAnswer): Outcome
  count(errand: Errand, outcome: Outcome): void
}

const noCuts: readonly CutSlot[] = []

export abstract class Errand implements Receiver {
  readonly #counter: Counter
  slot: Slot
  call: Call
  /** Where it is counted beside its slot: its shopper's class, its device. */
  cuts: readonly CutSlot[] = noCuts
  /** Who answered, where that is looked at. */
  answeredBy: CutSlot | null = null
  attempt: Attempt = 'first'
  patch: Patch | null = null
  /** The moment from which its response time counts. */
  dueMs = 0
  /** To cancel it by, while it is on the wire. */
  sending: Sending | null = null
  /** Null when there was no socket to send it on. */
  answer: WireAnswer | null = null
  outcome: Outcome | null = null

  constructor(counter: Counter, slot: Slot, call: Call) {
    this.#counter = counter
    this.slot = slot
    this.call = call
  }

  landed(answer: WireAnswer): void {
    this.sending = null
    this.answer = answer
    this.outcome = this.#counter.outcome(this, answer)
    this.onLanded()
  }

  /** There was no socket for it. Told in a turn of its own, like an answer. */
  dropped(outcome: Outcome): void {
    this.answer = null
    this.outcome = outcome
    this.onLanded()
  }

  /** Counts it, once; a cause turns an ok answer into a failed one. */
  settle(failedCheck?: string): void {
    const { outcome } = this
    if (outcome === null) return
    this.outcome = null
    const isTurned = failedCheck !== undefined && (outcome.kind === 'ok' || outcome.kind === 'degraded')
    this.#counter.count(this, isTurned ? { kind: 'failed', cause: failedCheck } : outcome)
  }

  /** Path and query that were asked for. */
  get path(): string {
    return this.patch?.path ?? this.call.prepared.request.path
  }

  get responseMs(): number {
    return this.answer === null ? 0 : this.answer.doneMs - this.dueMs
  }

  /** What came of it is known; `settle` is due when it is final. */
  protected abstract onLanded(): void
}
