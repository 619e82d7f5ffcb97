// Is it enough? One word. What cannot be known from a search that ended too early is told as such, never guessed.
//
//   nothing held, not even the lowest rate ─▶ no-go
//   no answer                             ─▶ inconclusive, or invalid where the generator was the limit
//   no forecast                           ─▶ measured
//   headroom ≥ 1.5 and enough with zones lost ─▶ go         1.0 to 1.5 ─▶ warn         below ─▶ no-go
//   "at least" too little                 ─▶ there may be more: inconclusive, or invalid where the generator was the limit
import type { CapacityAsked, CapacityConclusion, CapacityVerdict } from './capacity-form.ts'

/** Shopify rehearses half as much again as last year's peak: https://shopify.engineering/bfcm-readiness-2025 */
export const goodHeadroom = 1.5

type Found = Pick<CapacityConclusion, 'slo' | 'answer' | 'headroom' | 'usable'>

export function verdictOf(
  { forecastPerSec }: Pick<CapacityAsked, 'forecastPerSec'>,
  { slo, answer, headroom, usable }: Found,
): CapacityVerdict {
  const unknown = slo.limitedBy === 'generator' ? 'invalid' : 'inconclusive'
  if (answer === null) return slo.missedPerSec !== null && slo.limitedBy === 'objectives' ? 'no-go' : unknown
  if (forecastPerSec === null || headroom === null) return answer.atLeast ? unknown : 'measured'
  const least = Math.min(headroom.ratio, usable?.headroomRatio ?? Number.POSITIVE_INFINITY)
  if (least < 1) return answer.atLeast ? unknown : 'no-go'
  return headroom.ratio >= goodHeadroom ? 'go' : 'warn'
}
