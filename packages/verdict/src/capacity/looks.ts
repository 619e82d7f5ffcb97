// What is known of each rate: a rate is looked at up to three times, and the majority counts. Knows nothing of what is tried next.
import type { CapacityLevel } from './capacity-form.ts'

/** One look may be a hiccup of the target, of the network or of this machine. */
const mostLooks = 3

/** `open`: its looks disagree, and one more decides. */
export type RateStanding = CapacityLevel['standing'] | 'open'
export type LookedAt = { readonly ratePerSec: number; readonly looks: number; readonly met: number; readonly standing: RateStanding }

/** Every rate that was tried for an answer, the lowest first; what was sent beyond the knee votes for nothing. */
export function looksAt(levels: readonly CapacityLevel[]): readonly LookedAt[] {
  const votes = levels.filter(({ purpose }) => purpose !== 'beyond')
  const rates = [...new Set(votes.map(({ ratePerSec }) => ratePerSec))].sort((a, b) => a - b)
  return rates.map((ratePerSec) => {
    const standings = votes.filter((vote) => vote.ratePerSec === ratePerSec).map(({ standing }) => standing)
    const count = (standing: RateStanding): number => standings.filter((each) => each === standing).length
    return { ratePerSec, looks: standings.length, met: count('met'), standing: standingOf(standings.length, count) }
  })
}

function standingOf(looks: number, count: (standing: RateStanding) => number): RateStanding {
  const [met, missed, invalid, unknown] = [count('met'), count('missed'), count('invalid'), count('unknown')]
  // A generator that fell behind once may have been disturbed; twice, and it is at its limit.
  if (invalid >= 2) return 'invalid'
  if (met > missed + unknown && invalid === 0) return 'met'
  if (missed > met + unknown && invalid === 0) return 'missed'
  if (met > missed && met >= 2) return 'met'
  if (missed > met && missed >= 2) return 'missed'
  if (looks < mostLooks) return 'open'
  return unknown > 0 ? 'unknown' : invalid > 0 ? 'invalid' : 'missed'
}
