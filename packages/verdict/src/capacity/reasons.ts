// The answer in sentences, the one that decides first. Rates are told in the arrivals' own unit.
import type { CapacityAsked, CapacityConclusion, CapacityLevel, CapacityResult } from './capacity-form.ts'
import { goodHeadroom } from './verdict-of-capacity.ts'

type Found = Omit<CapacityConclusion, 'verdict' | 'reasons'>
type Ending = Pick<CapacityResult, 'finished' | 'stopped'>

export function reasonsOf(asked: CapacityAsked, found: Found, levels: readonly CapacityLevel[], ending: Ending): readonly string[] {
  const { knee, usl, beyond } = found
  return [
    answerSentence(asked, found),
    ...headroomSentences(asked, found),
    ...(ending.finished
      ? gapSentences(found)
      : [`The search is unfinished: ${ending.stopped ?? 'it was cut off, or is still under way'}.`]),
    ...limitSentences(asked, found, levels),
    ...saturatedSentences(found),
    knee.because,
    usl.because,
    beyond.because,
    ...ordersSentences(levels),
    ...leftOutSentences(asked),
  ]
}

/** Who is told that it is sold out costs a shop less than who buys. */
function ordersSentences(levels: readonly CapacityLevel[]): readonly string[] {
  const without = levels.filter(({ hasNoOrders }) => hasNoOrders === true).length
  if (without === 0) return []
  return [
    `In ${without} of ${levels.length} levels nobody got an order, so they were judged by everything else: let the plan's setup fill the shelves, for a sale costs more than a refusal.`,
  ]
}

function answerSentence({ per }: CapacityAsked, { slo, answer, knee }: Found): string {
  if (answer === null) {
    if (slo.missedPerSec !== null)
      return `Even ${many(slo.missedPerSec, per)} are too many: no rate was found at which every objective was met.`
    return 'No rate was found at which every objective was met, nor one at which one was missed: nothing is known yet.'
  }
  const held = `${answer.atLeast ? 'At least ' : 'Safe up to '}${many(answer.perSec, per)}`
  if (answer.perSec === knee.perSec && answer.perSec !== slo.perSec)
    return `${held}: more than that no longer means more served, though the objectives were met up to ${rate(slo.perSec ?? 0)}.`
  return `${held}: every objective was met there${slo.confirmed ? ', in two runs' : ', in one run that no second one confirmed'}.`
}

function headroomSentences({ forecastPerSec, zones }: CapacityAsked, { answer, headroom, usable }: Found): readonly string[] {
  if (answer === null) return []
  const least = answer.atLeast ? 'at least ' : ''
  const after = `${zones?.lost} of ${zones?.count} zones lost`
  const left =
    usable === null
      ? []
      : [`With ${after}, ${least}${rate(usable.perSec)} are left: each zone may be used to ${percent(usable.utilisationLimit)} beforehand.`]
  if (headroom === null || forecastPerSec === null) return [...left, 'No forecast was given, so whether that is enough is not judged.']
  return [
    `Headroom is ${least}${headroom.ratio.toFixed(2)} over the forecast of ${rate(forecastPerSec)}: ${headroomWords(headroom.ratio)}.`,
    ...left,
    ...zonesSentence(usable),
  ]
}

function headroomWords(ratio: number): string {
  if (ratio < 1) return 'not enough'
  return ratio >= goodHeadroom ? `${goodHeadroom} or more is good` : `enough, with less to spare than the ${goodHeadroom} that is good`
}

function zonesSentence(usable: Found['usable']): readonly string[] {
  if (usable === null || usable.headroomRatio === null) return []
  return [`That is ${usable.headroomRatio.toFixed(2)} times the forecast${usable.headroomRatio < 1 ? ': not enough' : ''}.`]
}

function gapSentences({ slo: { limitedBy, perSec, missedPerSec } }: Found): readonly string[] {
  if (limitedBy !== 'unfinished' || missedPerSec === null) return []
  const where = perSec === null ? `Below ${rate(missedPerSec)}` : `Between ${rate(perSec)} and ${rate(missedPerSec)}`
  return [`${where} too little was measured to tell: longer levels (--level) would.`]
}

function limitSentences({ ceiling }: CapacityAsked, { slo }: Found, levels: readonly CapacityLevel[]): readonly string[] {
  const missed = levels.findLast(({ ratePerSec, standing }) => ratePerSec === slo.missedPerSec && standing === 'missed')
  if (missed !== undefined) return [`At ${rate(missed.ratePerSec)}: ${missed.because}`]
  const invalid = levels.findLast(({ standing }) => standing === 'invalid')
  if (slo.limitedBy === 'generator' && invalid !== undefined)
    return [`The generator was the limit: at ${rate(invalid.ratePerSec)} ${lowerFirst(invalid.because)}`]
  if (ceiling === null || slo.limitedBy === 'unfinished' || slo.limitedBy === 'objectives') return []
  return [ceilingSentences[ceiling.because](rate(ceiling.perSec))]
}

const ceilingSentences = {
  asked: (most: string) => `No more than ${most} was asked for (--max): the target may take more.`,
  calibration: (most: string) =>
    `The generator was the limit: this machine was found to send ${most} cleanly, and no more was asked of it.`,
  guard: (most: string) => `The guard allows no more than ${most}: the target may take more.`,
} as const

const mostNamed = 3

/** What there is to widen first. */
function saturatedSentences({ saturated }: Found): readonly string[] {
  if (saturated === undefined) return []
  const hasSeveralPages = saturated.some(({ page }) => page !== saturated[0]?.page)
  const [first, ...then] = saturated
    .slice(0, mostNamed)
    .map(({ page, name, fromPerSec }) => `${hasSeveralPages ? `${name} of ${page}` : name}, from ${rate(fromPerSec)} on`)
  if (first === undefined) return ['Of what the target said of itself nothing came to its limit at any of these rates.']
  return [`First to its limit: ${[first, ...then.map((each) => `then ${each}`)].join('; ')}.`]
}

function leftOutSentences({ leftOut }: CapacityAsked): readonly string[] {
  return leftOut.length === 0 ? [] : [`Not judged, since a level rate has no such part: ${leftOut.join('; ')}.`]
}

function rate(perSec: number): string {
  return `${figureOf(perSec)}/s`
}

/** `1,200 shoppers a second`. */
function many(perSec: number, per: CapacityAsked['per']): string {
  return `${figureOf(perSec)} ${per} a second`
}

function figureOf(perSec: number): string {
  return perSec.toLocaleString('en-GB', { maximumSignificantDigits: 4 })
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(1))} %`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
