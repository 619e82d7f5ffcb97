// An objective with `for` or `within`: every stretch of its length is judged as it ends, and the worst is told.
import type { Tally, Window } from '@doorbuster/measurements'
import type { Objective, Span } from '@doorbuster/plan'
import { isBroken } from './compare.ts'
import { EvidenceSum } from './evidence.ts'
import { found, nothingSeen } from './findings.ts'
import { InARow } from './in-a-row.ts'
import { Moving } from './moving.ts'
import type { Seen } from './observe.ts'
import { look, sampleCount } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { coveredMs, endOf, startOf } from './scope.ts'
import type { Stretch, Stretches } from './stretches.ts'
import type { Ending, Finding, Sighting, Watch } from './watch.ts'
import { WholeScope } from './whole-scope.ts'
import { WorstStretch } from './worst-stretch.ts'

const countedAtEnd: readonly Objective['metric']['kind'][] = [
  'degraded-response',
  'finished',
  'gave-up',
  'turned-away',
  'stopped',
  'counter',
  'trend',
]

export class SpanWatch implements Watch {
  readonly #objective: Objective
  readonly #scope: JudgedScope
  readonly #whole: WholeScope
  readonly #stretches: Stretches
  readonly #worst: WorstStretch
  readonly #window = new EvidenceSum()
  #isKnown = false
  #hasAborted = false

  constructor(objective: Objective, { kind, lastingMs }: Span, scope: JudgedScope, tally: Tally) {
    this.#objective = objective
    this.#scope = scope
    this.#whole = new WholeScope(scope, objective.metric, tally, false)
    this.#stretches = kind === 'for' ? new InARow(objective, lastingMs) : new Moving(objective, lastingMs)
    this.#worst = new WorstStretch(objective)
  }

  window(window: Window): Sighting | null {
    const { metric } = this.#objective
    this.#whole.add(window)
    this.#window.reset()
    this.#window.addWindow(window, this.#scope, metric)
    // They left at the end of the run, for no reason of its time: they count in the whole of a run that was not stopped, and in no stretch.
    this.#window.visits.cut = 0
    const isInTime = coveredMs(this.#scope, window.startMs, endOf(window)) > 0
    if (!isInTime && sampleCount(metric, this.#window) === 0) return null
    const stretch = this.#stretches.push(window, this.#window)
    if (stretch !== null) this.#worst.offer(stretch)
    if (!isInTime || !this.#isArriving) return null
    this.#worst.settle()
    return this.#sight(endOf(window), stretch)
  }

  finish(ending: Ending): Finding {
    const whole = look(this.#objective.metric, this.#whole.until(ending))
    const finding = whole === null ? nothingSeen(this.#objective, this.#scope, ending) : this.#conclude(whole)
    this.#window.destroy()
    this.#whole.destroy()
    this.#stretches.destroy()
    return finding
  }

  /** Lateness is recorded when a request is sent, so none of it comes in late. What is counted when it ends has no requests that are due. */
  get #isArriving(): boolean {
    const { metric, of } = this.#objective
    if (metric.kind === 'lateness') return true
    const isCountedLate = of?.by === 'group' || of?.by === 'answered-by' || countedAtEnd.includes(metric.kind)
    return isCountedLate ? this.#window.arrivals > 0 : this.#window.counts.due > 0
  }

  #conclude(whole: Seen): Finding {
    if (this.#worst.hasLateBreach && isBroken(this.#objective, whole.value)) this.#worst.settle()
    const { worst, firstBreachMs } = this.#worst
    if (worst === null) return this.#stretches.concludeShort(whole, startOf(this.#scope) ?? 0)
    const finding = found(this.#objective, worst.seen, this.#stretches.say(worst.seen, worst.startMs), firstBreachMs)
    return { ...finding, samples: finding.samples || whole.samples }
  }

  /** A breach is told once, and once more when it is to stop the run. */
  #sight(atMs: number, stretch: Stretch | null): Sighting | null {
    const { worst, firstBreachMs } = this.#worst
    if (worst === null || firstBreachMs === null) return null
    const abort = !this.#hasAborted && stretch !== null && isBroken(this.#objective, stretch.value) && this.#mayAbort(atMs)
    if (this.#isKnown && !abort) return null
    this.#isKnown = true
    this.#hasAborted ||= abort
    return { atMs, because: this.#stretches.say(worst.seen, worst.startMs), abort }
  }

  #mayAbort(atMs: number): boolean {
    const { onBreach } = this.#objective
    return onBreach.kind === 'abort' && atMs - (startOf(this.#scope) ?? 0) >= onBreach.afterMs
  }
}
