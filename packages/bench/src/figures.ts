// Rounds → the figures of a row. Leaves out the rounds in which the host took the CPU away. Knows nothing of programs or tables.
import type { Spread } from './statistics.ts'
import { spreadOf } from './statistics.ts'

/** One thing counted for a while: requests answered, values recorded, ticks heard. */
export type Measured = {
  readonly count: number
  readonly lastingMs: number
  readonly cpuMs: number
  readonly latenessP99Ms: number | null
  /** Largest share of a CPU in use that the host gave to others meanwhile, 0 to 1; null where the system does not tell. */
  readonly stolenRatio: number | null
}

export type Round = ({ readonly status: 'measured' } & Measured) | { readonly status: 'failed'; readonly because: string }

export type Row = { readonly name: string; readonly rounds: readonly Round[] }

export type Figures = {
  /** Rounds that count, of all that were tried. */
  readonly kept: number
  readonly of: number
  readonly cpuUsEach: Spread | null
  readonly perSec: Spread | null
  /** CPU time over wall time: 1 is one core. */
  readonly coreRatio: Spread | null
  readonly latenessP99Ms: Spread | null
}

/** Beyond this share of stolen CPU a round says more of the host than of the program. */
export const mostStolenRatio = 0.05

export function isRobbed({ stolenRatio }: Measured): boolean {
  return stolenRatio !== null && stolenRatio > mostStolenRatio
}

export function figuresOf({ rounds }: Row): Figures {
  const kept = rounds.filter((round) => round.status === 'measured').filter((round) => !isRobbed(round))
  return {
    kept: kept.length,
    of: rounds.length,
    cpuUsEach: spreadOf(kept.map(({ cpuMs, count }) => (cpuMs * 1e3) / count)),
    perSec: spreadOf(kept.map(({ count, lastingMs }) => (count * 1e3) / lastingMs)),
    coreRatio: spreadOf(kept.map(({ cpuMs, lastingMs }) => cpuMs / lastingMs)),
    latenessP99Ms: spreadOf(kept.map(({ latenessP99Ms }) => latenessP99Ms).filter((ms) => ms !== null)),
  }
}
