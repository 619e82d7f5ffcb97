// What a preset is: an event as data. Ratios instead of rates, so that it fits a laptop and a data centre. Knows no stage.

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
  /** What belonged to the event and is not in the traffic: hostile cohorts, faults, behaviour. */
  readonly notes: readonly string[]
  readonly moves: readonly Move[]
}
