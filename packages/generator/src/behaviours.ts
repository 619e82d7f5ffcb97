// What the classes of a plan do when they have to wait or are told no, worked out for one sending thread.
import type { Recorder } from '@doorbuster/measurements'
import type { Patience, Plan, RetryPolicy, Shopper } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import { Budgeted } from './retry-budget.ts'
import { Unseen } from './unseen.ts'
import { WaitingRoom } from './waiting-room.ts'

/** Of one class; its shoppers in this thread share it. */
export type Manners = {
  readonly patience: Patience | null
  readonly retries: RetryPolicy | null
  readonly budget: Budgeted | null
  readonly room: WaitingRoom | null
  readonly unseen: Unseen
  /** The shopper's own numbers for this alone: however often it has to try, what its journey draws stays the same. */
  readonly randomOf: (nth: number) => () => number
}

/** Beyond the number of any arrival. */
const mannersStream = 2 ** 50

export class Behaviours {
  readonly unseen = new Unseen()
  readonly #plan: Plan
  readonly #threads: number
  readonly #room: WaitingRoom | null

  /** `threads`: how many there are, of which this is one. */
  constructor(plan: Plan, recorder: Recorder, threads: number) {
    this.#plan = plan
    this.#threads = threads
    this.#room = plan.waitingRoom === undefined ? null : new WaitingRoom(plan.waitingRoom, recorder)
  }

  /** Null for a class that takes every answer as it comes. */
  of({ patience, retries }: Shopper): Manners | null {
    const { seed } = this.#plan
    if (patience === undefined && retries === undefined && this.#room === null) return null
    const budget = retries?.budget ?? null
    return {
      patience: patience ?? null,
      retries: retries ?? null,
      budget: budget === null ? null : new Budgeted(budget, this.#threads),
      room: this.#room,
      unseen: this.unseen,
      randomOf: (nth) => {
        const random = seededRandom(seed, mannersStream + nth)
        return () => random.uniform()
      },
    }
  }
}
