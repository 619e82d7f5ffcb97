// Hysteresis: p99 at the end of the aftershock ÷ p99 of the baseline. A healthy shop is as fast after the rush as before it, at the same load.
//
//   p99        ╱▔▔▔╲
//   baseline__╱     ╲_aftershock_           its second half is compared: what recovery takes is recovery's business
//   └───────┘            └─────┘
//
// As for the recovery (baseline.ts), up to 10 ms more is as good as the same, and so is what chance explains: of a hundred requests p99 is the
// second slowest, so it is worse only when more of them lie above than three standard deviations allow (rank-interval.ts of measurements).
import type { PhaseSpan, RunStart, Tally, Window } from '@doorbuster/measurements'
import { rankInterval, threeSigma } from '@doorbuster/measurements'
import { EvidenceSum } from './evidence.ts'
import { figure, timeFigure } from './figures.ts'
import type { Measure, Measured } from './measure.ts'
import { ranked, timeAtRank } from './observe.ts'
import { p99Ratio } from './p99-ratio.ts'
import type { JudgedScope } from './scope.ts'
import { endOf, scopeOf } from './scope.ts'

const metric = { kind: 'response', at: 99 } as const
const sameFloorMs = 10
/** So far the two loads may lie apart, beside what chance explains. */
const loadTolerance = 0.25

export class Hysteresis implements Measure {
  readonly #tally: Tally
  readonly #baseline: PhaseSpan | undefined
  readonly #aftershock: PhaseSpan | undefined
  readonly #scope: JudgedScope
  readonly #tail = new EvidenceSum()

  constructor(start: RunStart, tally: Tally) {
    this.#tally = tally
    this.#baseline = start.phases.find(({ name }) => name === 'baseline')
    this.#aftershock = start.phases.find(({ name }) => name === 'aftershock')
    this.#scope = scopeOf({ phase: 'aftershock' }, start)
  }

  window(window: Window): void {
    if (this.#aftershock === undefined || this.#baseline === undefined) return
    const { startMs, lastingMs } = this.#aftershock
    if (window.startMs >= startMs + lastingMs / 2 && endOf(window) <= startMs + lastingMs) this.#tail.addWindow(window, this.#scope, metric)
  }

  finish(): Measured {
    const measured = this.#compare()
    this.#tail.destroy()
    return measured
  }

  #compare(): Measured {
    if (this.#baseline === undefined || this.#aftershock === undefined)
      return unjudged('the traffic has no phases baseline and aftershock to compare')
    const { coveredMs, arrivals } = this.#tail
    if (coveredMs === 0) return unjudged('no whole second of the second half of the aftershock was seen')
    const beforePerSec = (this.#baseline.arrivals / this.#baseline.lastingMs) * 1e3
    const expected = (beforePerSec * coveredMs) / 1e3
    const rates = `${figure(beforePerSec, 'perSec')} before and ${figure((arrivals / coveredMs) * 1e3, 'perSec')} after`
    if (Math.abs(arrivals - expected) > loadTolerance * expected + 3 * Math.sqrt(expected))
      return unjudged(`the load was not the same, ${rates}`)
    const { counts, response } = this.#tally.scope({ phase: 'baseline' })
    const ratio = p99Ratio({ counts, times: response }, this.#tail)
    if (ratio === null) return unjudged('before or after, there is no p99 to compare')
    const { firstMs, secondMs, low, high, samples } = ratio
    const isSame = surelyAtLeastMs(this.#tail) <= firstMs + sameFloorMs
    const value = isSame ? Math.min(1, ratio.value) : ratio.value
    const after = Number.isFinite(secondMs) ? timeFigure(secondMs) : 'without a finite value (more than 1 % were never answered)'
    const verdict = isSame
      ? secondMs > firstMs + sameFloorMs
        ? 'which chance explains'
        : 'which is as good'
      : `${figure(value, 'factor')} of it`
    const because = `p99 was ${timeFigure(firstMs)} in the baseline and ${after} at the end of the aftershock (${rates})${Number.isFinite(value) ? `, ${verdict}` : ''}`
    const interval = isSame ? { low: null, high: null } : { low, high }
    return { kind: 'seen', value, ...interval, samples, because, fromMs: this.#aftershock.startMs, watched: null }
  }
}

/** What p99 surely is: 0 where so few requests bound it by nothing. */
function surelyAtLeastMs(after: EvidenceSum): number {
  const { low } = rankInterval(ranked(after), 0.99, threeSigma)
  return low < 1 ? 0 : timeAtRank(after, low)
}

function unjudged(why: string): Measured {
  return { kind: 'unknown', because: `hysteresis was not judged: ${why}` }
}
