// Findings that every watch makes alike: what was seen against the limit, and why there may be nothing to see.
import type { Objective } from '@doorbuster/plan'
import { isHeld, isWithinNoise } from './compare.ts'
import { secondsFigure } from './figures.ts'
import type { Seen } from './observe.ts'
import { finite } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { startOf } from './scope.ts'
import { subjectOf } from './sentences.ts'
import type { Ending, Finding } from './watch.ts'

export function found(objective: Objective, seen: Seen, because: string, breachMs: number | null): Finding {
  const isMet = isHeld(objective, seen.value)
  return {
    status: isMet ? 'met' : 'missed',
    observed: finite(seen.value),
    samples: seen.samples,
    low: seen.low,
    high: seen.high,
    firstBreachMs: isMet ? null : breachMs,
    ...(isWithinNoise(objective, seen) && { withinNoise: true }),
    because,
  }
}

export function noData(because: string): Finding {
  return { status: 'no-data', observed: null, samples: 0, low: null, high: null, firstBreachMs: null, because }
}

/** Why a scope has no samples. */
export function nothingSeen(objective: Objective, scope: JudgedScope, { end, arrivalsUntilMs }: Ending): Finding {
  const subject = subjectOf(objective)
  const startMs = startOf(scope)
  if (startMs === null) return noData(`${subject} was not judged: the traffic has no phase ${objective.phase ?? ''}`)
  if (end.stoppedBy !== 'end' && arrivalsUntilMs <= startMs) {
    return noData(
      `${subject} was not judged: the run stopped before ${objective.phase ?? 'the traffic'} began at ${secondsFigure(startMs)}`,
    )
  }
  return noData(`${subject} has no samples, so nothing is known about it`)
}
