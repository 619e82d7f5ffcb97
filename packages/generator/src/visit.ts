// A shopper under way, as the crowd sees it: somebody who leaves by himself or is cut off.
import type { Lane } from '@doorbuster/wire'

export interface Visit {
  /** Its place in the crowd's list; the crowd's own. */
  place: number
  readonly lane: Lane
  /** Told once, after it has left; `nowMs` is the run's clock. */
  readonly onGone: ((nowMs: number) => void) | null
  /** Ends what is under way, and leaves. */
  cutOff(): void
}

export interface Host {
  /** Uniform in [0, 1), this shopper's own: the same numbers in every run of the same seed. */
  randomOf(nth: number): () => number
  /** Only the first time for each visit. */
  leave(visit: Visit, how: 'finished' | 'threw' | 'cut', nowMs: number): void
}
