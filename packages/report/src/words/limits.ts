// How much the shop takes and what comes to its end first: a sentence each, in plain words, where an earlier search or the target's own
// figures know it. Knows nothing of layout; nothing here is escaped yet.
import type { Concern, ObjectiveResult, Summary } from '@doorbuster/verdict'
import { concernOf, firstBroken } from '@doorbuster/verdict'
import { clip } from '../escape.ts'
import { sayClock, sayNumber, saySpan } from '../format.ts'
import type { Report } from '../report.ts'
import { seriesName } from '../target-tables.ts'

/** What breaks first, and how many it takes: of a run that decides, by an instrument that can be trusted. */
export function limits(report: Report): readonly string[] {
  const { verdict, trust } = report.summary
  if (verdict === 'invalid' || verdict === 'inconclusive') return []
  const isDoubted = trust.some(({ status }) => status === 'failed')
  return [isDoubted ? null : firstToLimit(report.summary), safeUpTo(report)].filter((sentence) => sentence !== null)
}

/** Null where no series came to its end, or none was read. */
export function firstSaturated({ target }: Summary): string | null {
  const [first] = target?.saturated ?? []
  return first === undefined ? null : clip(seriesName(target, first), 80)
}

function firstToLimit(summary: Summary): string | null {
  const [first] = summary.target?.saturated ?? []
  const name = firstSaturated(summary)
  if (first === undefined || name === null) return null
  const broken = firstBroken(summary.objectives)
  const { leadMs, atMs } = first
  if (leadMs === null || broken === null) return `First to its limit: ${name}, from ${sayClock(atMs)} on; no objective was broken.`
  return `First to its limit: ${name}, ${leadWords(leadMs)} ${brokenWords(broken)}.`
}

/** Readings are a second apart. */
function leadWords(leadMs: number): string {
  if (Math.abs(leadMs) < 1_000) return 'just as'
  return `${saySpan(Math.abs(leadMs))} ${leadMs < 0 ? 'after' : 'before'}`
}

const brokenByConcern: Readonly<Record<Concern, string | null>> = {
  privacy: 'private data was shown',
  orders: 'orders went wrong',
  lost: 'shoppers were lost',
  slow: 'shoppers waited too long',
  degraded: 'shoppers were given less than promised',
  other: null,
}

function brokenWords(broken: ObjectiveResult): string {
  return brokenByConcern[concernOf(broken)] ?? `“${broken.text}” was broken`
}

/** Null without a search on this very target that found a rate. */
function safeUpTo(report: Report): string | null {
  const capacity = ownCapacity(report)
  if (capacity === null || capacity.answer === null) return null
  const { perSec, atLeast } = capacity.answer
  const doubt = capacity.slo.confirmed ? '' : ', which no second run confirmed'
  return `Safe up to ${atLeast ? 'at least ' : ''}${sayNumber(perSec, 4)} ${capacity.per} a second${doubt}.`
}

/** For the light of capacity: `There is room for 1.6 times the forecast of 400 shoppers a second.` */
export function headroomSentence(report: Report): string | null {
  const capacity = ownCapacity(report)
  if (capacity === null || capacity.answer === null || capacity.headroom === null) return null
  const { ratio, forecastPerSec } = capacity.headroom
  const least = capacity.answer.atLeast ? 'at least ' : ratio < 1 ? 'only ' : ''
  return `There is room for ${least}${sayNumber(ratio, 2)} times the forecast of ${sayNumber(forecastPerSec, 4)} ${capacity.per} a second.`
}

/** What another shop takes is told below, and decides nothing here. */
function ownCapacity({ capacity, start }: Report): NonNullable<Report['capacity']> | null {
  return capacity === undefined || capacity.target !== start.target ? null : capacity
}
