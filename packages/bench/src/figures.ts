// Rounds → the figures of a row. Leaves out the rounds in which the host took the CPU away. Knows nothing of programs or tables.
import type { Spread } from './statistics.ts'
import { spreadOf } from './statistics.ts'

/** Everything that a round may measure, each with its unit. Ratios are 0 to 1, errors have a sign: above the truth is positive. */
export type Figure =
  | 'cpuUsEach'
  | 'cpuUsPerJourney'
  | 'perSec'
  | 'coreRatio'
  | 'peakMb'
  | 'atOnce'
  | 'latenessP99Ms'
  | 'p50ErrorRatio'
  | 'p90ErrorRatio'
  | 'p99ErrorRatio'
  | 'saidP50Ms'
  | 'saidP90Ms'
  | 'saidP99Ms'
  | 'trueP50Ms'
  | 'trueP90Ms'
  | 'trueP99Ms'
  | 'worstBinRatio'
  | 'worstBinArrivals'

export type Figures = Readonly<Partial<Record<Figure, number>>>

export type Measured = {
  readonly figures: Figures
  /** Largest share of a CPU in use that the host gave to others meanwhile, 0 to 1; null where the system does not tell. */
  readonly stolenRatio: number | null
}

export type Round = ({ readonly status: 'measured' } & Measured) | { readonly status: 'failed'; readonly because: string }

export type Row = { readonly name: string; readonly rounds: readonly Round[] }

/** Beyond this share of stolen CPU a round says more of the host than of the program. */
export const mostStolenRatio = 0.05

export function isRobbed({ stolenRatio }: Measured): boolean {
  return stolenRatio !== null && stolenRatio > mostStolenRatio
}

/** What the round measured, if it counts; undefined when it failed, was robbed, or has no such figure. */
export function figureIn(round: Round | undefined, figure: Figure): number | undefined {
  return round === undefined || round.status === 'failed' || isRobbed(round) ? undefined : round.figures[figure]
}

/** Over the rounds that count; null when there is none. */
export function spreadIn({ rounds }: Row, figure: Figure): Spread | null {
  return spreadOf(rounds.map((round) => figureIn(round, figure)).filter((value) => value !== undefined))
}

/** Rounds that count. */
export function keptIn({ rounds }: Row): number {
  return rounds.filter((round) => round.status === 'measured' && !isRobbed(round)).length
}
