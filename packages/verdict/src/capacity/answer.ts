// From what was found to how much can be planned with: the answer, its headroom over a forecast, and what zones leave of it.
import type { CapacityAsked, CapacityConclusion } from './capacity-form.ts'

type Answer = CapacityConclusion['answer']

/** The smaller of knee and SLO rate: beyond the knee objectives may still be met, but more shoppers no longer mean more served. */
export function answerOf({ perSec, limitedBy }: CapacityConclusion['slo'], kneePerSec: number | null): Answer {
  if (perSec === null) return null
  const isKnee = kneePerSec !== null && kneePerSec < perSec
  return { perSec: isKnee ? kneePerSec : perSec, atLeast: !isKnee && limitedBy !== 'objectives' }
}

export function headroomOf(answer: Answer, forecastPerSec: number | null): CapacityConclusion['headroom'] {
  return answer === null || forecastPerSec === null ? null : { ratio: answer.perSec / forecastPerSec, forecastPerSec }
}

/** With k of n zones gone the others have to carry everything: each may be used to (n − k)/n beforehand. */
export function usableOf(answer: Answer, { zones, forecastPerSec }: CapacityAsked): CapacityConclusion['usable'] {
  if (answer === null || zones === null) return null
  const utilisationLimit = (zones.count - zones.lost) / zones.count
  const perSec = answer.perSec * utilisationLimit
  return { perSec, utilisationLimit, headroomRatio: forecastPerSec === null ? null : perSec / forecastPerSec }
}
