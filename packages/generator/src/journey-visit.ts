// A shopper whose journey is code, from its first line to the last answer it left on the way.
import type { CutSlot } from '@doorbuster/measurements'
import type { Journey, Shopper } from '@doorbuster/plan'
import type { Lane } from '@doorbuster/wire'
import type { SessionOptions } from './session-options.ts'
import { ShopperSession } from './shopper-session.ts'
import type { Host, Leaving, Visit } from './visit.ts'
import { leavingCut } from './visit.ts'

export type JourneyVisitOptions = SessionOptions & {
  readonly host: Host
  readonly journey: Journey
  readonly tallies: readonly CutSlot[]
  readonly onGone: ((nowMs: number) => void) | null
  readonly onThrow: (shopper: Shopper, error: unknown) => void
}

export class JourneyVisit implements Visit {
  place = -1
  readonly tallies: readonly CutSlot[]
  readonly fromMs: number
  readonly lane: Lane
  readonly onGone: ((nowMs: number) => void) | null
  readonly #options: JourneyVisitOptions
  readonly #session: ShopperSession
  #isOver = false

  constructor(options: JourneyVisitOptions) {
    this.lane = options.lane
    this.tallies = options.tallies
    this.fromMs = options.dueMs ?? options.desk.clock.now()
    this.onGone = options.onGone
    this.#options = options
    this.#session = new ShopperSession(options, (leaving) => this.#leave(leaving))
  }

  start(): void {
    void this.#run()
  }

  cutOff(): void {
    this.#session.cutOff()
    // Its journey may wait for something that never comes; it is not waited for.
    this.#leave(leavingCut)
  }

  async #run(): Promise<void> {
    const { shopper, journey, desk, onThrow } = this.#options
    const session = this.#session
    let thrown: { readonly error: unknown } | null = null
    try {
      desk.held.resumed(shopper.name, null, desk.clock.now())
      const under = journey(session)
      desk.held.rests()
      await under
    } catch (error) {
      thrown = { error }
    }
    desk.held.rests()
    session.settle()
    if (!session.isQuiet) await session.quiet()
    session.settle()
    if (this.#isOver) return
    this.#leave(thrown === null ? session.leaving : { how: 'threw', cause: 'threw' })
    if (thrown !== null) onThrow(shopper, thrown.error)
  }

  #leave(leaving: Leaving): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#session.end()
    this.#options.host.leave(this, leaving, this.#options.desk.clock.now())
  }
}
