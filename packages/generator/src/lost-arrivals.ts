// What went with a sending thread that died: arrivals of its stripe that were due and came to no known end. Pure.
import type { ShopperCounts } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Stripe } from '@doorbuster/schedule'
import { dueTimes } from '@doorbuster/schedule'

/** Of the stripe: whoever was due until `stoppedMs` and did not finish, throw, or get dropped or cut in what the thread had handed in. */
export function lostArrivals(plan: Plan, stripe: Stripe, stoppedMs: number, handedIn: ShopperCounts): number {
  if (stoppedMs < 0) return 0
  const { finished, gaveUp, turnedAway, threw, dropped, cut } = handedIn
  // A closed crowd owes no moments: whoever was in the thread's share of it is lost.
  if (plan.model.kind === 'closed') return Math.max(0, Math.ceil((plan.model.shoppers - stripe.worker) / stripe.of) - cut)
  const { traffic, spacing } = plan.model
  let due = 0
  for (const dueMs of dueTimes({ traffic, spacing, seed: plan.seed }, stripe)) {
    if (dueMs > stoppedMs) break
    due++
  }
  return Math.max(0, due - finished - gaveUp - turnedAway - threw - dropped - cut)
}
