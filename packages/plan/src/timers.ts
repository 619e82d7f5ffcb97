// How long a timer can wait. Knows nothing of what is waited for.
import { PlanError, problem } from './problems.ts'

/** A timer counts in 31 bits of ms, which end after 24.8 days; a longer one fires at once. */
export const longestTimerMs = 24 * 86_400e3

export const longestWords = 'at most 24 days, the longest that a timer can wait'

/** The duration, which a timer will have to count. @throws PlanError PLAN_INVALID above 24 days */
export function countable(durationMs: number, path: string, given: unknown): number {
  if (durationMs <= longestTimerMs) return durationMs
  throw new PlanError('PLAN_INVALID', [problem(path, longestWords, given)])
}
