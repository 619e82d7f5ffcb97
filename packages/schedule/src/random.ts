// Seeded randomness that replays: xoshiro128** 1.1 (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number
// generators", ACM TOMS 47, 2021; https://prng.di.unimi.it/xoshiro128starstar.c). 32-bit arithmetic, so that it is
// fast in JavaScript; period 2^128 − 1. Not for secrets.
//
// Its 128 bits are filled from (seed, stream) by the finaliser of MurmurHash3 (A. Appleby, public domain), a bijection of
// 32 bits. So no two streams of one seed below 2^32 share a state, and neighbours differ in about half their bits.

export type Random = {
  /** Uniform among the 2^53 multiples of 2^−53, and never 0: strictly between 0 and 1, so that its logarithm is finite. */
  uniform(): number
  /** Uniform whole number, 0 to 2^32 − 1. */
  uint32(): number
}

/** `seed` is an unsigned 32-bit number, `stream` a whole number from 0 to 2^53 − 1. Streams of one seed are independent. */
export function seededRandom(seed: number, stream: number): Random {
  const bySeed = mix32(seed + golden)
  const byStream = mix32(bySeed ^ stream)
  const high = Math.floor(stream / 2 ** 32)
  const third = mix32(byStream + high + golden)
  return new Xoshiro128(bySeed, byStream, third, mix32((third ^ bySeed) + golden))
}

/** 2^32 divided by the golden ratio: keeps the all-zero state, which the generator can never leave, out of reach. */
const golden = 0x9e3779b9

/** The finaliser of MurmurHash3, 32 bits to 32 bits, as a signed number. */
export function mix32(word: number): number {
  let mixed = word | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

export class Xoshiro128 implements Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** Four 32-bit words, not all of them 0. */
  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a | 0
    this.#b = b | 0
    this.#c = c | 0
    this.#d = d | 0
  }

  uint32(): number {
    const scrambled = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotate(this.#d, 11)
    return scrambled
  }

  uniform(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 2 ** 26 + low) * 2 ** -53 || 2 ** -54
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
