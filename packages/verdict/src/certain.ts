// What stays true however badly the instrument did: that something was sold, shown or open that should not have been. A generator that fell
// behind asked for less and later than was planned; it saw what it saw all the same, and such counts are lower bounds.
import type { Objective } from '@doorbuster/plan'
import type { ObjectiveResult } from './judgement.ts'

/** Mismatches are not among them: books that disagree may disagree because we lost what shoppers had been told. */
const certain: ReadonlySet<string> = new Set(['oversold', 'duplicates', 'leaks', 'shared-sessions', 'open-doors'])

/** Whether it is missed by more than was allowed of what cannot be our own doing. */
export function isCertain({ metric }: Objective, { status, warnOnly, observed, limit }: ObjectiveResult): boolean {
  if (status !== 'missed' || warnOnly || observed === null || observed <= limit) return false
  return (metric.kind === 'ledger' || metric.kind === 'findings') && certain.has(metric.of)
}
