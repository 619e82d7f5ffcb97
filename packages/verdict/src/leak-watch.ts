// `leaks`: answers that showed a shopper what is another's. Nothing is known of them unless answers were searched while there was something
// to find; then one is judged as soon as it is seen, without waiting for the end of its second.
import type { Finding as Found, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { isHeld } from './compare.ts'
import { counted } from './figures.ts'
import { found, noData } from './findings.ts'
import { leakBrief, sayLeaks } from './leak-brief.ts'
import { endOf } from './scope.ts'
import { requirement } from './sentences.ts'
import type { Finding, Sighting, Watch } from './watch.ts'

const scannedCounter = 'privacy.scanned'

/** Judged beside the plan's own, unless these name leaks themselves; but only in a run in which answers were searched. */
export const defaultLeakObjective: Objective = {
  text: 'leaks == 0, abort',
  metric: { kind: 'ledger', of: 'leaks' },
  op: '==',
  limit: 0,
  unit: 'count',
  onBreach: { kind: 'abort', afterMs: 0 },
}

export function isOfLeaks({ metric }: Objective): boolean {
  return metric.kind === 'ledger' && metric.of === 'leaks'
}

/** Answers that were searched for what is another's. */
export function scannedAnswers({ counters }: Tally): number {
  return counters[scannedCounter]?.count ?? 0
}

export class LeakWatch implements Watch {
  readonly #objective: Objective
  readonly #tally: Tally
  readonly #seenEarly: Found[] = []
  #firstBreachMs: number | null = null
  #hasAborted = false

  constructor(objective: Objective, tally: Tally) {
    this.#objective = objective
    this.#tally = tally
  }

  /** One leak, told before its window is. */
  early(leak: Found, atMs: number): Sighting | null {
    this.#seenEarly.push(leak)
    return this.#sight(this.#seenEarly, atMs)
  }

  window(window: Window): Sighting | null {
    return this.#sight(this.#tally.findings, endOf(window))
  }

  finish(): Finding {
    const scanned = scannedAnswers(this.#tally)
    const brief = leakBrief(this.#tally.findings)
    if (scanned === 0 && brief === null)
      return noData(
        'leaks cannot be judged: no answer was searched, because no journey sent a canary (s.me) or named a value of its own (s.own)',
      )
    const because = `${this.#say(this.#tally.findings)}; ${counted(scanned, 'answer')} searched; ${requirement(this.#objective)}`
    const seen = { value: brief?.count ?? 0, samples: scanned, low: null, high: null, unansweredRatio: 0, coveredMs: 0 }
    return found(this.#objective, seen, because, this.#firstBreachMs ?? brief?.firstMs ?? null)
  }

  #sight(findings: readonly Found[], atMs: number): Sighting | null {
    const brief = leakBrief(findings)
    if (brief === null || isHeld(this.#objective, brief.count)) return null
    const { onBreach } = this.#objective
    const abort = onBreach.kind === 'abort' && !this.#hasAborted && atMs >= onBreach.afterMs
    if (this.#firstBreachMs !== null && !abort) return null
    this.#firstBreachMs ??= brief.firstMs
    this.#hasAborted ||= abort
    return { atMs, because: sayLeaks(brief), abort }
  }

  #say(findings: readonly Found[]): string {
    const brief = leakBrief(findings)
    return brief === null ? "nobody was shown another shopper's data" : sayLeaks(brief)
  }
}
