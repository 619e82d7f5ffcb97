// The highest rate that a search may ask for, and whose word that is: the user's, the guard's, or this machine's own.
import type { Plan } from '@doorbuster/plan'
import type { CapacityAsked } from '@doorbuster/verdict'
import type { CalibrationFound } from '../calibration/calibration-file.ts'
import { cleanArrivalsPerSec } from '../calibration/calibration-of-run.ts'

export type CeilingFacts = {
  readonly plan: Plan
  readonly maxPerSec: number | undefined
  readonly guardPerSec: number | null
  readonly calibration: CalibrationFound
  /** Calibrations are of plain HTTP/1.1. */
  readonly isPlain: boolean
  readonly threads: number
}

/** The lowest of them; null: none is known, and the instrument's own checks have to tell. */
export function ceilingOf({ plan, maxPerSec, guardPerSec, calibration, isPlain, threads }: CeilingFacts): CapacityAsked['ceiling'] {
  const clean = isPlain ? cleanArrivalsPerSec(calibration, plan, threads) : null
  const all = [
    { perSec: maxPerSec ?? null, because: 'asked' as const },
    { perSec: guardPerSec, because: 'guard' as const },
    { perSec: clean, because: 'calibration' as const },
  ]
  const known = all.flatMap(({ perSec, because }) => (perSec === null ? [] : [{ perSec: Number(perSec.toPrecision(4)), because }]))
  return known.toSorted((a, b) => a.perSec - b.perSec)[0] ?? null
}
