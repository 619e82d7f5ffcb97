// All the evidence of a scope. The tally has most of it; what it lacks, or would be slow to add up every second, is summed here.
import type { Tally, Window } from '@doorbuster/measurements'
import type { Metric } from '@doorbuster/plan'
import type { Evidence } from './evidence.ts'
import { EvidenceSum } from './evidence.ts'
import type { JudgedScope } from './scope.ts'
import { coveredMs } from './scope.ts'

export class WholeScope {
  readonly #scope: JudgedScope
  readonly #metric: Metric
  readonly #tally: Tally
  readonly #running: EvidenceSum | null

  /** `isReadLive`: `soFar` will be asked for while the run goes on. */
  constructor(scope: JudgedScope, metric: Metric, tally: Tally, isReadLive: boolean) {
    this.#scope = scope
    this.#metric = metric
    this.#tally = tally
    // The tally keeps no lateness by phase.
    this.#running = isReadLive || metric.kind === 'lateness' ? new EvidenceSum() : null
  }

  add(window: Window): void {
    this.#running?.addWindow(window, this.#scope, this.#metric)
  }

  /** Null unless it is read live. */
  get soFar(): Evidence | null {
    return this.#running
  }

  /** Everything, with rates over the scope's time as far as shoppers arrived in it. */
  until(arrivalsUntilMs: number): Evidence {
    const covered = coveredMs(this.#scope, 0, arrivalsUntilMs)
    if (this.#running !== null) return { counts: this.#running.counts, times: this.#running.times, coveredMs: covered }
    const { counts, response } = this.#tally.scope(this.#scope)
    return { counts, times: response, coveredMs: covered }
  }

  destroy(): void {
    this.#running?.destroy()
  }
}
