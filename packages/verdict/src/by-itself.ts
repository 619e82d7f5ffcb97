// An objective against one window alone, as if the window were all there is. What is summed up over a run cannot be looked at like this.
import type { Window } from '@doorbuster/measurements'
import type { Metric, Objective } from '@doorbuster/plan'
import { isBroken } from './compare.ts'
import { EvidenceSum } from './evidence.ts'
import { observe } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { coveredMs, endOf, slicesOf } from './scope.ts'

/** `empty`: the window holds nothing of it. */
export type Look = 'held' | 'broken' | 'empty'

const byWindow: readonly Metric['kind'][] = [
  'response',
  'degraded-response',
  'lateness',
  'trend',
  'errors',
  'degraded',
  'rate',
  'goodput',
  'finished',
  'gave-up',
  'turned-away',
  'amplification',
  'stopped',
]

/** Whether a window can say anything of it: not of counts that only grow, nor of what compares parts of the run. */
export function isByWindow({ kind }: Metric): boolean {
  return byWindow.includes(kind)
}

export class ByItself {
  readonly #objective: Objective
  readonly #scope: JudgedScope
  readonly #window = new EvidenceSum()

  constructor(objective: Objective, scope: JudgedScope) {
    this.#objective = objective
    this.#scope = scope
  }

  look(window: Window): Look {
    const { metric } = this.#objective
    const fast = this.#fastLook(window)
    if (fast !== null) return fast
    this.#window.reset()
    this.#window.addWindow(window, this.#scope, metric)
    const value = observe(metric, this.#window)
    if (value === null) return 'empty'
    return isBroken(this.#objective, value) ? 'broken' : 'held'
  }

  /** Of the scope's own time in the window, ms. */
  coveredMs(window: Window): number {
    return coveredMs(this.#scope, window.startMs, endOf(window))
  }

  destroy(): void {
    this.#window.destroy()
  }

  /** Spares adding histograms up in a second in which nothing was slow and nothing failed; null where that is not known. */
  #fastLook(window: Window): Look | null {
    const { metric, op, limit } = this.#objective
    if (metric.kind !== 'response' || (op !== '<' && op !== '<=')) return null
    const slices = slicesOf(this.#scope, metric, window)
    const mayBreak = slices.some(({ counts, response }) => counts.failed + counts.dropped > 0 || (response.maxMs ?? 0) >= limit)
    if (mayBreak) return null
    return slices.some(({ response }) => response.count > 0) ? 'held' : 'empty'
  }
}
