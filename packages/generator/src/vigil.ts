// A shopper who waits before the doors: refreshes a page until they open, and then goes in. Knows nothing of what it does inside.
//
//   due ──refresh──▶ seen … every few seconds … ──refresh──▶ │ doors open │ ──jitter──▶ in
import type { CutSlot, Slot } from '@doorbuster/measurements'
import type { Lane } from '@doorbuster/wire'
import { Alarm } from './alarm.ts'
import type { Desk } from './desk.ts'
import type { Call } from './errand.ts'
import { Errand } from './errand.ts'
import type { Waiting } from './persona.ts'
import { drawThinkMs } from './think.ts'
import type { Witness } from './witness.ts'

export type VigilOptions = {
  readonly desk: Desk
  readonly lane: Lane
  readonly slot: Slot
  readonly cuts: readonly CutSlot[]
  readonly call: Call
  readonly waiting: Waiting
  readonly openMs: number
  readonly witness: Witness | null
  /** The doors are open, and it was to go in at `enterMs`. */
  readonly onEnter: (enterMs: number, nowMs: number) => void
  /** It has gone in, and nothing of it is under way any more. */
  readonly onOver: () => void
  /** It was cut off before it could go in. */
  readonly onCut: () => void
}

export class Vigil extends Errand {
  readonly #options: VigilOptions
  #refreshing: Alarm | null = null
  #entering: Alarm | null = null
  #hasEntered = false
  #isOver = false

  constructor(options: VigilOptions) {
    super(options.desk, options.slot, options.call)
    this.#options = options
    this.cuts = options.cuts
    // A refresh wants nothing yet.
    this.attempt = 'none'
  }

  start(dueMs: number, nowMs: number): void {
    const { desk, waiting } = this.#options
    this.#entering = new Alarm(desk.clock, waiting.enterMs, () => this.#enter())
    this.#refresh(dueMs, nowMs)
  }

  cutOff(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#refreshing?.cancel()
    this.#entering?.cancel()
    if (this.#hasEntered) this.#options.onOver()
    else this.#options.onCut()
    this.sending?.cancel()
  }

  protected override onLanded(): void {
    const { desk, witness, waiting, openMs } = this.#options
    this.answeredBy = null
    if (witness !== null && this.answer?.kind === 'answered') witness.answered(this.answer, this)
    this.settle()
    this.#refreshing = null
    if (this.#isOver) return
    if (this.#hasEntered) return this.#options.onOver()
    const seenMs = this.answer?.doneMs ?? desk.clock.now()
    const nextMs = seenMs + drawThinkMs(waiting.watchers.refreshEvery, waiting.random)
    // From then on it looks at the door itself.
    if (nextMs < openMs) this.#refreshing = new Alarm(desk.clock, nextMs, () => this.#refresh(nextMs, desk.clock.now()))
  }

  #refresh(owedMs: number, nowMs: number): void {
    this.#refreshing = null
    this.#options.desk.send(this.#options.lane, this, owedMs, nowMs)
  }

  /** A refresh that is still under way holds nobody back: the visit takes another socket, as a browser would. */
  #enter(): void {
    const { desk, waiting, onEnter, onOver } = this.#options
    this.#hasEntered = true
    this.#refreshing?.cancel()
    onEnter(waiting.enterMs, desk.clock.now())
    if (this.sending === null) onOver()
  }
}
