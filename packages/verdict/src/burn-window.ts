// The worst share of failed requests in any window of so many seconds, moved by whole seconds. Knows nothing of budgets.

export type Burnt = { readonly startMs: number; readonly endMs: number; readonly failed: number; readonly of: number }

/** Seconds are cut at moments that binary fractions only nearly hit. */
const slackMs = 1e-6

export class BurnWindow {
  readonly everyMs: number
  #seconds: Burnt[] = []
  #firstMs: number | null = null
  #worst: { readonly ratio: number; readonly fromMs: number } | null = null

  constructor(everyMs: number) {
    this.everyMs = everyMs
  }

  /** Seconds come in order. */
  push(second: Burnt): void {
    const { startMs, endMs } = second
    this.#firstMs ??= startMs
    this.#seconds = [...this.#seconds, second].filter((each) => each.endMs > endMs - this.everyMs + slackMs)
    if (endMs - this.#firstMs < this.everyMs - slackMs) return
    const of = this.#seconds.reduce((sum, each) => sum + each.of, 0)
    if (of === 0) return
    const ratio = this.#seconds.reduce((sum, each) => sum + each.failed, 0) / of
    if (this.#worst === null || ratio > this.#worst.ratio) this.#worst = { ratio, fromMs: this.#seconds[0]?.startMs ?? startMs }
  }

  /** 0 to 1; null when the run was shorter, or nothing ended in it. */
  get worstRatio(): number | null {
    return this.#worst?.ratio ?? null
  }

  /** Start of the worst, ms from the run's zero. */
  get fromMs(): number | null {
    return this.#worst?.fromMs ?? null
  }
}
