// The contract between the judge and what watches one objective. Knows nothing of how any of them works.
import type { RunEnd, Window } from '@doorbuster/measurements'
import type { ObjectiveResult } from './judgement.ts'

/** A breach as it becomes known: `abort` asks for the run to be stopped. */
export type Sighting = { readonly atMs: number; readonly because: string; readonly abort: boolean }

/** How the run ended, and until when shoppers arrived (Infinity when the traffic ran to its end). */
export type Ending = { readonly end: RunEnd; readonly arrivalsUntilMs: number }

export type Finding = Pick<
  ObjectiveResult,
  'status' | 'observed' | 'samples' | 'low' | 'high' | 'firstBreachMs' | 'withinNoise' | 'because'
>

/** Sees every window once, in order, after the tally has added it; keeps nothing of it but sums. */
export interface Watch {
  window(window: Window): Sighting | null
  /** Called once, at the end; frees what the watch held. */
  finish(ending: Ending): Finding
}
