// How long each objective was broken, second by second: a run that misses its limit by a little all the time and one that misses it by much for
// a minute are two different launches. Decides nothing.
//
// A second is outside when its own value breaks the limit. With few requests a second that is soon the case: of fifty, p99 is the slowest.
import type { RunStart, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { ByItself, isByWindow } from './by-itself.ts'
import { endOf, scopeOf } from './scope.ts'

/** Times in ms; moments from the run's zero. */
export type TimeOutside = {
  /** The objective. */
  readonly text: string
  /** Of the objective's own time, as far as somebody came and there was something to judge. */
  readonly watchedMs: number
  readonly outsideMs: number
  /** Start of the first second outside; null: there was none. */
  readonly firstMs: number | null
  /** Of the longest stretch of seconds outside, one after the other; a second with nothing to judge neither ends nor lengthens it. */
  readonly longestMs: number
  readonly longestFromMs: number | null
}

/** Objectives that no window can say anything of are left out. */
export class OutsideWatch {
  readonly #each: readonly OneOutside[]

  constructor(objectives: readonly Objective[], start: RunStart) {
    this.#each = objectives.filter(({ metric }) => isByWindow(metric)).map((objective) => new OneOutside(objective, start))
  }

  /** Only while somebody comes: after that only the slow come in. */
  window(window: Window, isArriving: boolean): void {
    if (isArriving) for (const one of this.#each) one.window(window)
  }

  finish(): readonly TimeOutside[] {
    return this.#each.map((one) => one.finish())
  }
}

class OneOutside {
  readonly #objective: Objective
  readonly #byItself: ByItself
  #watchedMs = 0
  #outsideMs = 0
  #firstMs: number | null = null
  #stretch = { fromMs: 0, lastingMs: 0 }
  #longest = { fromMs: 0, lastingMs: 0 }

  constructor(objective: Objective, start: RunStart) {
    this.#objective = objective
    this.#byItself = new ByItself(objective, scopeOf(objective, start))
  }

  window(window: Window): void {
    const coveredMs = this.#byItself.coveredMs(window)
    // A second that lies in two phases has a rate of neither.
    const isPart = this.#objective.unit === 'perSec' && coveredMs < window.lastingMs
    const look = coveredMs === 0 || isPart ? 'empty' : this.#byItself.look(window)
    if (look === 'empty') return
    this.#watchedMs += coveredMs
    if (look === 'held') this.#stretch = { fromMs: 0, lastingMs: 0 }
    else this.#take(endOf(window) - window.lastingMs, coveredMs)
  }

  finish(): TimeOutside {
    this.#byItself.destroy()
    const { fromMs, lastingMs } = this.#longest
    return {
      text: this.#objective.text,
      watchedMs: this.#watchedMs,
      outsideMs: this.#outsideMs,
      firstMs: this.#firstMs,
      longestMs: lastingMs,
      longestFromMs: lastingMs === 0 ? null : fromMs,
    }
  }

  #take(startMs: number, coveredMs: number): void {
    this.#outsideMs += coveredMs
    this.#firstMs ??= startMs
    const { fromMs, lastingMs } = this.#stretch
    this.#stretch = { fromMs: lastingMs === 0 ? startMs : fromMs, lastingMs: lastingMs + coveredMs }
    if (this.#stretch.lastingMs > this.#longest.lastingMs) this.#longest = this.#stretch
  }
}
