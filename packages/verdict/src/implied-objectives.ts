// What a plan asks for by what it declares: who says what there is to sell wants to hear of it when more is sold.
import type { Objective, Orders } from '@doorbuster/plan'
import { parseObjective } from '@doorbuster/plan'

const ofOrders = ['oversold == 0', 'duplicates == 0', 'mismatches == 0'].map((text) => parseObjective(text))

/** Those on metrics that the plan's own objectives do not name. */
export function impliedObjectives(orders: Orders | null, given: readonly Objective[]): readonly Objective[] {
  const wanted = orders === null ? [] : ofOrders
  return wanted.filter(({ metric }) => !given.some((own) => isSame(own.metric, metric)))
}

function isSame(one: Objective['metric'], other: Objective['metric']): boolean {
  return one.kind === 'ledger' && other.kind === 'ledger' && one.of === other.of
}
