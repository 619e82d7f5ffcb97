// Where requests wait for one of a few workers, first come first served. Knows nothing of HTTP or of the shop.

export type LineRules = {
  /** How many requests are worked on at once. */
  readonly workers: number
  /** How many more may wait; Infinity for a queue without an end. */
  readonly places: number
  /** Whether work is left undone when nobody waits for it any more. */
  readonly leavesDeadWork: boolean
}

export type Turn<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'full' } | { readonly kind: 'gone' }

export type Load = { readonly busy: number; readonly waiting: number }

type Waiting = { readonly isGone: () => boolean; readonly start: () => Promise<void>; readonly leave: () => void }

export class Line {
  readonly #rules: LineRules
  #waiting: Waiting[] = []
  #busy = 0
  #isCalling = false

  constructor(rules: LineRules) {
    this.#rules = rules
  }

  load(): Load {
    return { busy: this.#busy, waiting: this.#waiting.length }
  }

  /** Runs `work` at its turn. A full line answers at once. Rejects only when the work itself does. */
  enter<T>(work: () => T | Promise<T>, isGone: () => boolean): Promise<Turn<T>> {
    if (this.#isFull() && this.#rules.leavesDeadWork) this.#sendGoneAway()
    if (this.#isFull()) return Promise.resolve({ kind: 'full' })
    return new Promise((resolve, reject) => {
      const start = async () => resolve({ kind: 'done', value: await work() })
      this.#waiting.push({ isGone, start: () => start().catch(reject), leave: () => resolve({ kind: 'gone' }) })
      this.#callNext()
    })
  }

  #isFull(): boolean {
    // Free workers count as places: those who came in the same instant have not been called yet.
    return this.#waiting.length + this.#busy >= this.#rules.places + this.#rules.workers
  }

  #sendGoneAway(): void {
    for (const one of this.#waiting) if (one.isGone()) one.leave()
    this.#waiting = this.#waiting.filter((one) => !one.isGone())
  }

  #callNext(): void {
    if (this.#isCalling) return
    this.#isCalling = true
    // One start a turn of the event loop, or a long line would keep sockets and timers waiting until it is empty.
    setImmediate(() => {
      this.#isCalling = false
      const next = this.#takeNext()
      if (next !== undefined) this.#serve(next)
    })
  }

  #takeNext(): Waiting | undefined {
    if (this.#busy >= this.#rules.workers) return undefined
    for (;;) {
      const next = this.#waiting.shift()
      if (next === undefined || !this.#rules.leavesDeadWork || !next.isGone()) return next
      next.leave()
    }
  }

  #serve(next: Waiting): void {
    this.#busy += 1
    void next.start().finally(() => {
      this.#busy -= 1
      this.#callNext()
    })
    this.#callNext()
  }
}
