// When a server that holds its answers back gives them. Pure: the moment of an arrival goes in, the moment of its answer comes out.

/** ms */
export type Holding =
  /** The nth request is held for the nth of these, from the first again after the last. */
  | { readonly kind: 'delays'; readonly delaysMs: readonly number[] }
  /** Every `everyMs` from the first arrival on, nothing is answered for the `frozenMs` that begin `afterMs` into it. Else after `serviceMs`. */
  | { readonly kind: 'freezes'; readonly everyMs: number; readonly afterMs: number; readonly frozenMs: number; readonly serviceMs: number }
  /** All are answered together, `longerMs` after the last of `users` came. Who comes again is never answered. */
  | { readonly kind: 'waiting'; readonly users: number; readonly longerMs: number }

/** What the server saw: for each request that was answered, in the order of arrival. */
export type HeldLog = {
  /** ms on the server's clock. */
  readonly arrivedMs: readonly number[]
  readonly serviceMs: readonly number[]
  /** Most requests that were waiting at once. */
  readonly mostWaiting: number
}

/** Where 19 of 20 are quick and one is slow, in a fixed order. */
export function oneIn(count: number, usualMs: number, rareMs: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? rareMs : usualMs))
}

/** The moment at which the nth arrival (n ≥ 1) is answered. */
export function answerMs(holding: Exclude<Holding, { kind: 'waiting' }>, arrivedMs: number, nth: number): number {
  switch (holding.kind) {
    case 'delays':
      return arrivedMs + (holding.delaysMs[(nth - 1) % holding.delaysMs.length] ?? 0)
    case 'freezes': {
      const { everyMs, afterMs, frozenMs, serviceMs } = holding
      const readyMs = arrivedMs + serviceMs
      const intoFreezeMs = (((readyMs - afterMs) % everyMs) + everyMs) % everyMs
      return intoFreezeMs < frozenMs ? readyMs - intoFreezeMs + frozenMs : readyMs
    }
  }
}
