// Counts of what should never have been seen in an answer. Judged by what the windows found, and only where the run says that it looked.
import type { FindingKind, Finding as Found, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { isBroken } from './compare.ts'
import { counted, countFigure, secondsFigure } from './figures.ts'
import { found, noData } from './findings.ts'
import { endOf } from './scope.ts'
import { requirement, subjectOf } from './sentences.ts'
import type { Finding, Sighting, Watch } from './watch.ts'

export type FindingsMetric = Extract<Objective['metric'], { readonly kind: 'findings' }>

/** What is found, and counters under which the generator says how often it looked: without any, nothing found is nothing known. */
type Source = { readonly kind: FindingKind; readonly looked: readonly string[] }

const sources: Readonly<Record<FindingsMetric['of'], Source>> = {
  // Where no answer may be kept by a cache, every answer was looked at for whether it may.
  'personal-data': { kind: 'personal-data', looked: ['privacy.public', 'privacy.scanned'] },
  'shared-sessions': { kind: 'shared-session', looked: ['privacy.sessions'] },
  'open-doors': { kind: 'open-door', looked: ['privacy.doors'] },
}

/** How often a run looked for it. */
export function looksFor({ of }: FindingsMetric, { counters }: Pick<Tally, 'counters'>): number {
  return Math.max(...sources[of].looked.map((name) => counters[name]?.sum ?? 0))
}

export class FindingsWatch implements Watch {
  readonly #objective: Objective
  readonly #metric: FindingsMetric
  readonly #tally: Tally
  #count = 0
  #firstMs: number | null = null
  #isTold = false

  constructor(objective: Objective, metric: FindingsMetric, tally: Tally) {
    this.#objective = objective
    this.#metric = metric
    this.#tally = tally
  }

  window(window: Window): Sighting | null {
    for (const { kind, count, firstMs } of window.findings) {
      if (kind !== sources[this.#metric.of].kind) continue
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
    const samples = Math.max(looksFor(this.#metric, this.#tally), this.#count)
    if (samples === 0) return noData(`${subjectOf(this.#objective)} was not judged: this run did not look for it`)
    const seen = { value: this.#count, samples, low: null, high: null, unansweredRatio: 0, coveredMs: 0 }
    return found(this.#objective, seen, this.#because(), this.#firstMs ?? 0)
  }

  #because(): string {
    const first = this.#firstMs === null ? '' : `, first after ${secondsFigure(this.#firstMs)}`
    const most = this.#tally.findings.find(({ kind }) => kind === sources[this.#metric.of].kind)
    const place = most === undefined ? '' : `, most often ${placeOf(most)}`
    const looked = looksFor(this.#metric, this.#tally)
    const basis = looked > 0 ? ` in ${counted(looked, 'look')}` : ''
    return `${subjectOf(this.#objective)}: ${countFigure(this.#count)} found${basis}${first}${place}; ${requirement(this.#objective)}`
  }
}

/** Of a door, how it was asked for and what it said each time; that sample shows nobody's data. */
function placeOf({ kind, step, where, field, sample }: Found): string {
  return kind === 'open-door' ? `${step} ${where}${sample === null ? '' : ` (${sample})`}` : `${field} in ${where} of ${step}`
}
