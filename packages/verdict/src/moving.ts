// `within D`: the aggregate over any moving window of D breaks the limit. Moves by whole windows, so it sees every second's end.
import type { Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import type { EvidenceSum } from './evidence.ts'
import { secondsFigure } from './figures.ts'
import { found } from './findings.ts'
import { MovingSum } from './moving-sum.ts'
import type { Seen } from './observe.ts'
import { observe, seenOf } from './observe.ts'
import { endOf } from './scope.ts'
import { sayPlain, sayWithin } from './sentences.ts'
import type { Stretch, Stretches } from './stretches.ts'
import type { Finding } from './watch.ts'

/** Memory: one histogram a window of the span. */
export class Moving implements Stretches {
  readonly #objective: Objective
  readonly #spanMs: number
  readonly #sum: MovingSum
  #firstMs: number | null = null

  constructor(objective: Objective, spanMs: number) {
    this.#objective = objective
    this.#spanMs = spanMs
    this.#sum = new MovingSum(spanMs)
  }

  push(window: Pick<Window, 'startMs' | 'lastingMs'>, evidence: EvidenceSum): Stretch | null {
    this.#firstMs ??= window.startMs
    this.#sum.push(window.startMs, endOf(window), evidence)
    if (endOf(window) - this.#firstMs < this.#spanMs) return null
    const { sum, startMs } = this.#sum
    const { metric } = this.#objective
    const value = observe(metric, sum)
    return value === null ? null : { value, startMs, seen: () => seenOf(metric, sum, value) }
  }

  say(seen: Seen, startMs: number): string {
    return sayWithin(this.#objective, seen, startMs)
  }

  /** Shorter than the span: all there is makes one window. */
  concludeShort(whole: Seen, breachMs: number): Finding {
    const where = ` in all, which is shorter than ${secondsFigure(this.#spanMs)}`
    return found(this.#objective, whole, sayPlain(this.#objective, whole, where), breachMs)
  }

  destroy(): void {
    this.#sum.destroy()
  }
}
