// Herd penalty: p99 of the phase `herd` ÷ p99 of the phase `jittered`. The same crowd, all at once and spread evenly: what is lost by coming together.
import type { RunStart, Tally } from '@doorbuster/measurements'
import { figure, timeFigure } from './figures.ts'
import type { Measure, Measured } from './measure.ts'
import { p99Ratio } from './p99-ratio.ts'

export class HerdPenalty implements Measure {
  readonly #start: RunStart
  readonly #tally: Tally

  constructor(start: RunStart, tally: Tally) {
    this.#start = start
    this.#tally = tally
  }

  window(): void {}

  finish(): Measured {
    const herd = this.#start.phases.find(({ name }) => name === 'herd')
    if (herd === undefined || !this.#start.phases.some(({ name }) => name === 'jittered'))
      return unjudged('the traffic has no phases herd and jittered to compare')
    const ratio = p99Ratio(this.#timesOf('jittered'), this.#timesOf('herd'))
    if (ratio === null) return unjudged('one of the two phases has no p99: nobody came, or the jittered one failed more than 1 % itself')
    const { value, low, high, firstMs, secondMs, samples } = ratio
    const together = Number.isFinite(value)
      ? `${timeFigure(secondMs)} when all came at once, ${figure(value, 'factor')} of it`
      : 'without a finite value when all came at once: more than 1 % were never answered'
    const because = `p99 was ${timeFigure(firstMs)} when the crowd came evenly and ${together}`
    return { kind: 'seen', value, low, high, samples, because, fromMs: herd.startMs, watched: null }
  }

  #timesOf(phase: string) {
    const { counts, response } = this.#tally.scope({ phase })
    return { counts, times: response }
  }
}

function unjudged(why: string): Measured {
  return { kind: 'unknown', because: `herd penalty was not judged: ${why}` }
}
