// The closed set of traffic stages, as frozen values. Knows nothing of due times, text or clocks.
//
//   rate                      ______ burst is a jump of the area, not a rate
//    │   ramp   hold    rush ╱╲
//    │     ╱‾‾‾‾‾‾‾‾╲      ╱    ╲__ decay
//    │   ╱           silence        ╲____
//    └──────────────────────────────────── time
//
// A stage says how long it lasts and how the rate runs inside it; the area under the rate is the number of
// arrivals it owes (not rounded: the fraction carries into the next stage).
import { Arguments } from './arguments.ts'
import type { CountText, DurationText, RateText } from './units.ts'

/** How a rush spreads its arrivals over time since the doors opened. Every law is cut at the stage's end and scaled to owe its whole count. */
export type RushLaw =
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'plateau'; readonly plateauMs: number; readonly power: number }

/** How a decay runs from its first rate to its last, which is lower: `power` p follows (1 + t/τ)^−p with τ chosen to end at the last rate. */
export type DecayLaw = { readonly kind: 'linear' } | { readonly kind: 'exponential' } | { readonly kind: 'power'; readonly power: number }

/** One sample of a curve. */
export type CurvePoint = { readonly atMs: number; readonly ratePerSec: number }

type Named = { readonly phase?: string }

export type Hold = Named & { readonly kind: 'hold'; readonly ratePerSec: number; readonly lastingMs: number }
export type Ramp = Named & { readonly kind: 'ramp'; readonly fromPerSec: number; readonly toPerSec: number; readonly lastingMs: number }
/** `lastingMs` 0: all at one instant; else spread evenly over that width. */
export type Burst = Named & { readonly kind: 'burst'; readonly arrivals: number; readonly lastingMs: number }
export type Silence = Named & { readonly kind: 'silence'; readonly lastingMs: number }
export type Rush = Named & { readonly kind: 'rush'; readonly arrivals: number; readonly law: RushLaw; readonly lastingMs: number }
export type Decay = Named & {
  readonly kind: 'decay'
  readonly fromPerSec: number
  readonly toPerSec: number
  readonly law: DecayLaw
  readonly lastingMs: number
}
/**
 * Straight lines between sampled rates: at least two points, the first at 0, times strictly rising, the last at `lastingMs`.
 * `file` remembers where samples were read from; until it has been read, `points` is empty and `lastingMs` 0.
 * `times` is the factor on the file's rates, already multiplied into the points (1 when the points were given directly).
 */
export type Curve = Named & {
  readonly kind: 'curve'
  readonly points: readonly CurvePoint[]
  readonly lastingMs: number
  readonly times: number
  readonly file?: string
}
/** Several shapes at once, all from the same moment; lasts as long as the longest. Their stages carry no phase of their own. */
export type Overlay = Named & { readonly kind: 'overlay'; readonly shapes: readonly (readonly Stage[])[]; readonly lastingMs: number }

export type Stage = Hold | Ramp | Burst | Silence | Rush | Decay | Curve | Overlay

export type StageOptions = { readonly phase?: string }

/** A level rate. */
export function hold(rate: RateText, lasting: DurationText, options: StageOptions = {}): Hold {
  const args = new Arguments()
  const ratePerSec = args.rate('rate', rate)
  const lastingMs = args.duration('lasting', lasting)
  const phase = args.phase(options)
  args.done()
  return Object.freeze({ kind: 'hold', ratePerSec, lastingMs, ...phase })
}

/** A straight line from one rate to another, up or down. */
export function ramp(from: RateText, to: RateText, lasting: DurationText, options: StageOptions = {}): Ramp {
  const args = new Arguments()
  const fromPerSec = args.rate('from', from)
  const toPerSec = args.rate('to', to)
  const lastingMs = args.duration('lasting', lasting)
  const phase = args.phase(options)
  args.done()
  return Object.freeze({ kind: 'ramp', fromPerSec, toPerSec, lastingMs, ...phase })
}

/** `count` arrivals at one instant, or evenly inside the width `over`. */
export function burst(count: CountText, over: DurationText = 0, options: StageOptions = {}): Burst {
  const args = new Arguments()
  const arrivals = args.count('count', count)
  const lastingMs = args.width('over', over)
  const phase = args.phase(options)
  args.done()
  return Object.freeze({ kind: 'burst', arrivals, lastingMs, ...phase })
}

/** No arrivals. */
export function silence(lasting: DurationText, options: StageOptions = {}): Silence {
  const args = new Arguments()
  const lastingMs = args.duration('lasting', lasting)
  const phase = args.phase(options)
  args.done()
  return Object.freeze({ kind: 'silence', lastingMs, ...phase })
}
