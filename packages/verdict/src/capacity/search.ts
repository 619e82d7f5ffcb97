// What to try next, from what was tried so far. No clock and no memory: the same levels always give the same step.
//
//   bracket   from a low rate, each `growth` times the one before, until one misses or the ceiling is reached; downwards if the first misses
//   bisect    in the middle of the highest that met and the lowest that missed, by ratio, until they are within `tolerance`
//   confirm   both ends once more; where two looks disagree a third decides, and the search goes on from there
//
// Rates above one that missed count for nothing: a capacity with a hole in it is none.
import type { CapacityLevel } from './capacity-form.ts'
import type { LookedAt } from './looks.ts'
import { looksAt } from './looks.ts'

export type SearchRules = {
  readonly fromPerSec: number
  /** Never ask for more; infinite: nothing limits it. */
  readonly ceilingPerSec: number
  readonly growth: number
  /** How far apart the ends may be at last: 0.03 is 3 %. */
  readonly tolerance: number
  readonly mostLevels: number
}

export const usualSearch = { growth: 2, tolerance: 0.03, mostLevels: 40 } as const

/** How far below the first rate it looks for one that holds. */
const lowestShare = 1 / 64

export type SearchStep =
  | { readonly kind: 'try'; readonly ratePerSec: number; readonly purpose: 'bracket' | 'bisect' | 'confirm' }
  | { readonly kind: 'done' }

/** Where the truth lies, as far as is known. */
export type Bracket = { readonly met: LookedAt | null; readonly over: LookedAt | null }

export function bracketOf(levels: readonly CapacityLevel[]): Bracket {
  const rates = looksAt(levels)
  const over = rates.find(({ standing }) => standing === 'missed' || standing === 'invalid') ?? null
  const met = rates.findLast(
    ({ standing, ratePerSec }) => standing === 'met' && ratePerSec < (over?.ratePerSec ?? Number.POSITIVE_INFINITY),
  )
  return { met: met ?? null, over }
}

export function nextStep(levels: readonly CapacityLevel[], rules: SearchRules): SearchStep {
  if (levels.length >= rules.mostLevels) return { kind: 'done' }
  const rates = looksAt(levels)
  const isKnownOver = bracketOf(levels).over !== null
  // A rate too low for its percentiles is no reason to stay there.
  const isTooFew = (one: LookedAt): boolean => levels.every((each) => each.ratePerSec !== one.ratePerSec || each.standing === 'unknown')
  const open = rates.find((one) => one.standing === 'open' && (isKnownOver || !isTooFew(one)))
  if (open !== undefined) return look(open.ratePerSec, 'confirm')
  const { met, over } = bracketOf(levels)
  if (over === null) return grow(rates.at(-1), met, rules)
  if (met === null) return shrink(over.ratePerSec, rates, rules)
  if (over.ratePerSec / met.ratePerSec > 1 + rules.tolerance) return between(met.ratePerSec, over.ratePerSec, rates)
  return confirm(met, over)
}

function look(ratePerSec: number, purpose: 'bracket' | 'bisect' | 'confirm'): SearchStep {
  return { kind: 'try', ratePerSec, purpose }
}

function grow(highest: LookedAt | undefined, met: LookedAt | null, { fromPerSec, ceilingPerSec, growth }: SearchRules): SearchStep {
  if (highest === undefined) return look(Math.min(fromPerSec, ceilingPerSec), 'bracket')
  if (highest.ratePerSec < ceilingPerSec) return look(Math.min(tidyRate(highest.ratePerSec * growth), ceilingPerSec), 'bracket')
  return met !== null && met.ratePerSec === highest.ratePerSec && met.looks < 2 ? look(met.ratePerSec, 'confirm') : { kind: 'done' }
}

function shrink(overPerSec: number, rates: readonly LookedAt[], { fromPerSec, growth }: SearchRules): SearchStep {
  const lower = tidyRate(overPerSec / growth ** 2)
  const isKnown = rates.some(({ ratePerSec }) => ratePerSec <= lower)
  return lower < fromPerSec * lowestShare || isKnown ? { kind: 'done' } : look(lower, 'bracket')
}

function between(low: number, high: number, rates: readonly LookedAt[]): SearchStep {
  const middle = tidyRate(Math.sqrt(low * high))
  const isKnown = middle <= low || middle >= high || rates.some(({ ratePerSec }) => ratePerSec === middle)
  return isKnown ? { kind: 'done' } : look(middle, 'bisect')
}

/** First the rate that will be the answer; then the one above it, since one bad second would put the answer too low. */
function confirm(met: LookedAt, over: LookedAt): SearchStep {
  if (met.looks < 2) return look(met.ratePerSec, 'confirm')
  if (over.looks < 2 && over.standing === 'missed') return look(over.ratePerSec, 'confirm')
  return { kind: 'done' }
}

/** Four digits, so that a rate can be read, typed again and compared. */
function tidyRate(perSec: number): number {
  return Number(perSec.toPrecision(4))
}
