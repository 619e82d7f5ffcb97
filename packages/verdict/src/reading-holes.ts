// The longest time for which a page told nothing: a target that is full may no longer answer for its figures either, just when they would be
// worst. Knows nothing of what was read.
import type { JudgedScope } from './scope.ts'
import { coveredMs, startOf } from './scope.ts'

/** Of the scope's own time. */
export type Hole = { readonly page: string; readonly fromMs: number; readonly lastingMs: number }

export class ReadingHoles {
  readonly #scope: JudgedScope
  readonly #last = new Map<string, number>()
  readonly #longest = new Map<string, Hole>()

  constructor(scope: JudgedScope) {
    this.#scope = scope
  }

  /** Readings of one page come in order. */
  read(page: string, atMs: number): void {
    this.#take(page, atMs)
    this.#last.set(page, atMs)
  }

  /** Of these pages until then; null: none of them was silent for so much as a moment. */
  longest(pages: Iterable<string>, untilMs: number): Hole | null {
    let longest: Hole | null = null
    for (const page of pages) {
      this.#take(page, untilMs)
      const own = this.#longest.get(page)
      if (own !== undefined && own.lastingMs > (longest?.lastingMs ?? 0)) longest = own
    }
    return longest
  }

  #take(page: string, untilMs: number): void {
    const fromMs = this.#last.get(page) ?? startOf(this.#scope) ?? 0
    const lastingMs = coveredMs(this.#scope, fromMs, untilMs)
    if (lastingMs > (this.#longest.get(page)?.lastingMs ?? 0)) this.#longest.set(page, { page, fromMs, lastingMs })
  }
}
