// All the evidence of a scope. The tally has most of it; what it lacks, or would be slow to add up every second, is summed here.
import type { Tally, Window } from '@doorbuster/measurements'
import type { Metric } from '@doorbuster/plan'
import type { Evidence } from './evidence.ts'
import { EvidenceSum, requestEvidence } from './evidence.ts'
import type { JudgedScope } from './scope.ts'
import { coveredMs } from './scope.ts'
import type { Ending } from './watch.ts'

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
    this.#running = isReadLive || scope.of !== undefined || !isTallied(metric) ? new EvidenceSum() : null
  }

  add(window: Window): void {
    this.#running?.addWindow(window, this.#scope, this.#metric)
  }

  /** Null unless it is read live: without those whom we cut off, which ends what could still be stopped. */
  get soFar(): Evidence | null {
    return this.#running === null ? null : withoutCut(this.#running)
  }

  /** Everything, with rates over the scope's time as far as shoppers arrived in it. Whom a stop of ours cut off the target did not lose. */
  until({ end, arrivalsUntilMs }: Ending): Evidence {
    const whole = this.#whole(arrivalsUntilMs)
    return end.stoppedBy === 'end' ? whole : withoutCut(whole)
  }

  #whole(arrivalsUntilMs: number): Evidence {
    const covered = coveredMs(this.#scope, 0, arrivalsUntilMs)
    if (this.#running !== null) {
      const { counts, times, visits, number } = this.#running
      return { counts, times, visits, number, coveredMs: covered }
    }
    const { counts, response } = this.#tally.scope(this.#scope)
    return requestEvidence({ counts, times: response, coveredMs: covered })
  }

  destroy(): void {
    this.#running?.destroy()
  }
}

function withoutCut({ counts, times, visits, number, coveredMs }: Evidence): Evidence {
  return { counts, times, visits: { ...visits, cut: 0 }, number, coveredMs }
}

/** Whether the tally has the metric by phase and step. */
function isTallied({ kind }: Metric): boolean {
  return ['response', 'errors', 'degraded', 'rate', 'goodput', 'amplification'].includes(kind)
}
