// Who may read an order by its number: its owner, unless a switch says otherwise.
import type { OwnedOrder } from '../sales.ts'
import { isOwner } from '../sales.ts'
import type { Traffic } from '../traffic.ts'
import type { Faults } from './faults.ts'

export type ReadingRule = (order: OwnedOrder, account: number | undefined) => boolean

export function readingRule(faults: Faults, traffic: Traffic): ReadingRule {
  if (faults['open-orders']) return () => true
  const overPerSec = faults['fails-open']
  if (overPerSec === undefined) return isOwner
  // The check costs a look at the session, and "we were busy" is when somebody left it out.
  return (order, account) => traffic.perSec() > overPerSec || isOwner(order, account)
}
