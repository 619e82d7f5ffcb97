// What a shopper's session is given when it begins.
import type { CutSlot } from '@doorbuster/measurements'
import type { Lane } from '@doorbuster/wire'
import type { Manners } from './behaviours.ts'
import type { SessionBasis } from './session-base.ts'
import type { Leaving } from './visit.ts'

export type SessionOptions = SessionBasis & {
  readonly lane: Lane
  /** Where its requests are counted beside their steps. */
  readonly cuts: readonly CutSlot[]
  /** What its class does when it has to wait or is told no; null: nothing. */
  readonly manners: Manners | null
  /** When the shopper's arrival was due: the first request is late from then on. Null: it was owed at no moment. */
  readonly dueMs: number | null
  readonly timeoutMs: number
}

/** Told once, when the shopper leaves before its journey is done. */
export type OnLeft = (leaving: Leaving) => void
