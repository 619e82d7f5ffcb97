// Seeded uniform numbers for resampling: mulberry32 by T. Ettinger (public domain), 32 bits of state. A comparison must come out the same
// whenever it is made again. Not for secrets, and not for arrivals: those have schedule's own.

/** Whole numbers from 0 to `below` − 1. */
export function drawer(seed: number): (below: number) => number {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
