// How long work that falls due at any moment has to wait for a thread that stalled now and then. Pure.
//
//   delay │╲            Whoever comes x before the end of a stall waits x. So the moments with more than x to wait last
//         │ ╲     ╲     Σ max(0, Dᵢ − x) over all stalls Dᵢ, and that is to be `ratio` of the whole time.
//       x ┄┄┄╲┄┄┄┄┄╲┄
//         └───┴────┴──── t

/** The delay, ms, that is exceeded in `ratio` (0 to 1) of `overMs`; 0 when the stalls together last no longer than that. */
export function delayExceeded(ratio: number, stallsMs: readonly number[], overMs: number): number {
  const longestFirst = stallsMs.toSorted((a, b) => b - a)
  let sumMs = -ratio * overMs
  let delayMs = 0
  for (const [index, stallMs] of longestFirst.entries()) {
    sumMs += stallMs
    // With x between this stall and the next shorter one, just these are longer.
    delayMs = Math.max(delayMs, sumMs / (index + 1))
  }
  return delayMs
}
