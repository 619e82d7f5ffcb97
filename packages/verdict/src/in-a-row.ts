// `for D`: every window for D in a row breaks the limit. Equivalent, and what is computed here: the mildest value of the last D breaks it.
// A window without samples is no part of any row: it neither breaks nor heals.
import type { Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { isBroken, isHeld, isWorse } from './compare.ts'
import type { EvidenceSum } from './evidence.ts'
import { secondsFigure } from './figures.ts'
import { found, noData } from './findings.ts'
import type { Seen } from './observe.ts'
import { observe } from './observe.ts'
import { requirement, sayFor, sayPlain, subjectOf } from './sentences.ts'
import type { Stretch, Stretches } from './stretches.ts'
import type { Finding } from './watch.ts'

type Second = { readonly startMs: number; readonly lastingMs: number; readonly value: number }

/** Windows are cut at moments that binary fractions only nearly hit. */
const slackMs = 1e-6

/** Memory: one number a window of the span. */
export class InARow implements Stretches {
  readonly #objective: Objective
  readonly #spanMs: number
  readonly #seconds: Second[] = []
  #rowMs = 0
  #mildest: number | null = null

  constructor(objective: Objective, spanMs: number) {
    this.#objective = objective
    this.#spanMs = spanMs
  }

  push({ startMs, lastingMs }: Pick<Window, 'startMs' | 'lastingMs'>, evidence: EvidenceSum): Stretch | null {
    const { metric, unit } = this.#objective
    const value = observe(metric, evidence)
    if (value === null) return null
    this.#mildest = this.#milder(this.#mildest, value)
    // A rate is a matter of the scope's own time, of which the first and last window may hold only a part.
    this.#append({ startMs, lastingMs: unit === 'perSec' ? evidence.coveredMs : lastingMs, value })
    return this.#isLongEnough() ? this.#row() : null
  }

  say(seen: Seen, startMs: number): string {
    return sayFor(this.#objective, seen.value, startMs, isBroken(this.#objective, seen.value))
  }

  /** No row was as long as the span. One good second is enough to know that the limit was not broken throughout. */
  concludeShort(whole: Seen): Finding {
    if (this.#mildest !== null && isHeld(this.#objective, this.#mildest)) {
      const seen = { ...whole, value: this.#mildest, low: null, high: null }
      return found(this.#objective, seen, sayFor(this.#objective, seen.value, 0, false), null)
    }
    if (this.#isLongEnough()) return found(this.#objective, whole, sayPlain(this.#objective, whole), null)
    const watched = `broke its limit in all of the ${secondsFigure(this.#rowMs)} that had samples, which is too short to tell`
    return noData(`${subjectOf(this.#objective)} ${watched}; ${requirement(this.#objective)} for ${secondsFigure(this.#spanMs)}`)
  }

  destroy(): void {
    this.#seconds.length = 0
  }

  #append(second: Second): void {
    this.#seconds.push(second)
    this.#rowMs += second.lastingMs
    for (let [first] = this.#seconds; first !== undefined && this.#isLongEnough(this.#rowMs - first.lastingMs); [first] = this.#seconds) {
      this.#rowMs -= first.lastingMs
      this.#seconds.shift()
    }
  }

  #isLongEnough(rowMs = this.#rowMs): boolean {
    return rowMs >= this.#spanMs - slackMs
  }

  #row(): Stretch | null {
    const [first] = this.#seconds
    if (first === undefined) return null
    const value = this.#seconds.reduce((mildest, second) => this.#milder(mildest, second.value), first.value)
    const coveredMs = this.#rowMs
    return { value, startMs: first.startMs, seen: () => ({ value, samples: 0, low: null, high: null, unansweredRatio: 0, coveredMs }) }
  }

  #milder(a: number | null, b: number): number {
    return a === null || isWorse(this.#objective, a, b) ? b : a
  }
}
