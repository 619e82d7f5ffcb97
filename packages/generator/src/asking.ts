// How one shopper asks for things when it has patience, a client that retries, or a waiting room before it: each wish is an intent of its
// own. Knows its session only as something that sends one request.
import type { Answer } from '@doorbuster/plan'
import type { Manners } from './behaviours.ts'
import { Intent } from './intent.ts'
import type { JourneyErrand } from './journey-errand.ts'
import { defaultStep } from './journey-request.ts'
import type { WaitingRoom } from './waiting-room.ts'
import type { Asked, Asks, Ending, Wisher } from './wisher.ts'

export class Asking implements Wisher {
  readonly manners: Manners
  readonly asks: Asks
  readonly random: () => number
  /** Where it has got something. */
  readonly #visited = new Set<string>()
  readonly obeysRetryAfter: boolean
  readonly #open = new Set<Ending>()

  constructor(manners: Manners, nth: number, asks: Asks) {
    this.manners = manners
    this.asks = asks
    let random: (() => number) | null = null
    this.random = () => {
      random ??= manners.randomOf(nth)
      return random()
    }
    // Drawn first, so that who obeys does not depend on what else was drawn before.
    const chance = manners.retries?.obeysRetryAfter ?? 0
    this.obeysRetryAfter = chance > 0 && this.random() < chance
  }

  /** `step`: under which it is counted; undefined: its default name. */
  ask({ attempt, ...wanted }: Omit<Asked, 'hearer'>, step: string | undefined, owedMs: number | null): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const wish = { ...wanted, step: this.asks.desk.mask(step ?? defaultStep(wanted.method, wanted.path)) }
      const intent = new Intent(this, wish, resolve, reject)
      this.#open.add(intent)
      this.asks.busy(1)
      intent.start(owedMs, attempt)
    })
  }

  letThrough(room: WaitingRoom, step: string, errand: JourneyErrand): void {
    const isNewcomer = ![...this.#visited].some((each) => room.hasQueued(each))
    if (isNewcomer) room.letsThrough(step, errand)
    this.#visited.add(step)
  }

  letIn(step: string): void {
    this.#visited.add(step)
  }

  closed(intent: Ending): void {
    if (this.#open.delete(intent)) this.asks.busy(-1)
  }

  /** Nothing goes on. */
  cutOff(): void {
    for (const intent of [...this.#open]) intent.cutOff()
  }
}
