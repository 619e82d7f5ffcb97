// Shoppers from arriving to leaving, by class: how many finished, where the others were lost and after how long. Judges nothing.
import { byName } from './by-name.ts'
import type { Cut } from './cut.ts'
import type { VisitSlice } from './facts.ts'
import type { ShopperCounts } from './window.ts'

/** What a cut by `shoppers` counts, in the words of shoppers. A cause that found no place of its own was a step's: there are most of these. */
export function visitCounts({ counts, causes }: Pick<Cut, 'counts' | 'causes'>): ShopperCounts {
  const { due, ok, degraded, failed, dropped } = counts
  const { threw = 0, cut = 0 } = causes
  const turnedAway = sumOf(causes, 'turned-away')
  const gaveUp = failed - turnedAway - threw - cut
  return { due, started: due - dropped, finished: ok + degraded, finishedDegraded: degraded, gaveUp, turnedAway, threw, dropped, cut }
}

const visitsMark = ' (visits)'

/** The device whose visits a cut counts; null for any other cut. */
export function deviceOfVisits({ by, name }: Pick<Cut, 'by' | 'name'>): string | null {
  return by === 'device' && name.endsWith(visitsMark) ? name.slice(0, -visitsMark.length) : null
}

function sumOf(causes: Cut['causes'], start: string): number {
  return Object.entries(causes).reduce((sum, [cause, count]) => (cause.startsWith(start) ? sum + count : sum), 0)
}

/** `visits`: of all phases together. */
export function visitSlice(visits: Cut): VisitSlice {
  const { started: _, ...told } = visitCounts(visits)
  const lostAt = byName(Object.entries(visits.causes).toSorted(([, a], [, b]) => b - a))
  const times = { visitMs: visits.response.pct(), lostMs: visits.failedResponse.pct() }
  return { name: deviceOfVisits(visits) ?? visits.name, ...told, ...times, lostAt }
}
