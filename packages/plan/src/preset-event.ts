// What a preset is: an event as data. Ratios instead of rates, so that it fits a laptop and a data centre. Knows no stage and no class.
import type { hostile } from './hostile-journeys.ts'

/**
 * One step of a preset, in order. `at` and `to` are ratios to the user's forecast peak; a ramp and a decay begin where the
 * move before ended. `herd`: every `everySeconds` for `times` times, `clients` come within `widthSeconds`, over a level `at`;
 * clients count in seconds of the forecast peak (0.6 at a peak of 300/s: 180 of them).
 */
export type Move = { readonly phase: string } & (
  | { readonly kind: 'hold'; readonly at: number; readonly seconds: number }
  | { readonly kind: 'ramp'; readonly to: number; readonly seconds: number }
  | { readonly kind: 'decay'; readonly to: number; readonly seconds: number; readonly law: Fall }
  | { readonly kind: 'silence'; readonly seconds: number }
  | Herd
)

/** A number is the exponent of a power law. */
export type Fall = 'linear' | 'exponential' | number

export type Herd = {
  readonly kind: 'herd'
  readonly at: number
  readonly clients: number
  readonly widthSeconds: number
  readonly everySeconds: number
  readonly times: number
}

export type PresetEvent = {
  readonly name: string
  /** What happened, in one sentence. */
  readonly event: string
  /** Highest rate of the moves, as a multiple of what was forecast. */
  readonly peakTimesForecast: number
  readonly sources: readonly string[]
  /** Reported by a source. */
  readonly facts: readonly string[]
  /** Ours: read from the facts, or chosen where nothing was published. */
  readonly inferences: readonly string[]
  /** What belonged to the event and is neither in the traffic nor in the behaviour: faults, other targets, what a journey has to do. */
  readonly notes: readonly string[]
  /** Phases of an opening that the event did not have, and why. */
  readonly lacks?: { readonly [phase in 'countdown' | 'doors' | 'decay']?: string }
  readonly moves: readonly Move[]
}

/** Whether a source reports it or it is ours, and what it rests on. */
export type Grounds = { readonly basis: 'fact' | 'inference'; readonly why: string }

/** How the people of an event behaved, as far as classes of shoppers have a key for it. What is left out, nobody did. */
export type EventBehaviour = {
  /** Share of the countdown's shoppers who refreshed until the doors opened. */
  readonly watchers?: Grounds & { readonly share: number; readonly refreshEvery: string }
  /** Share of shoppers on phones; the others are at home. */
  readonly mobile?: Grounds & { readonly share: number }
  /** How likely somebody who gave up was to reload, and how often at most. What is not said is the default of `patience`. */
  readonly reloads?: Grounds & { readonly chance: number; readonly most: number }
  /** Clients that tried again by themselves. */
  readonly retries?: Grounds & { readonly most: number; readonly jitter: 'full' | 'none' }
  /** Visits by people who meant harm, for each legitimate one, and the maker in `hostile` that comes nearest to what they did. */
  readonly hostile?: Grounds & { readonly timesLegitimate: number; readonly angle: keyof typeof hostile }
  readonly waitingRoom?: Grounds
}
