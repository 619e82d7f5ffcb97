// From the levels that were tried to the answer: how much it takes, whether that is enough, and what happens beyond. Pure: told again from a
// stored file it comes out the same. Knows nothing of how levels are run or drawn.
import { answerOf, headroomOf, usableOf } from './answer.ts'
import { beyondOf } from './beyond.ts'
import type { CapacityAsked, CapacityConclusion, CapacityLevel, CapacityResult } from './capacity-form.ts'
import { kneeOf } from './goodput.ts'
import { looksAt } from './looks.ts'
import { reasonsOf } from './reasons.ts'
import { saturatedOver } from './saturated-over.ts'
import type { Bracket } from './search.ts'
import { bracketOf } from './search.ts'
import { fitUsl, loadPoints } from './usl.ts'
import { verdictOf } from './verdict-of-capacity.ts'

/** Both ends are known well enough, whatever became of the rest of the search. */
const narrowTimes = 1.05

export type Ending = Pick<CapacityResult, 'finished' | 'stopped'>

export function concludeCapacity(asked: CapacityAsked, levels: readonly CapacityLevel[], ending: Ending): CapacityResult {
  const slo = sloOf(asked, levels, ending)
  const knee = kneeOf(levels)
  const answer = answerOf(slo, knee.perSec)
  const saturated = saturatedOver(levels)
  const found = {
    slo,
    knee,
    usl: fitUsl(loadPoints(levels)),
    beyond: beyondOf(levels, asked),
    answer,
    headroom: headroomOf(answer, asked.forecastPerSec),
    usable: usableOf(answer, asked),
    ...(saturated !== null && { saturated: [...saturated] }),
  }
  const verdict = verdictOf(asked, found, ending)
  return {
    schema: 'doorbuster/capacity@1',
    ...ending,
    ...asked,
    levels: [...levels],
    ...found,
    verdict,
    reasons: [...reasonsOf(asked, found, levels, ending)],
  }
}

function sloOf({ ceiling }: CapacityAsked, levels: readonly CapacityLevel[], { finished }: Ending): CapacityConclusion['slo'] {
  const { met, over } = bracketOf(levels)
  const limitedBy = limitOf({ met, over }, ceiling)
  const isKnown = isNarrow({ met, over }) || (finished && !hasGap({ met, over }, levels))
  return {
    perSec: met?.ratePerSec ?? null,
    missedPerSec: over?.standing === 'missed' ? over.ratePerSec : null,
    confirmed: met !== null && met.met >= 2,
    limitedBy: isKnown ? limitedBy : 'unfinished',
  }
}

/** Below the rate that missed there is one of which too little was seen: it may hold, and so may all up to it. */
function hasGap({ met, over }: Bracket, levels: readonly CapacityLevel[]): boolean {
  if (over?.standing !== 'missed') return false
  const isBetween = (ratePerSec: number): boolean => ratePerSec > (met?.ratePerSec ?? 0) && ratePerSec < over.ratePerSec
  return looksAt(levels).some(({ ratePerSec, standing }) => isBetween(ratePerSec) && standing !== 'met')
}

function isNarrow({ met, over }: Bracket): boolean {
  return met !== null && over !== null && over.ratePerSec <= met.ratePerSec * narrowTimes
}

function limitOf({ met, over }: Bracket, ceiling: CapacityAsked['ceiling']): CapacityConclusion['slo']['limitedBy'] {
  if (over?.standing === 'missed') return 'objectives'
  if (over?.standing === 'invalid') return 'generator'
  if (met === null || ceiling === null || met.ratePerSec < ceiling.perSec) return 'unfinished'
  return ceiling.because === 'calibration' ? 'generator' : ceiling.because
}
