// Journeys that keep the event loop for themselves: found, counted and named. All code between an answer (or a thought that is over) and the
// journey's next await runs in one stretch, in which nothing else is sent or heard.
//
//   resumed ──▶ journey's code … ──▶ whatever the thread does next: another answer, or the end of this turn
//
// Reads a clock only at the end of a turn, and the thread's CPU time 200 times a second at most: a stretch that the thread spent waiting for
// the machine is nobody's journey's. A pause for garbage looks like the journey that it befell.
import type { Recorder, RunEvent } from '@doorbuster/measurements'
import type { Clock } from './clock.ts'

/** Longer, and requests of others are late by that much. */
const mostHeldMs = 20
const mostTold = 20
const lookEveryMs = 5

export class HeldLoop {
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #onEvent: (event: RunEvent) => void
  readonly #cpuMs: () => number | null
  readonly #told = new Set<string>()
  /** When the CPU time was looked at last, and what it was. */
  #lookedMs = Number.NEGATIVE_INFINITY
  #lookedCpuMs: number | null = null
  #shopper: string | null = null
  #step: string | null = null
  #fromMs = 0

  /** `cpuMs`: of this thread so far; null where nobody can tell. */
  constructor(clock: Clock, recorder: Recorder, onEvent: (event: RunEvent) => void, cpuMs: () => number | null) {
    this.#cpuMs = cpuMs
    this.#clock = clock
    this.#recorder = recorder
    this.#onEvent = onEvent
  }

  /** From here on the journey's code may run; `step` is the one that it goes on from, null where it begins. */
  resumed(shopper: string, step: string | null, nowMs: number): void {
    if (this.#shopper !== null) this.#end(this.#shopper, nowMs)
    this.#shopper = shopper
    this.#step = step
    this.#fromMs = nowMs
    if (nowMs - this.#lookedMs < lookEveryMs) return
    this.#lookedMs = nowMs
    this.#lookedCpuMs = this.#cpuMs()
  }

  /** The turn is over. */
  rests(): void {
    if (this.#shopper !== null) this.#end(this.#shopper, this.#clock.now())
  }

  /** All that it worked since it was looked at, but for what it may have worked before the stretch, is the least that it worked in it. */
  #wasWorking(): boolean {
    const cpuMs = this.#cpuMs()
    if (cpuMs === null || this.#lookedCpuMs === null) return true
    return cpuMs - this.#lookedCpuMs - (this.#fromMs - this.#lookedMs) > mostHeldMs - lookEveryMs
  }

  #end(shopper: string, nowMs: number): void {
    this.#shopper = null
    const heldMs = nowMs - this.#fromMs
    if (heldMs <= mostHeldMs || !this.#wasWorking()) return
    this.#recorder.number('loop.held', heldMs)
    const place = this.#step === null ? 'before its first step' : `after step ${JSON.stringify(this.#step)}`
    if (this.#told.size >= mostTold || this.#told.has(`${shopper} ${place}`)) return
    this.#told.add(`${shopper} ${place}`)
    const text = `the journey of ${JSON.stringify(shopper)} held the event loop for ${Math.round(heldMs)} ms ${place}`
    this.#onEvent({ atMs: nowMs, kind: 'note', text })
  }
}
