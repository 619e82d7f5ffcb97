// What a plan asks for by what it declares: who says what there is to sell wants to hear of it when more is sold, and who sends shoppers
// wants none of them to get what is another's.
import type { Tally } from '@doorbuster/measurements'
import type { Objective, Orders } from '@doorbuster/plan'
import { parseObjective } from '@doorbuster/plan'
import { looksFor } from './findings-watch.ts'
import { defaultLeakObjective, scannedAnswers } from './leak-watch.ts'

const ofOrders = ['oversold == 0', 'duplicates == 0', 'mismatches == 0'].map((text) => parseObjective(text))

/** Personal data may be meant to be seen (a shop's own address), so it warns; the others cannot be. */
const ofPrivacy = [
  defaultLeakObjective,
  ...['shared-sessions == 0', 'open-doors == 0', 'personal-data == 0, warn'].map((text) => parseObjective(text)),
]

/** Those on metrics that the plan's own objectives do not name. */
export function impliedObjectives(orders: Orders | null, asked: readonly Objective[]): readonly Objective[] {
  const wanted = [...(orders === null ? [] : ofOrders), ...ofPrivacy]
  return wanted.filter(({ metric }) => !asked.some((own) => isSame(own.metric, metric)))
}

/** Nobody asked for it, and the run did not look, or has nothing to warn of. What was found is said all the same. */
export function isUnasked(objective: Objective, status: 'met' | 'missed' | 'no-data', tally: Tally): boolean {
  if (!ofPrivacy.includes(objective) || status === 'missed') return false
  const { metric, onBreach } = objective
  if (onBreach.kind === 'warn') return true
  return metric.kind === 'findings' ? looksFor(metric, tally) === 0 : scannedAnswers(tally) === 0
}

function isSame(one: Objective['metric'], other: Objective['metric']): boolean {
  return (one.kind === 'ledger' || one.kind === 'findings') && one.kind === other.kind && one.of === other.of
}
