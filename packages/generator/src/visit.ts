// A shopper under way, as the crowd sees it: somebody who leaves by himself or is cut off.
import type { CutSlot } from '@doorbuster/measurements'
import type { Lane } from '@doorbuster/wire'

export interface Visit {
  /** Its place in the crowd's list; the crowd's own. */
  place: number
  /** Where the visit itself is counted; nowhere: a visit of one request is that request. */
  readonly tallies: readonly CutSlot[]
  /** When its arrival was due, or when it came where none was. */
  readonly fromMs: number
  readonly lane: Lane
  /** Told once, after it has left; `nowMs` is the run's clock. */
  readonly onGone: ((nowMs: number) => void) | null
  /** Ends what is under way, and leaves. */
  cutOff(): void
}

/** `cause` is null for those who finished: `gave-up:<step>`, `turned-away:<why>`, `threw`, `cut`. */
export type Leaving =
  | { readonly how: 'finished'; readonly isDegraded: boolean }
  | { readonly how: 'gaveUp' | 'turnedAway' | 'threw' | 'cut'; readonly cause: string }

export const leavingFinished: Leaving = { how: 'finished', isDegraded: false }
export const leavingCut: Leaving = { how: 'cut', cause: 'cut' }

export interface Host {
  /** Uniform in [0, 1), this shopper's own: the same numbers in every run of the same seed. */
  randomOf(nth: number): () => number
  /** Only the first time for each visit. */
  leave(visit: Visit, leaving: Leaving, nowMs: number): void
}
