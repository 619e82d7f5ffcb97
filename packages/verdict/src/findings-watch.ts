// Counts of what should never have been seen in an answer. Judged by what the windows found, and only where the run says that it looked.
import type { FindingKind, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { isBroken } from './compare.ts'
import { counted, countFigure, secondsFigure } from './figures.ts'
import { found, noData } from './findings.ts'
import { endOf } from './scope.ts'
import { requirement, subjectOf } from './sentences.ts'
import type { Finding, Sighting, Watch } from './watch.ts'

export type FindingsMetric = Extract<Objective['metric'], { readonly kind: 'findings' }>

/** What is found, and the counter under which the generator says how often it looked: without one, nothing found is nothing known. */
const sources: Readonly<Record<FindingsMetric['of'], { readonly kind: FindingKind; readonly looked: string }>> = {
  'personal-data': { kind: 'personal-data', looked: 'privacy.scanned' },
  'shared-sessions': { kind: 'shared-session', looked: 'privacy.scanned' },
  'open-doors': { kind: 'open-door', looked: 'privacy.doors' },
}

export class FindingsWatch implements Watch {
  readonly #objective: Objective
  readonly #source: { readonly kind: FindingKind; readonly looked: string }
  readonly #tally: Tally
  #count = 0
  #firstMs: number | null = null
  #isTold = false

  constructor(objective: Objective, metric: FindingsMetric, tally: Tally) {
    this.#objective = objective
    this.#source = sources[metric.of]
    this.#tally = tally
  }

  window(window: Window): Sighting | null {
    for (const { kind, count, firstMs } of window.findings) {
      if (kind !== this.#source.kind) continue
      this.#count += count
      this.#firstMs ??= firstMs
    }
    return this.#sight(endOf(window))
  }

  /** Told once, as soon as it is broken: what was found once stays found. */
  #sight(atMs: number): Sighting | null {
    const { onBreach } = this.#objective
    if (this.#isTold || this.#count === 0 || !isBroken(this.#objective, this.#count)) return null
    const abort = onBreach.kind === 'abort' && atMs >= onBreach.afterMs
    if (onBreach.kind === 'abort' && !abort) return null
    this.#isTold = true
    return { atMs, because: this.#because(), abort }
  }

  finish(): Finding {
    const looked = this.#tally.counters[this.#source.looked]?.sum ?? 0
    const samples = Math.max(looked, this.#count)
    if (samples === 0) return noData(`${subjectOf(this.#objective)} was not judged: this run did not look for it`)
    const seen = { value: this.#count, samples, low: null, high: null, unansweredRatio: 0, coveredMs: 0 }
    return found(this.#objective, seen, this.#because(), this.#firstMs ?? 0)
  }

  #because(): string {
    const first = this.#firstMs === null ? '' : `, first after ${secondsFigure(this.#firstMs)}`
    const where = this.#tally.findings.find(({ kind }) => kind === this.#source.kind)
    const place = where === undefined ? '' : `, most often ${where.field} in ${where.where} of ${where.step}`
    const looked = this.#tally.counters[this.#source.looked]?.sum ?? 0
    const basis = looked > 0 ? ` in ${counted(looked, 'look')}` : ''
    return `${subjectOf(this.#objective)}: ${countFigure(this.#count)} found${basis}${first}${place}; ${requirement(this.#objective)}`
  }
}
