// Sees every answer of one class in one phase: counts it under who gave it, and, where a plan has people who mean harm, whether it let through
// or stopped whom it should. Changes no outcome.
import type { CutSlot, Recorder } from '@doorbuster/measurements'
import type { Plan, Shopper } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import type { Errand } from './errand.ts'
import type { WhoAnswered } from './who-answered.ts'
import { whoAnswers } from './who-answered.ts'

/** Where an answer is counted that somebody else has recognised, such as a queue page by a plan's waiting-room rule: `queue`. */
export function answeredBy(recorder: Recorder, who: string, phase: string | null): CutSlot {
  return recorder.cut('answered-by', who, phase)
}

/** As a layer it fits every visitor of its class and phase. */
export class Witness {
  readonly #recorder: Recorder
  readonly #who: WhoAnswered
  readonly #phase: string | null
  /** Names of the counters for passed and stopped; null: nobody in this plan means harm. */
  readonly #matrix: { readonly passed: string; readonly stopped: string } | null
  readonly #slots = new Map<string, CutSlot>()

  constructor(recorder: Recorder, who: WhoAnswered, phase: string | null, cohort: 'hostile' | 'legitimate' | null) {
    this.#recorder = recorder
    this.#who = who
    this.#phase = phase
    this.#matrix = cohort === null ? null : { passed: `${cohort}.passed`, stopped: `${cohort}.stopped` }
  }

  answered(answer: Answered, errand: Errand): void {
    const who = this.#who(answer)
    errand.answeredBy = this.#slotOf(who)
    if (this.#matrix === null) return
    const isStopped = answer.status === 403 || answer.status === 429 || who === 'waf'
    this.#recorder.number(isStopped ? this.#matrix.stopped : this.#matrix.passed, 1)
  }

  #slotOf(who: string): CutSlot {
    const known = this.#slots.get(who)
    if (known !== undefined) return known
    const made = answeredBy(this.#recorder, who, this.#phase)
    this.#slots.set(who, made)
    return made
  }
}

/** The witness of each class in each phase. */
export type Witnesses = {
  readonly of: (shopper: Shopper, phase: string | null) => Witness
  /** Whether walks along declared requests are witnessed too. Journeys always are. */
  readonly isForWalks: boolean
}

export function openWitnesses(plan: Plan, recorder: Recorder): Witnesses {
  const who = whoAnswers(plan.answeredBy ?? [])
  const isContested = plan.shoppers.some(({ hostile }) => hostile === true)
  const known = new Map<Shopper, Map<string | null, Witness>>()
  const of = (shopper: Shopper, phase: string | null): Witness => {
    const phases = known.get(shopper) ?? new Map<string | null, Witness>()
    const there = phases.get(phase)
    if (there !== undefined) return there
    const cohort = shopper.hostile === true ? 'hostile' : 'legitimate'
    const made = new Witness(recorder, who, phase, isContested ? cohort : null)
    known.set(shopper, phases.set(phase, made))
    return made
  }
  return { of, isForWalks: isContested || plan.answeredBy !== undefined }
}
