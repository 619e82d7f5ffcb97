// Recovery: the time from the end of the highest stage until every moving window of 5 s is as good as the baseline, to the end of the traffic.
//
//   rate   ╱▔▔╲ peak ends                      baseline.ts says what "good" is
//   ______╱    ╲___|__________________________ traffic ends
//                  | bad  bad | good good good
//                  |<-------->| recovery: up to the start of the first window after which all are good
//
// Windows lie wholly between the peak's end and the end of the traffic: after it only the slow are still to come in.
import type { RunStart, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import type { Baseline } from './baseline.ts'
import { baselineOf, isAsGood } from './baseline.ts'
import { EvidenceSum } from './evidence.ts'
import { secondsFigure, timeFigure } from './figures.ts'
import { found, noData } from './findings.ts'
import { MovingSum } from './moving-sum.ts'
import type { Seen } from './observe.ts'
import { ranked } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { endOf } from './scope.ts'
import { requirement } from './sentences.ts'
import type { Ending, Finding, Watch } from './watch.ts'

const movingMs = 5_000

export class RecoveryWatch implements Watch {
  readonly #objective: Objective
  readonly #scope: JudgedScope
  readonly #start: RunStart
  readonly #tally: Tally
  readonly #peakEndMs: number
  readonly #window = new EvidenceSum()
  readonly #moving = new MovingSum(movingMs)
  #baseline: Baseline | string | null = null
  #firstMs: number | null = null
  #watchedUntilMs: number | null = null
  #goodSinceMs: number | null = null
  #samples = 0

  constructor(objective: Objective, scope: JudgedScope, start: RunStart, tally: Tally) {
    this.#objective = objective
    this.#scope = scope
    this.#start = start
    this.#tally = tally
    this.#peakEndMs = start.peak === null ? Number.POSITIVE_INFINITY : start.peak.startMs + start.peak.lastingMs
  }

  /** Tells nothing while the run goes on: "for good" is known only at its end. */
  window(window: Window): null {
    if (window.startMs >= this.#peakEndMs && endOf(window) <= this.#start.lastingMs) this.#watch(window)
    return null
  }

  finish(ending: Ending): Finding {
    this.#window.destroy()
    this.#moving.destroy()
    if (this.#start.peak === null) return this.#unjudged('a closed loop has no peak to recover from')
    this.#baseline ??= baselineOf(this.#start, this.#tally, this.#peakEndMs)
    if (typeof this.#baseline === 'string') return this.#unjudged(this.#baseline)
    if (this.#watchedUntilMs === null) return this.#unjudged(this.#whyUnwatched(ending))
    return this.#conclude(this.#baseline, this.#watchedUntilMs - this.#peakEndMs, ending)
  }

  #watch(window: Window): void {
    this.#baseline ??= baselineOf(this.#start, this.#tally, this.#peakEndMs)
    if (typeof this.#baseline === 'string') return
    this.#window.reset()
    this.#window.addWindow(window, this.#scope, this.#objective.metric)
    this.#samples += ranked(this.#window)
    this.#firstMs ??= window.startMs
    this.#moving.push(window.startMs, endOf(window), this.#window)
    if (endOf(window) - this.#firstMs >= movingMs) this.#judge(this.#baseline, endOf(window))
  }

  #judge(baseline: Baseline, endMs: number): void {
    const isGood = isAsGood(baseline, this.#moving.sum)
    if (isGood === null) return
    this.#watchedUntilMs = endMs
    this.#goodSinceMs = isGood ? (this.#goodSinceMs ?? this.#moving.startMs) : null
  }

  #conclude({ goodputPerSec, slowMs }: Baseline, watchedMs: number, { end }: Ending): Finding {
    const wanted = `goodput like the baseline's ${goodputPerSec.toFixed(1)}/s and p99 up to ${timeFigure(slowMs)}`
    const allowed = requirement(this.#objective)
    if (this.#goodSinceMs === null) {
      if (end.stoppedBy !== 'end' && watchedMs < this.#objective.limit)
        return this.#unjudged(`the run stopped ${secondsFigure(watchedMs)} after the peak`)
      return this.#found(
        Number.POSITIVE_INFINITY,
        `not recovered within the ${secondsFigure(watchedMs)} that were watched after the peak (${wanted}); ${allowed}`,
      )
    }
    // Good from the first whole second on: there was nothing to recover from.
    const recoveredMs = this.#goodSinceMs === this.#firstMs ? 0 : this.#goodSinceMs - this.#peakEndMs
    return this.#found(recoveredMs, `recovery took ${secondsFigure(recoveredMs)} from the end of the peak (${wanted}); ${allowed}`)
  }

  #found(value: number, because: string): Finding {
    const seen: Seen = { value, samples: this.#samples, low: null, high: null, unansweredRatio: 0, coveredMs: 0 }
    return found(this.#objective, seen, because, this.#peakEndMs + this.#objective.limit)
  }

  #unjudged(why: string): Finding {
    return noData(`recovery was not judged: ${why}`)
  }

  #whyUnwatched({ end, arrivalsUntilMs }: Ending): string {
    if (end.stoppedBy !== 'end' && arrivalsUntilMs < this.#start.lastingMs)
      return 'the run stopped before the time after the peak could be watched'
    const afterMs = Math.max(0, this.#start.lastingMs - this.#peakEndMs)
    if (afterMs < movingMs)
      return `only ${secondsFigure(afterMs)} of traffic follow the peak, and ${secondsFigure(movingMs)} are needed; add a hold after it`
    return 'nobody came after the peak'
  }
}
