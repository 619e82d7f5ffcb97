// A shopper as one of its wishes sees it, and what it can have done by its session. Types alone.
import type { Attempt } from '@doorbuster/measurements'
import type { Answer, RequestOptions } from '@doorbuster/plan'
import type { Manners } from './behaviours.ts'
import type { Desk } from './desk.ts'
import type { Hearer, JourneyErrand } from './journey-errand.ts'
import type { Leaving } from './visit.ts'
import type { WaitingRoom } from './waiting-room.ts'

/** One request as it is asked for; `hearer` is told in place of the journey. */
export type Asked = {
  readonly method: string
  readonly path: string
  readonly options: RequestOptions
  readonly attempt: Attempt
  readonly hearer: Hearer | null
}

/** What is wanted, under the step that it counts as. */
export type Wish = { readonly method: string; readonly path: string; readonly options: RequestOptions; readonly step: string }

/** What a session does for a wish. */
export type Asks = {
  readonly desk: Pick<Desk, 'clock' | 'recorder' | 'mask'>
  /** One request; the promise resolves once that errand is delivered, and never when another one is. */
  send(asked: Asked, owedMs: number | null): Promise<Answer>
  /** True: the answer redirects, and what it redirects to is on its way and told to `hearer`. */
  follows(errand: JourneyErrand, hearer: Hearer): boolean
  /** The journey is given this answer. */
  deliver(errand: JourneyErrand): void
  /** The request is nobody's any more. */
  forget(errand: JourneyErrand): void
  leave(leaving: Leaving): void
  /** `1`: something is being asked for that may have no request under way; `-1`: no longer. */
  busy(change: 1 | -1): void
}

export interface Wisher {
  readonly manners: Manners
  readonly asks: Asks
  readonly random: () => number
  /** Whether this shopper's client waits as long as Retry-After says: it does or it does not. */
  readonly obeysRetryAfter: boolean
  /** What was wanted is there, and nobody had to wait for it. */
  letThrough(room: WaitingRoom, step: string, errand: JourneyErrand): void
  /** It has waited, and holds a pass. */
  letIn(step: string): void
  /** The wish is over. */
  closed(wish: Ending): void
}

export interface Ending {
  /** Ends it where it stands; what was wanted has not come. */
  cutOff(): void
}
