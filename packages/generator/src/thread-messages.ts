// What the main thread and a sending thread tell each other. Plain data alone: it is cloned on its way.
import type { PackedWindow, RunEvent } from '@doorbuster/measurements'
import type { Stripe } from '@doorbuster/schedule'
import type { MetronomeMemory } from './metronome-memory.ts'
import type { PrivacyGround } from './privacy/privacy-memory.ts'
import type { LimitFacts } from './run-limits.ts'
import type { Stop } from './stop.ts'

/** Given to a thread when it starts, as `workerData`. */
export type ThreadSeat = {
  readonly stripe: Stripe
  readonly metronome: MetronomeMemory
  readonly limits: SharedArrayBuffer
  readonly limitFacts: LimitFacts
  /** Null: nothing of it is watched. */
  readonly privacy: PrivacyGround | null
}

export type ToThread =
  | { readonly kind: 'go'; readonly zeroSharedMs: number }
  | { readonly kind: 'stop'; readonly by: Stop['by']; readonly note: string; readonly isAtOnce: boolean }

export type FromThread =
  /** Warm, and waiting for `go`. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'window'; readonly packed: PackedWindow }
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** Something in this thread ends the run: the guard, a journey that never works. */
  | { readonly kind: 'stop'; readonly by: Stop['by']; readonly note: string }
  /** An error that nobody caught. */
  | { readonly kind: 'stray'; readonly text: string }
  | { readonly kind: 'last-arrival' }
  /** Its last message: the thread did all that it was started for … */
  | { readonly kind: 'end'; readonly durationMs: number }
  /** … or could not. */
  | { readonly kind: 'broken'; readonly text: string }
