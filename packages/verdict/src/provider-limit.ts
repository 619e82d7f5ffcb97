// Would the payment provider be the first to fail? Its declared limit against the orders that are forecast, and those that came.
//
// Providers limit calls and raise the limit only weeks ahead: Stripe, for one, allows 100/s live and 25/s in its sandbox
// (https://docs.stripe.com/rate-limits), so a launch of more orders than that fails there, however well the shop holds.
import type { Orders } from '@doorbuster/plan'
import { figure } from './figures.ts'

/** Null where the provider takes it, or nobody said what it takes or what is forecast. */
export function forecastBeyondProvider(orders: Orders | null): string | null {
  if (orders?.provider === undefined || orders.forecastPerSec === undefined) return null
  return beyond(orders.provider, orders.forecastPerSec, 'the forecast of')
}

/** The orders of the run's busiest second; null also where none are. */
export function runBeyondProvider(orders: Orders | null, busiestPerSec: number): string | null {
  return orders?.provider === undefined ? null : beyond(orders.provider, busiestPerSec, "the run's busiest second with")
}

function beyond({ limitPerSec, callsPerOrder }: NonNullable<Orders['provider']>, perSec: number, which: string): string | null {
  if (perSec * callsPerOrder <= limitPerSec) return null
  const calls = callsPerOrder === 1 ? '' : `, ${figure(perSec * callsPerOrder, 'perSec')} calls,`
  return `${which} ${figure(perSec, 'perSec')} orders${calls} is above the payment provider's limit of ${figure(limitPerSec, 'perSec')}: this launch fails there first`
}
