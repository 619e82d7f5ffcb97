// One shopper walking a declared list of requests: no promise, no closure, one errand for all of them. The cheap way that bare URLs take.
import type { Slot } from '@doorbuster/measurements'
import type { ThinkTime, UrlStep } from '@doorbuster/plan'
import { parseThink } from '@doorbuster/plan'
import type { Lane } from '@doorbuster/wire'
import { Alarm } from './alarm.ts'
import type { Desk } from './desk.ts'
import type { Call } from './errand.ts'
import { Errand } from './errand.ts'
import { fileBody } from './journey-request.ts'
import { drawThinkMs } from './think.ts'
import type { Host, Visit } from './visit.ts'

/** A declared request with everything that is the same for every shopper worked out. */
export type WalkStep = { readonly call: Call; readonly thinkTime: ThinkTime | null }

/** At least one step. Of an answer's body only what shows why it failed is kept. */
export function walkSteps(desk: Desk, requests: readonly UrlStep[], timeoutMs: number): readonly WalkStep[] {
  return requests.map(({ method, path, headers, body = null, file, expect, think }) => ({
    call: desk.prepare({
      method,
      path,
      headers,
      body: file === undefined ? body : fileBody(file),
      statuses: expect,
      timeoutMs,
      keepBody: expect === undefined ? 'errors' : 'whole',
    }),
    thinkTime: think === undefined ? null : parseThink(think),
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
  readonly onGone: ((nowMs: number) => void) | null
}

export class Walk extends Errand implements Visit {
  place = -1
  readonly lane: Lane
  readonly onGone: ((nowMs: number) => void) | null
  readonly #desk: Desk
  readonly #host: Host
  readonly #steps: readonly WalkStep[]
  readonly #slots: readonly Slot[]
  readonly #nth: number
  #random: (() => number) | null = null
  #index = 0
  #thinking: Alarm | null = null
  #isOver = false

  constructor({ desk, host, lane, steps, slots, nth, onGone }: WalkOptions) {
    super(desk, slots[0] as Slot, (steps[0] as WalkStep).call)
    this.#desk = desk
    this.#host = host
    this.lane = lane
    this.#steps = steps
    this.#slots = slots
    this.#nth = nth
    this.onGone = onGone
  }

  start(dueMs: number | null, nowMs: number): void {
    this.#desk.send(this.lane, this, dueMs, nowMs)
  }

  cutOff(): void {
    this.#leave('cut', this.#desk.clock.now())
    this.#thinking?.cancel()
    this.sending?.cancel()
  }

  protected override onLanded(): void {
    this.settle()
    if (this.#isOver) return
    const nowMs = this.answer?.doneMs ?? this.#desk.clock.now()
    const thinkTime = this.#steps[this.#index]?.thinkTime ?? null
    if (thinkTime === null) return this.#next(null, nowMs)
    this.#random ??= this.#host.randomOf(this.#nth)
    const owedMs = nowMs + drawThinkMs(thinkTime, this.#random)
    const { clock } = this.#desk
    this.#thinking = new Alarm(clock, owedMs, () => this.#next(owedMs, clock.now()))
  }

  #next(owedMs: number | null, nowMs: number): void {
    this.#thinking = null
    const step = this.#steps[++this.#index]
    const slot = this.#slots[this.#index]
    if (step === undefined || slot === undefined) return this.#leave('finished', nowMs)
    this.call = step.call
    this.slot = slot
    this.#desk.send(this.lane, this, owedMs, nowMs)
  }

  #leave(how: 'finished' | 'cut', nowMs: number): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#host.leave(this, how, nowMs)
  }
}
