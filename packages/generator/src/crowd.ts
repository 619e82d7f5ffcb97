// The crowd: admits arrivals up to the ceiling, gives each its class, its randomness and its lane, and knows who is still under way.
import type { Slot } from '@doorbuster/measurements'
import type { Plan, Shopper } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import type { Transport } from '@doorbuster/wire'
import type { WalkStep } from './declared-walk.ts'
import { Walk, walkSteps } from './declared-walk.ts'
import type { Desk } from './desk.ts'
import { JourneyVisit } from './journey-visit.ts'
import type { RunLimits } from './run-limits.ts'
import type { Host, Visit } from './visit.ts'

export type CrowdOptions = {
  readonly plan: Plan
  readonly desk: Desk
  readonly transport: Transport
  readonly limits: Pick<RunLimits, 'shoppers' | 'finished'>
  /** Whose doing it is when no more shoppers may be under way; here there are `under`. */
  readonly shoppersWhose: (under: number) => 'ours' | 'theirs'
  readonly onThrow: (shopper: Shopper, error: unknown) => void
}

/** A class of shoppers; `steps` is null for a journey in code. */
type Class = { readonly shopper: Shopper; readonly steps: readonly WalkStep[] | null; readonly slots: Map<string | null, readonly Slot[]> }

/** A dropped arrival never chose a step; it is counted under the first one its class is known to have. */
const unknownStep = '(arrival)'

export class Crowd implements Host {
  readonly #options: CrowdOptions
  readonly #classes: readonly Class[]
  readonly #weights: number
  readonly #under: Visit[] = []

  constructor(options: CrowdOptions) {
    const { plan, desk } = options
    this.#options = options
    this.#classes = plan.shoppers.map((shopper) => ({
      shopper,
      steps: shopper.kind === 'steps' ? walkSteps(desk, shopper.requests, plan.limits.timeoutMs) : null,
      slots: new Map(),
    }))
    this.#weights = plan.shoppers.reduce((sum, { weight }) => sum + weight, 0)
  }

  get size(): number {
    return this.#under.length
  }

  /** One shopper arrives, who was owed at `dueMs` (null: at no moment, as in a closed crowd); `onGone` is called once when it has left, or never when it was dropped. */
  arrive(nth: number, dueMs: number | null, phase: string | null, nowMs: number, onGone: ((nowMs: number) => void) | null = null): void {
    const { plan, desk, transport, limits } = this.#options
    const { recorder } = desk
    const chosen = this.#classOf(nth)
    recorder.advance(nowMs)
    recorder.shoppers.due++
    if (!limits.shoppers.take()) return this.#drop(chosen, phase)
    recorder.shoppers.started++
    const lane = plan.connections === 'shared' ? transport.shared : transport.lane()
    if (chosen.steps === null) return this.#startJourney(chosen.shopper, { nth, dueMs, phase, lane, onGone })
    const walk = new Walk({ desk, host: this, lane, steps: chosen.steps, slots: this.#slotsOf(chosen, phase), nth, onGone })
    this.#enter(walk)
    walk.start(dueMs, nowMs)
  }

  /** The first number of a shopper decides its class; these are the ones after it. */
  randomOf(nth: number): () => number {
    const generator = seededRandom(this.#options.plan.seed, nth)
    generator.uniform()
    return () => generator.uniform()
  }

  leave(visit: Visit, how: 'finished' | 'threw' | 'cut', nowMs: number): void {
    const { desk, transport, limits } = this.#options
    const last = this.#under.pop()
    if (last !== undefined && last !== visit) {
      this.#under[visit.place] = last
      last.place = visit.place
    }
    desk.recorder.shoppers[how]++
    limits.shoppers.give()
    if (how === 'finished') limits.finished.add()
    if (visit.lane !== transport.shared) visit.lane.close()
    visit.onGone?.(nowMs)
  }

  /** Cuts off everybody who is still under way. */
  cutOff(): void {
    for (const visit of [...this.#under]) visit.cutOff()
  }

  #enter(visit: Visit): void {
    visit.place = this.#under.push(visit) - 1
  }

  #startJourney(shopper: Shopper, { nth, dueMs, phase, lane, onGone }: Pick<JourneyVisit, 'lane' | 'onGone'> & Arrival): void {
    const { plan, desk, onThrow } = this.#options
    const { timeoutMs } = plan.limits
    const visit = new JourneyVisit({ desk, host: this, shopper, lane, nth, phase, dueMs, timeoutMs, onGone, onThrow })
    this.#enter(visit)
    visit.start()
  }

  #classOf(nth: number): Class {
    const [only] = this.#classes
    if (this.#classes.length === 1 && only !== undefined) return only
    let left = seededRandom(this.#options.plan.seed, nth).uniform() * this.#weights
    for (const each of this.#classes) {
      left -= each.shopper.weight
      if (left < 0) return each
    }
    return this.#classes.at(-1) as Class
  }

  #slotsOf({ shopper, slots }: Class, phase: string | null): readonly Slot[] {
    const known = slots.get(phase)
    if (known !== undefined) return known
    const { recorder } = this.#options.desk
    const made = shopper.kind === 'steps' ? shopper.requests.map(({ step }) => recorder.slot(phase, step)) : []
    slots.set(phase, made)
    return made
  }

  #drop({ shopper }: Class, phase: string | null): void {
    const { desk, shoppersWhose } = this.#options
    const { recorder } = desk
    const slot = recorder.slot(phase, shopper.steps[0] ?? unknownStep)
    recorder.shoppers.dropped++
    recorder.due(slot)
    recorder.dropped(slot, `dropped:${shoppersWhose(this.#under.length)}-shoppers`)
  }
}

type Arrival = { readonly nth: number; readonly dueMs: number | null; readonly phase: string | null }
