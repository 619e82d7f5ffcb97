// Remembers the worst stretch of a span objective. Stretches that end after the last arrival stay provisional.
//
// Once nobody arrives any more, only the slow are still to come in: a second of the drain may hold two timeouts and nothing else, and
// would read as 100 % errors. So such a stretch counts only once something was due again (`settle`), or when the whole scope, those late
// answers included, breaks the limit as well (the owner then calls `settle` at the end).
import type { Objective } from '@doorbuster/plan'
import { isBroken, isWorse } from './compare.ts'
import type { Seen } from './observe.ts'
import type { Stretch } from './stretches.ts'

type Kept = { readonly startMs: number; readonly seen: Seen }

export class WorstStretch {
  readonly #rule: Pick<Objective, 'op' | 'limit'>
  #settled: Kept | null = null
  #late: Kept | null = null
  #firstBreachMs: number | null = null
  #lateBreachMs: number | null = null

  constructor(rule: Pick<Objective, 'op' | 'limit'>) {
    this.#rule = rule
  }

  offer({ value, startMs, seen }: Stretch): void {
    const worst = this.#late ?? this.#settled
    if (worst === null || isWorse(this.#rule, value, worst.seen.value)) this.#late = { startMs, seen: seen() }
    if (isBroken(this.#rule, value)) this.#lateBreachMs ??= startMs
  }

  /** What was offered so far counts. */
  settle(): void {
    this.#settled = this.#late ?? this.#settled
    this.#firstBreachMs ??= this.#lateBreachMs
    this.#late = null
    this.#lateBreachMs = null
  }

  get worst(): Kept | null {
    return this.#settled
  }

  /** Start of the first settled stretch that broke the limit, ms from the run's zero. */
  get firstBreachMs(): number | null {
    return this.#firstBreachMs
  }

  get hasLateBreach(): boolean {
    return this.#lateBreachMs !== null
  }
}
