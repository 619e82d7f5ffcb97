// Seeded randomness for mutations: the same seed, the same cases. xorshift32 (G. Marsaglia, 2003), whose 2^32 − 1 states are plenty here.

export class Dice {
  #state: number

  /** A whole number that is not 0 in its lowest 32 bits. */
  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** A whole number, 0 to `limit` − 1; `limit` is far below 2^32. */
  below(limit: number): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state
    return (state >>> 0) % limit
  }
}
