// What is sent to the null target at one rate, as a plan like any other. The same text gives the same plan in every thread.
import type { Journey, Plan } from '@doorbuster/plan'
import { hold, launch, ramp, shopper } from '@doorbuster/plan'
import type { CalibrationKind } from './calibration.ts'
import { nullPaths } from './null-answers.ts'

/** Plain data, so that sending threads can be given it. */
export type Level = {
  readonly kind: CalibrationKind
  /** The null target. */
  readonly target: string
  readonly perSec: number
  /** At the full rate. */
  readonly lastingMs: number
}

/** The null target answers within a ms. Who waits this long after the last arrival waits for a process that is full: the level is lost. */
const patienceMs = 500

/**
 * Of the time at the full rate, before it: connections are opened and code is compiled while the rate rises, as at the start of a launch. A
 * jump from nothing would find out how many connections a second can be opened.
 */
const riseRatio = 0.3

export function levelPlan({ kind, target, perSec, lastingMs }: Level): Plan {
  return launch({
    name: `calibration-${kind}`,
    target: kind === 'urls' ? `${target}${nullPaths.bare}` : target,
    traffic: [ramp(0, perSec, riseRatio * lastingMs), hold(perSec, lastingMs)],
    ...(kind === 'journeys' && { shoppers: [shopper('buyer', buy)] }),
    drain: patienceMs,
  })
}

/** The journey that is calibrated with: three requests, one answer read as JSON, one fact checked, on a connection of its own. */
const buy: Journey = async (s) => {
  await s.get(nullPaths.bare, { step: 'landing' })
  const product = await s.get(nullPaths.product, { step: 'product' })
  const { priceCents = 0 } = (product.json() ?? {}) as { readonly priceCents?: number }
  s.check('the product has a price', priceCents > 0)
  await s.post(nullPaths.orders, { json: { sku: 'tv-55', qty: 1 }, step: 'checkout', expect: 201 })
}
