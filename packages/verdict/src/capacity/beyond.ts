// What the target still does when twice as much comes as it can take: does it shed what is too much politely, or collapse? What good servers
// do is told in "Addressing Cascading Failures", https://sre.google/sre-book/addressing-cascading-failures/: they keep serving at their limit.

import { shareFigure } from '../figures.ts'
import type { CapacityAsked, CapacityConclusion, CapacityLevel } from './capacity-form.ts'
import { goodputs, kneeOf } from './goodput.ts'
import { bracketOf } from './search.ts'

const timesTheKnee = 2
/** A ceiling lower than this many times the knee shows nothing of what comes beyond. */
const fewestTimes = 1.5
/** Goodput there ÷ the highest of any level. */
const sheds = 0.9
const holds = 0.8

type Beyond = CapacityConclusion['beyond']

/** The rate to try once the search is done; null where it cannot be asked for, or was tried. */
export function rateBeyond(levels: readonly CapacityLevel[], ceilingPerSec: number): number | null {
  const answer = Math.min(bracketOf(levels).met?.ratePerSec ?? Number.POSITIVE_INFINITY, kneeOf(levels).perSec ?? Number.POSITIVE_INFINITY)
  const isLimited = bracketOf(levels).over?.standing !== 'missed'
  if (isLimited || !Number.isFinite(answer) || levels.some(({ purpose }) => purpose === 'beyond')) return null
  const ratePerSec = Math.min(Number((answer * timesTheKnee).toPrecision(4)), ceilingPerSec)
  return ratePerSec < answer * fewestTimes ? null : ratePerSec
}

export function beyondOf(levels: readonly CapacityLevel[], { per }: CapacityAsked): Beyond {
  const level = levels.find(({ purpose }) => purpose === 'beyond')
  if (level === undefined) return notMeasured('the search did not come to it, or could not ask for so much')
  if (level.standing === 'invalid') return notMeasured('the generator fell behind there')
  if (level.hasEndedEarly) return notMeasured('the level was stopped by an objective before its end')
  const most = Math.max(...goodputs(levels).map(({ goodputPerSec }) => goodputPerSec))
  const there = goodputs([...levels.filter(({ purpose }) => purpose !== 'beyond'), level]).find(
    (each) => each.ratePerSec === level.ratePerSec,
  )
  const ratio = most === 0 || there === undefined ? 0 : there.goodputPerSec / most
  const status = ratio >= sheds ? 'sheds' : ratio >= holds ? 'sags' : 'collapses'
  return {
    status,
    ratePerSec: level.ratePerSec,
    ratio,
    because: `At ${level.ratePerSec} ${per} a second ${words[status]}: goodput is ${shareFigure(ratio)} of the highest.`,
  }
}

const words = {
  sheds: 'it sheds politely',
  sags: 'it sags',
  collapses: 'it collapses',
} as const

function notMeasured(why: string): Beyond {
  return { status: 'not-measured', ratePerSec: null, ratio: null, because: `What happens beyond was not measured: ${why}.` }
}
