// Is it enough? One word. What cannot be known from a search that ended too early is told as such, never guessed.
//
//   the forecast is no lower than a rate that missed ─▶ no-go
//   nothing held, not even the lowest rate ─▶ no-go
//   no answer                             ─▶ inconclusive, or invalid where the generator was the limit
//   no forecast                           ─▶ measured
//   headroom ≥ 1.5 and enough with zones lost ─▶ go         1.0 to 1.5 ─▶ warn         below ─▶ no-go
//   "at least" too little                 ─▶ there may be more: inconclusive, or invalid where the generator was the limit
import type { CapacityAsked, CapacityConclusion, CapacityResult, CapacityVerdict } from './capacity-form.ts'

/** Shopify rehearses half as much again as last year's peak: https://shopify.engineering/bfcm-readiness-2025 */
export const goodHeadroom = 1.5

type Found = Pick<CapacityConclusion, 'slo' | 'answer' | 'headroom' | 'usable'>

export function verdictOf(
  { forecastPerSec }: Pick<CapacityAsked, 'forecastPerSec'>,
  { slo, answer, headroom, usable }: Found,
  { finished }: Pick<CapacityResult, 'finished'>,
): CapacityVerdict {
  // However much more it may take than was seen to hold, it does not take what was seen to miss.
  if (finished && slo.missedPerSec !== null && forecastPerSec !== null && forecastPerSec >= slo.missedPerSec) return 'no-go'
  const unknown = slo.limitedBy === 'generator' ? 'invalid' : 'inconclusive'
  if (answer === null) return slo.missedPerSec !== null && slo.limitedBy === 'objectives' ? 'no-go' : unknown
  if (forecastPerSec === null || headroom === null) return answer.atLeast ? unknown : 'measured'
  const least = Math.min(headroom.ratio, usable?.headroomRatio ?? Number.POSITIVE_INFINITY)
  if (least < 1) return answer.atLeast ? unknown : 'no-go'
  return headroom.ratio >= goodHeadroom ? 'go' : 'warn'
}
