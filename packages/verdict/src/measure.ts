// The contract of what compares parts of a run with each other, and the finding that an objective makes of it.
import type { Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { secondsFigure } from './figures.ts'
import { found, noData } from './findings.ts'
import type { Comparison } from './judgement.ts'
import { finite } from './observe.ts'
import { requirement, subjectOf } from './sentences.ts'
import type { Ending, Finding, Watch } from './watch.ts'

export type Measured =
  | {
      readonly kind: 'seen'
      /** Times in ms, ratios as such; Infinity: never. */
      readonly value: number
      readonly low: number | null
      readonly high: number | null
      readonly samples: number
      readonly because: string
      /** From when it is counted, or when what is compared began: ms from the run's zero. */
      readonly fromMs: number
      /** How long was watched from then on, and what happened then, in words; null where time plays no part. */
      readonly watched: { readonly ms: number; readonly since: string } | null
      /** Set where a part could not be seen: the value is that or more, which is enough to miss a limit and not to meet it. */
      readonly isAtLeast?: boolean
    }
  | { readonly kind: 'unknown'; readonly because: string }

/** As a Watch, without an objective: several may ask it, or none. */
export interface Measure {
  window(window: Window): void
  /** Called once, at the end; frees what it held. */
  finish(ending: Ending): Measured
}

/** Says nothing while the run goes on: what is compared is known only at its end. */
export function watchMeasured(objective: Objective, measured: () => Measured): Watch {
  return { window: () => null, finish: (ending) => findingOf(objective, measured(), ending) }
}

function findingOf(objective: Objective, measured: Measured, { end }: Ending): Finding {
  if (measured.kind === 'unknown') return noData(measured.because)
  const { value, low, high, samples, because, fromMs, watched } = measured
  const { limit, unit } = objective
  if (value === Number.POSITIVE_INFINITY && watched !== null && end.stoppedBy !== 'end' && watched.ms < limit)
    return noData(`${subjectOf(objective)} was not judged: the run stopped ${secondsFigure(watched.ms)} after ${watched.since}`)
  const seen = { value, samples, low, high, unansweredRatio: 0, coveredMs: 0 }
  const breachMs = unit === 'ms' ? fromMs + Math.min(value, limit) : fromMs
  const finding = found(objective, seen, `${because}; ${requirement(objective)}`, breachMs)
  return measured.isAtLeast === true && finding.status === 'met' ? noData(`${subjectOf(objective)} was not judged: ${because}`) : finding
}

export function comparisonOf(measured: Measured): Comparison {
  if (measured.kind === 'unknown') return { status: 'unknown', value: null, because: measured.because }
  const { value, because } = measured
  return { status: Number.isFinite(value) ? 'seen' : 'never', value: finite(value), because }
}
