// Recovery: the time from the end of the highest stage until every moving window of 5 s is as good as the baseline, to the end of the traffic.
//
//   rate   ╱▔▔╲ peak ends                      baseline.ts says what "good" is
//   ______╱    ╲___|__________________________ traffic ends
//                  | bad  bad | good good good
//                  |<-------->| recovery: up to the start of the first window after which all are good
//
// Windows lie wholly between the peak's end and the end of the traffic: after it only the slow are still to come in.
import type { RunStart, Tally, Window } from '@doorbuster/measurements'
import type { Baseline } from './baseline.ts'
import { baselineOf, isAsGood } from './baseline.ts'
import { EvidenceSum } from './evidence.ts'
import { secondsFigure, timeFigure } from './figures.ts'
import type { Measure, Measured } from './measure.ts'
import { MovingSum } from './moving-sum.ts'
import { ranked } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { endOf, scopeOf } from './scope.ts'
import type { Ending } from './watch.ts'

const movingMs = 5_000
const metric = { kind: 'recovery' } as const

export class Recovery implements Measure {
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

  constructor(start: RunStart, tally: Tally) {
    this.#scope = scopeOf({}, start)
    this.#start = start
    this.#tally = tally
    this.#peakEndMs = start.peak === null ? Number.POSITIVE_INFINITY : start.peak.startMs + start.peak.lastingMs
  }

  window(window: Window): void {
    if (window.startMs >= this.#peakEndMs && endOf(window) <= this.#start.lastingMs) this.#watch(window)
  }

  finish(ending: Ending): Measured {
    this.#window.destroy()
    this.#moving.destroy()
    if (this.#start.peak === null) return this.#unjudged('a closed loop has no peak to recover from')
    this.#baseline ??= baselineOf(this.#start, this.#tally, this.#peakEndMs)
    if (typeof this.#baseline === 'string') return this.#unjudged(this.#baseline)
    if (this.#watchedUntilMs === null) return this.#unjudged(this.#whyUnwatched(ending))
    return this.#conclude(this.#baseline, this.#watchedUntilMs - this.#peakEndMs)
  }

  #watch(window: Window): void {
    this.#baseline ??= baselineOf(this.#start, this.#tally, this.#peakEndMs)
    if (typeof this.#baseline === 'string') return
    this.#window.reset()
    this.#window.addWindow(window, this.#scope, metric)
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

  #conclude({ goodputPerSec, slowMs }: Baseline, watchedMs: number): Measured {
    const wanted = `goodput like the baseline's ${goodputPerSec.toFixed(1)}/s and p99 up to ${timeFigure(slowMs)}`
    const watched = { ms: watchedMs, since: 'the peak' }
    const seen = { kind: 'seen', samples: this.#samples, low: null, high: null, fromMs: this.#peakEndMs, watched } as const
    if (this.#goodSinceMs === null) {
      const because = `not recovered within the ${secondsFigure(watchedMs)} that were watched after the peak (${wanted})`
      return { ...seen, value: Number.POSITIVE_INFINITY, because }
    }
    // Good from the first whole second on: there was nothing to recover from.
    const recoveredMs = this.#goodSinceMs === this.#firstMs ? 0 : this.#goodSinceMs - this.#peakEndMs
    return { ...seen, value: recoveredMs, because: `recovery took ${secondsFigure(recoveredMs)} from the end of the peak (${wanted})` }
  }

  #unjudged(why: string): Measured {
    return { kind: 'unknown', because: `recovery was not judged: ${why}` }
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
