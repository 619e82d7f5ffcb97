// Waits for a moment of the clock, and never wakes before it: setTimeout counts whole ms from when the event loop last looked at its own clock.
import type { Clock } from './clock.ts'

export class Alarm {
  readonly #clock: Clock
  readonly #atMs: number
  readonly #work: () => void
  #timer: NodeJS.Timeout

  /** Calls `work` once, at or just after `atMs`, in a turn of its own. */
  constructor(clock: Clock, atMs: number, work: () => void) {
    this.#clock = clock
    this.#atMs = atMs
    this.#work = work
    this.#timer = this.#arm(atMs - clock.now())
  }

  cancel(): void {
    clearTimeout(this.#timer)
  }

  #arm(leftMs: number): NodeJS.Timeout {
    return setTimeout(() => this.#ring(), Math.max(0, Math.ceil(leftMs)))
  }

  #ring(): void {
    const leftMs = this.#atMs - this.#clock.now()
    if (leftMs > 0) this.#timer = this.#arm(leftMs)
    else this.#work()
  }
}
