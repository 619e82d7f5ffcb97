// The laws by which shoppers arrive after the doors open. Knows no stage and no total: only how arrivals spread over time.
//
//   lognormal    f(t) = φ(z) / (σt),  F(t) = Φ(z),  z = ln(t/m)/σ      rises to its mode at m·exp(−σ²), then a long tail
//   exponential  f(t) = exp(−t/τ)/τ,  F(t) = 1 − exp(−t/τ)             highest at once
//   plateau      f(t) = 1 up to the plateau's end P, then (t/P)^−p     a flat top (saturated shop), then a slow power law
//
// The plateau law has no finite total for p ≤ 1, so weights are relative: only weight(a) ÷ weight(b) and
// density ÷ weight mean something, and a stage cuts its law at its own end.
import type { Arguments } from './arguments.ts'
import { normalCdf } from './normal.ts'
import type { RushLaw } from './stages.ts'
import type { CountText, DurationText } from './units.ts'

/** `median`, `sigma`: of the log-normal waiting time. `mean`: of the exponential one. `plateau`: how long the top lasts; `power`: exponent of the fall. */
export type LawArguments =
  | { readonly law: 'lognormal'; readonly median: DurationText; readonly sigma: CountText }
  | { readonly law: 'exponential'; readonly mean: DurationText }
  | { readonly law: 'plateau'; readonly plateau: DurationText; readonly power: CountText }

/** What a call may hold before it has been checked. */
export type RawLaw = {
  readonly law?: string
  readonly median?: DurationText
  readonly sigma?: CountText
  readonly mean?: DurationText
  readonly plateau?: DurationText
  readonly power?: CountText
}

export const lawNames = ['lognormal', 'exponential', 'plateau'] as const

/** Names of the arguments that belong to a law; all of them when there is no such law, so that only the law is a mistake. */
export function lawArgumentNames(law: string | undefined): readonly string[] {
  if (law === 'lognormal') return ['law', 'median', 'sigma']
  if (law === 'exponential') return ['law', 'mean']
  if (law === 'plateau') return ['law', 'plateau', 'power']
  return ['law', 'median', 'sigma', 'mean', 'plateau', 'power']
}

/** The law a call asks for. When it names none, that is a mistake in `args`, and what is returned here never gets out. */
export function readLaw(args: Arguments, raw: RawLaw): RushLaw {
  switch (args.oneOf('law', raw.law, lawNames)) {
    case 'lognormal':
      return Object.freeze({ kind: 'lognormal', medianMs: args.duration('median', raw.median), sigma: args.number('sigma', raw.sigma) })
    case 'exponential':
      return Object.freeze({ kind: 'exponential', meanMs: args.duration('mean', raw.mean) })
    case 'plateau':
      return Object.freeze({ kind: 'plateau', plateauMs: args.duration('plateau', raw.plateau), power: args.number('power', raw.power) })
    case undefined:
      return { kind: 'exponential', meanMs: Number.NaN }
  }
}

/** Relative number of arrivals up to `atMs`; for the log-normal and exponential laws the share itself, 0 to 1. */
export function lawWeight(law: RushLaw, atMs: number): number {
  if (atMs <= 0) return 0
  switch (law.kind) {
    case 'lognormal':
      return normalCdf(Math.log(atMs / law.medianMs) / law.sigma)
    case 'exponential':
      return -Math.expm1(-atMs / law.meanMs)
    case 'plateau':
      return atMs <= law.plateauMs ? atMs : law.plateauMs * (1 + powerArea(atMs / law.plateauMs, law.power))
  }
}

/**
 * Whether enough have come by then to scale them up to a whole crowd. Far before a log-normal's median its share loses its digits and
 * then underflows; at a milliardth, 6 σ before it, nobody means a rush any more.
 */
export function hasBegun(law: RushLaw, atMs: number): boolean {
  return lawWeight(law, atMs) > (law.kind === 'lognormal' ? 1e-9 : 0)
}

/** ∫₁ˣ u^−p du. expm1 keeps it exact as p comes near 1, where the plain form divides nothing by nothing. */
function powerArea(x: number, power: number): number {
  const log = Math.log(x)
  const exponent = (1 - power) * log
  return exponent === 0 ? log : (Math.expm1(exponent) / exponent) * log
}

/** Derivative of `lawWeight`, per ms. */
export function lawDensity(law: RushLaw, atMs: number): number {
  switch (law.kind) {
    case 'lognormal': {
      if (atMs <= 0) return 0
      const z = Math.log(atMs / law.medianMs) / law.sigma
      const height = Math.exp((-z * z) / 2)
      return height === 0 ? 0 : height / (law.sigma * atMs * Math.sqrt(2 * Math.PI)) // next to 0 both may underflow
    }
    case 'exponential':
      return Math.exp(-atMs / law.meanMs) / law.meanMs
    case 'plateau':
      return atMs <= law.plateauMs ? 1 : (atMs / law.plateauMs) ** -law.power
  }
}

/** The (first) moment of the highest density. */
export function lawPeakMs(law: RushLaw): number {
  return law.kind === 'lognormal' ? law.medianMs * Math.exp(-(law.sigma ** 2)) : 0
}
