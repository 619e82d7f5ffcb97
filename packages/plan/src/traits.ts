// What a class of shoppers is like beside what it does: the devices it has, whether it waits before the doors, whether it means harm. Types
// alone; reading them is traits-schema.ts's.
import type { ThinkTime } from './think.ts'

export type Likeness = 'human' | 'app' | 'bot'

/** One kind of device of a class, and the line it comes by. */
export type Device = {
  readonly name: string
  /** Share of the class's shoppers; all of a class add up to 1. */
  readonly shareRatio: number
  /** Added round trip, drawn once for each shopper. */
  readonly rtt: ThinkTime
  /** null: answers are read as fast as they come. */
  readonly downBytesPerSec: number | null
}

/** Shoppers who come before the doors, refresh a page until they open, and then go in. */
export type Watchers = {
  /** Share of those who arrive in the phase `countdown`; where there is no such phase, of all who arrive before the doors open. */
  readonly shareRatio: number
  /** From an answer's arrival to the next refresh. */
  readonly refreshEvery: ThinkTime
  /** Each goes in at an even moment up to so long after the doors open: reaction, and clocks that are not alike. */
  readonly jitterMs: number
  /** Counted as `<step> (refresh)`. */
  readonly step: string
  readonly page: string
}

export type Traits = {
  readonly like?: Likeness
  readonly devices?: readonly Device[]
  readonly watchers?: Watchers
  /** It stands for people who mean harm: a cohort of its own in every count, and only for hosts that allow it by name. */
  readonly hostile?: true
  /** Every time to think is multiplied by it. */
  readonly thinkFactor?: number
  /** Whole request, where the class gives up earlier than the plan does. */
  readonly timeoutMs?: number
}
