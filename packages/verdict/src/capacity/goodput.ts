// Goodput of each rate in the arrivals' own unit, and the knee of it. Knows nothing of objectives.
import type { CapacityConclusion, CapacityLevel } from './capacity-form.ts'
import { findKnee, kneeSensitivity } from './kneedle.ts'

export type Goodput = { readonly ratePerSec: number; readonly goodputPerSec: number }

/** One point a rate, the lowest first; looks at the same rate are averaged. */
export function goodputs(levels: readonly CapacityLevel[]): readonly Goodput[] {
  // One that ended early never came to rest, and one in which the generator fell behind says nothing.
  const valid = levels.filter(({ standing, hasEndedEarly }) => standing !== 'invalid' && !hasEndedEarly)
  const wholePerArrival = requestsOfWhole(valid)
  const rates = [...new Set(valid.map(({ ratePerSec }) => ratePerSec))].sort((a, b) => a - b)
  return rates.map((ratePerSec) => {
    const looks = valid.filter((each) => each.ratePerSec === ratePerSec)
    return { ratePerSec, goodputPerSec: looks.reduce((sum, each) => sum + each.answeredPerSec, 0) / looks.length / wholePerArrival }
  })
}

/**
 * What an arrival asks for when everything works: as at the lowest rate. Where the target is full, shoppers give up and ask for less, and by
 * what they asked there every one of them would seem well served.
 */
function requestsOfWhole(levels: readonly CapacityLevel[]): number {
  const lowest = levels.toSorted((a, b) => a.ratePerSec - b.ratePerSec).find(({ requestsPerArrival }) => (requestsPerArrival ?? 0) > 0)
  return lowest?.requestsPerArrival ?? 1
}

/** Where goodput stops growing with what is offered. */
export function kneeOf(levels: readonly CapacityLevel[]): CapacityConclusion['knee'] {
  const points = goodputs(levels)
  const perSec = findKnee(points.map(({ ratePerSec, goodputPerSec }) => ({ x: ratePerSec, y: goodputPerSec })))
  const because =
    perSec === null
      ? noKnee(points)
      : `Goodput grows with what is offered up to ${perSec.toLocaleString('en-GB')}/s, and bends there (Kneedle, sensitivity ${kneeSensitivity}).`
  return { perSec, sensitivity: kneeSensitivity, because }
}

const fewestPoints = 3

function noKnee(points: readonly Goodput[]): string {
  if (points.length < fewestPoints)
    return `Whether goodput has a knee is not known: that takes ${fewestPoints} rates which were measured to their end, and there were ${points.length}.`
  const most = Math.max(...points.map(({ goodputPerSec }) => goodputPerSec))
  const hasGrown = most > 0 && points.at(-1)?.goodputPerSec === most
  return hasGrown
    ? 'Goodput has no knee: it grew with what was offered as far as it was tried.'
    : 'Goodput has no knee: it did not grow with what was offered, or not so that a bend stands out.'
}
