// One shopper walking a declared list of requests: no promise, no closure, one errand for all of them. The cheap way that bare URLs take.
import type { CutSlot, Slot } from '@doorbuster/measurements'
import type { Shopper, ThinkTime, UrlStep } from '@doorbuster/plan'
import { parseThink } from '@doorbuster/plan'
import type { Lane } from '@doorbuster/wire'
import { Alarm } from './alarm.ts'
import type { Desk } from './desk.ts'
import type { Call } from './errand.ts'
import { Errand } from './errand.ts'
import { fileBody } from './journey-request.ts'
import { LandedAnswer } from './landed-answer.ts'
import type { PrivacyWatch } from './privacy/privacy-watch.ts'
import { ShopperOrders } from './shopper-orders.ts'
import { drawThinkMs } from './think.ts'
import type { Unpacked } from './unpack.ts'
import { unpack } from './unpack.ts'
import type { Host, Leaving, Visit } from './visit.ts'
import { leavingCut, leavingFinished } from './visit.ts'
import type { Witness } from './witness.ts'

const nothing = new Uint8Array(0)

/** A declared request with everything that is the same for every shopper worked out. */
export type WalkStep = {
  readonly call: Call
  readonly thinkTime: ThinkTime | null
  readonly thinkFactor: number
  readonly order: UrlStep['order'] | null
}

/** At least one step. Of an answer's body only what shows why it failed is kept, unless all of it is searched for another shopper's data. */
export function walkSteps(desk: Desk, requests: readonly UrlStep[], timeoutMs: number, thinkFactor: number): readonly WalkStep[] {
  return requests.map(({ method, path, headers, body = null, file, expect, think, order = null }) => ({
    call: desk.prepare({
      method,
      path,
      headers,
      body: file === undefined ? body : fileBody(file),
      statuses: expect,
      timeoutMs,
      keepBody: expect === undefined && order === null && desk.privacy === null ? 'errors' : 'whole',
    }),
    thinkTime: think === undefined ? null : parseThink(think),
    thinkFactor,
    order,
  }))
}

export type WalkOptions = {
  readonly desk: Desk
  readonly host: Host
  readonly lane: Lane
  readonly steps: readonly WalkStep[]
  /** Where each step of this phase is counted. */
  readonly slots: readonly Slot[]
  readonly nth: number
  readonly shopper: Pick<Shopper, 'name'>
  readonly tallies: readonly CutSlot[]
  readonly cuts: readonly CutSlot[]
  readonly onGone: ((nowMs: number) => void) | null
  /** Null: nobody asks who answered. */
  readonly witness: Witness | null
}

export class Walk extends Errand implements Visit {
  place = -1
  readonly tallies: readonly CutSlot[]
  fromMs = 0
  readonly lane: Lane
  readonly onGone: ((nowMs: number) => void) | null
  readonly #desk: Desk
  readonly #host: Host
  readonly #steps: readonly WalkStep[]
  readonly #slots: readonly Slot[]
  readonly #nth: number
  readonly #witness: Witness | null
  readonly #shopper: Pick<Shopper, 'name'>
  #random: (() => number) | null = null
  #index = 0
  #thinking: Alarm | null = null
  #isOver = false

  #isDegraded = false

  constructor({ desk, host, lane, steps, slots, nth, shopper, tallies, cuts, onGone, witness }: WalkOptions) {
    super(desk, slots[0] as Slot, (steps[0] as WalkStep).call)
    this.#desk = desk
    this.#host = host
    this.lane = lane
    this.#steps = steps
    this.#slots = slots
    this.#nth = nth
    this.tallies = tallies
    this.#witness = witness
    this.#shopper = shopper
    this.cuts = cuts
    this.onGone = onGone
  }

  start(dueMs: number | null, nowMs: number): void {
    this.fromMs = dueMs ?? nowMs
    this.#desk.send(this.lane, this, dueMs, nowMs)
  }

  cutOff(): void {
    this.#leave(leavingCut, this.#desk.clock.now())
    this.#thinking?.cancel()
    this.sending?.cancel()
  }

  protected override onLanded(): void {
    if (this.outcome?.kind === 'degraded') this.#isDegraded = true
    if (this.#witness !== null) this.#testify(this.#witness)
    const order = this.#steps[this.#index]?.order ?? null
    if (order !== null) this.#tell(order)
    if (this.#desk.privacy !== null) this.#show(this.#desk.privacy)
    this.settle()
    if (this.#isOver) return
    const nowMs = this.answer?.doneMs ?? this.#desk.clock.now()
    const { thinkTime = null, thinkFactor = 1 } = this.#steps[this.#index] ?? {}
    if (thinkTime === null) return this.#next(null, nowMs)
    this.#random ??= this.#host.randomOf(this.#nth)
    const owedMs = nowMs + thinkFactor * drawThinkMs(thinkTime, this.#random)
    const { clock } = this.#desk
    this.#thinking = new Alarm(clock, owedMs, () => this.#next(owedMs, clock.now()))
  }

  #testify(witness: Witness): void {
    this.answeredBy = null
    if (this.answer?.kind === 'answered') witness.answered(this.answer, this)
  }

  #tell({ sku, qty }: NonNullable<UrlStep['order']>): void {
    const { outcome, answer, responseMs: waitedMs } = this
    // A body that cannot be read names no order; the request itself was answered.
    const landed = new LandedAnswer({ outcome, answer, waitedMs, unpacked: this.#unpacked(), fail: () => {} })
    new ShopperOrders({ desk: this.#desk, nth: this.#nth, shopper: this.#shopper }).ordered({ sku, qty, answer: landed })
  }

  #unpacked(): Unpacked {
    const answer = this.answer?.kind === 'answered' ? this.answer : null
    return unpack(answer?.body ?? nothing, answer?.header('content-encoding'))
  }

  #show(privacy: PrivacyWatch): void {
    const { answer, slot } = this
    if (answer?.kind !== 'answered') return
    answer.keep()
    const body = (): Uint8Array | null => {
      const unpacked = this.#unpacked()
      return unpacked.kind === 'bytes' ? unpacked.bytes : null
    }
    privacy.look({ answer, method: this.call.prepared.request.method, step: slot.step, viewer: this.#nth, body })
  }

  #next(owedMs: number | null, nowMs: number): void {
    this.#thinking = null
    const step = this.#steps[++this.#index]
    const slot = this.#slots[this.#index]
    if (step === undefined || slot === undefined)
      return this.#leave(this.#isDegraded ? { how: 'finished', isDegraded: true } : leavingFinished, nowMs)
    this.call = step.call
    this.slot = slot
    this.#desk.send(this.lane, this, owedMs, nowMs)
  }

  #leave(leaving: Leaving, nowMs: number): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#host.leave(this, leaving, nowMs)
  }
}
