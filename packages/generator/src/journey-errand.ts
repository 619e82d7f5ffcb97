// One request of a journey. Its answer is kept, since the journey may read it whenever it likes; what it says of it may turn the outcome.
import type { Slot } from '@doorbuster/measurements'
import type { Answer, RequestOptions } from '@doorbuster/plan'
import type { Call, Counter } from './errand.ts'
import { Errand } from './errand.ts'

/** Who waits for it. */
export interface Asker {
  landed(errand: JourneyErrand): void
}

export class JourneyErrand extends Errand {
  readonly options: RequestOptions
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
  readonly #asker: Asker
  #failedCheck: string | undefined

  constructor(
    counter: Counter,
    slot: Slot,
    call: Call,
    asker: Asker,
    options: RequestOptions,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    super(counter, slot, call)
    this.#asker = asker
    this.options = options
    this.resolve = resolve
    this.reject = reject
  }

  /** The first cause counts. Too late once it is settled. */
  fail(cause: string): void {
    this.#failedCheck ??= cause
  }

  settleAsIs(): void {
    this.settle(this.#failedCheck)
  }

  protected override onLanded(): void {
    if (this.answer?.kind === 'answered') this.answer.keep()
    this.#asker.landed(this)
  }
}
