// A shopper whose journey is code, from its first line to the last answer it left on the way.
import type { Shopper } from '@doorbuster/plan'
import type { Lane } from '@doorbuster/wire'
import type { SessionOptions } from './shopper-session.ts'
import { ShopperSession } from './shopper-session.ts'
import type { Host, Visit } from './visit.ts'

export type JourneyVisitOptions = SessionOptions & {
  readonly host: Host
  readonly onGone: ((nowMs: number) => void) | null
  readonly onThrow: (shopper: Shopper, error: unknown) => void
}

export class JourneyVisit implements Visit {
  place = -1
  readonly lane: Lane
  readonly onGone: ((nowMs: number) => void) | null
  readonly #options: JourneyVisitOptions
  readonly #session: ShopperSession
  #isOver = false

  constructor(options: JourneyVisitOptions) {
    this.lane = options.lane
    this.onGone = options.onGone
    this.#options = options
    this.#session = new ShopperSession(options)
  }

  start(): void {
    void this.#run()
  }

  cutOff(): void {
    this.#session.cutOff()
    // Its journey may wait for something that never comes; it is not waited for.
    this.#leave('cut')
  }

  async #run(): Promise<void> {
    const { shopper, onThrow } = this.#options
    const session = this.#session
    let thrown: { readonly error: unknown } | null = null
    try {
      if (shopper.kind === 'journey') await shopper.journey(session)
    } catch (error) {
      thrown = { error }
    }
    session.settle()
    if (!session.isQuiet) await session.quiet()
    session.settle()
    if (this.#isOver) return
    this.#leave(thrown === null ? 'finished' : 'threw')
    if (thrown !== null) onThrow(shopper, thrown.error)
  }

  #leave(how: 'finished' | 'threw' | 'cut'): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#options.host.leave(this, how, this.#options.desk.clock.now())
  }
}
