// Requests whose shoppers have gone without closing the socket: the shop still works on them, and what it answers counts, as given up.
import type { Asker, JourneyErrand } from './journey-errand.ts'

export class Unseen implements Asker {
  readonly #under = new Set<JourneyErrand>()

  get size(): number {
    return this.#under.size
  }

  take(errand: JourneyErrand): void {
    errand.isGivenUp = true
    errand.group = null
    errand.asker = this
    this.#under.add(errand)
  }

  landed(errand: JourneyErrand): void {
    this.#under.delete(errand)
    errand.settle()
  }

  cutOff(): void {
    for (const errand of [...this.#under]) errand.sending?.cancel()
  }
}
