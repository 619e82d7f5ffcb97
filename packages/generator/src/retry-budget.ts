// A retry budget in the manner of Finagle: what shoppers want pays in, each retry takes out, and both are forgotten after ten seconds. One
// for each class and sending thread: a thread's intents are its own, and of the fixed part it has its share, so together they are the class's.
//
//   allowed while   retries + 1 ≤ share · intents + least · 10 s      over the seconds that are remembered
import type { RetryBudget } from '@doorbuster/plan'

const remembered = 10

export class Budgeted {
  readonly #shareRatio: number
  readonly #reserve: number
  /** What each of the last seconds left over, in retries; by second modulo ten. */
  readonly #seconds = new Float64Array(remembered)
  #second = 0

  constructor({ shareRatio, leastPerSec }: RetryBudget, threads: number) {
    this.#shareRatio = shareRatio
    this.#reserve = (leastPerSec * remembered) / threads
  }

  /** A shopper wants something. `nowMs` never falls. */
  wanted(nowMs: number): void {
    this.#add(nowMs, this.#shareRatio)
  }

  /** False: nothing is left for a retry, and nothing was taken. */
  take(nowMs: number): boolean {
    this.#add(nowMs, 0)
    const left = this.#seconds.reduce((sum, each) => sum + each, this.#reserve)
    // A tenth ten times over falls short of one by a rounding.
    if (left < 1 - 1e-9) return false
    this.#add(nowMs, -1)
    return true
  }

  #add(nowMs: number, retries: number): void {
    const second = Math.max(this.#second, Math.floor(nowMs / 1e3))
    const gone = Math.min(remembered, second - this.#second)
    for (let i = 0; i < gone; i++) this.#seconds[(second - i) % remembered] = 0
    this.#second = second
    this.#seconds[second % remembered] = (this.#seconds[second % remembered] ?? 0) + retries
  }
}
