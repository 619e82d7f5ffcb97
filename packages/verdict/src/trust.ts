// The instrument doubts itself first: checks of the generator, none of the target. A run that fails one says nothing about the target.
import type { RunEnd, RunStart, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { AtLeast } from './at-least.ts'
import { checkDropped, checkLost, checkSent } from './books-checks.ts'
import { calibrationRemark } from './calibration-remark.ts'
import type { TrustCheck } from './judgement.ts'
import { checkLateness, trustedLatenessMs } from './lateness-check.ts'
import { littlesLaw } from './littles-law.ts'
import { ThreadWatch } from './thread-checks.ts'

export type Trust = {
  readonly checks: readonly TrustCheck[]
  /** What a reader has to know of the instrument although no check failed. */
  readonly remarks: readonly string[]
  /** What stands even when one did. */
  readonly atLeast: readonly string[]
}

export class TrustWatch {
  readonly #objectives: readonly Objective[]
  readonly #start: RunStart
  readonly #tally: Tally
  readonly #threads: ThreadWatch
  readonly #atLeast: AtLeast

  constructor(objectives: readonly Objective[], start: RunStart, tally: Tally) {
    this.#objectives = objectives
    this.#start = start
    this.#tally = tally
    this.#threads = new ThreadWatch(trustedLatenessMs(objectives), start, tally)
    this.#atLeast = new AtLeast(tally)
  }

  window(window: Window): void {
    this.#threads.window(window)
    this.#atLeast.window(window)
  }

  finish(end: RunEnd): Trust {
    const checks = [
      checkLateness(this.#objectives, this.#start, this.#tally, end),
      ...this.#threads.finish(end),
      checkDropped(this.#start, this.#tally),
      littlesLaw(this.#tally, end),
      checkSent(this.#tally, end),
      checkLost(end),
    ]
    const isCpuBroken = checks.some(({ name, status }) => name === 'cpu' && status === 'failed')
    const calibration = calibrationRemark(this.#start)
    const remarks = [...(isCpuBroken ? [] : this.#threads.remarks()), ...(calibration === null ? [] : [calibration])]
    return { checks, remarks, atLeast: this.#atLeast.sentences() }
  }
}
