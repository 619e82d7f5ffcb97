// The whole calibration, part after part: one search for each kind and number of threads, then the second opinion.
import { machineFacts } from '../machine.ts'
import { version } from '../version.ts'
import type { World } from '../world.ts'
import type { LevelSeen } from './ask-level.ts'
import { askLevel } from './ask-level.ts'
import type { CalibrationKind, Maximum, StoredCalibration } from './calibration.ts'
import { findMaximum } from './find-maximum.ts'
import type { NullTarget } from './null-target-process.ts'
import { askSecondOpinion } from './second-opinion.ts'

export type CalibrateOptions = {
  readonly target: NullTarget
  /** Numbers of sending threads to search for, the smallest first. */
  readonly threadCounts: readonly number[]
  /** How long each rate is sent. */
  readonly levelMs: number
  /** A whole number. */
  readonly maxRatePerSec: number
  readonly stop: AbortController
  readonly onLevel: (search: Search, perSec: number, seen: LevelSeen) => void
}

export type Search = { readonly kind: CalibrationKind; readonly threads: number }

/** `unclean`: not even the least rate of a search was sent cleanly, and nothing is worth keeping. */
export type Calibrated =
  | { readonly kind: 'calibrated'; readonly calibration: StoredCalibration }
  | { readonly kind: 'unclean'; readonly search: Search; readonly leastPerSec: number; readonly because: string }

/** Below this a machine is of no use. */
const leastOf: Readonly<Record<CalibrationKind, number>> = { urls: 100, journeys: 20 }

const firstPerSec = 16_000
/** A shopper is a connection, three requests and code: about as much as so many bare requests. A guess, that only shortens the search. */
const requestsOfShopper = 12

/** Percentiles of a closed loop settle slowly: as many levels' time. */
const opinionLevels = 3

/** @throws Interrupted */
export async function calibrate(world: World, options: CalibrateOptions): Promise<Calibrated> {
  const startedAt = world.now().toISOString()
  const maxima: Maximum[] = []
  for (const kind of ['urls', 'journeys'] as const) {
    for (const threads of options.threadCounts) {
      const found = await search(world, { kind, threads }, startOf(kind, maxima), options)
      if (found.cleanPerSec === null) {
        const { leastPerSec, because } = found
        return { kind: 'unclean', search: { kind, threads }, leastPerSec, because: because ?? '' }
      }
      const { cleanPerSec, limitedBy, because } = found
      maxima.push({ kind, threads, cleanPerSec, limitedBy, because })
    }
  }
  const secondOpinion = await askSecondOpinion(world, options.target.url, options.levelMs * opinionLevels, options.stop)
  const calibration: StoredCalibration = {
    schema: 'doorbuster/calibration@1',
    startedAt,
    versions: { doorbuster: version, node: world.nodeVersion },
    machine: machineFacts(),
    standing: secondOpinion.disagreeing.length === 0 ? 'trusted' : 'doubtful',
    maxima,
    secondOpinion,
  }
  return { kind: 'calibrated', calibration }
}

/** Where what was found before lets expect the maximum. */
function startOf(kind: CalibrationKind, before: readonly Maximum[]): number {
  const last = before.findLast((each) => each.kind === kind)
  if (last !== undefined) return last.cleanPerSec
  return kind === 'urls' ? firstPerSec : (before[0]?.cleanPerSec ?? firstPerSec) / requestsOfShopper
}

type Searched = Pick<Maximum, 'limitedBy' | 'because'> & { readonly cleanPerSec: number | null; readonly leastPerSec: number }

async function search(world: World, { kind, threads }: Search, startPerSec: number, options: CalibrateOptions): Promise<Searched> {
  const { target, levelMs: lastingMs, maxRatePerSec, stop, onLevel } = options
  const broken = new Map<number, string>()
  const leastPerSec = Math.min(maxRatePerSec, leastOf[kind])
  const found = await findMaximum({ startPerSec, leastPerSec, mostPerSec: maxRatePerSec }, async (perSec) => {
    const seen = await askLevel(world, target, { kind, target: target.url, perSec, lastingMs }, threads, stop)
    onLevel({ kind, threads }, perSec, seen)
    if (seen.answered === 'clean') broken.delete(perSec)
    else broken.set(perSec, seen.because)
    return seen.answered
  })
  return { ...found, leastPerSec, because: broken.get(Math.min(...broken.keys())) ?? null }
}
