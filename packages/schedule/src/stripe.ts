// How workers share one plan: worker k of n takes arrivals k + 1, k + 1 + n, k + 1 + 2n …

/** `worker` counts from 0; `of` is the number of workers. The stripes of all workers together are the whole plan, each arrival once. */
export type Stripe = { readonly worker: number; readonly of: number }

export function stripe(worker: number, of: number): Stripe {
  const fits = Number.isInteger(worker) && Number.isInteger(of) && worker >= 0 && worker < of
  if (!fits) throw new RangeError(`stripe ${worker} of ${of}: workers count from 0 and must be fewer than their number`)
  return { worker, of }
}
