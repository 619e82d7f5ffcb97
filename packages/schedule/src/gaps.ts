// Poisson gaps between arrivals, measured in area (arrivals owed), not in time. Turning area into time is the stages'
// work, and that alone makes Poisson arrivals of any shape out of gaps of mean 1 (time rescaling; E. Çinlar,
// "Introduction to Stochastic Processes", 1975, §4.7). Even spacing needs no file: its gaps are all 1.
//
//   area  0──E1──•─────E2─────•─E3─•──────E4──────•──▶      E = −ln(uniform), mean 1
import { seededRandom } from './random.ts'

/** The stream of the plan's seed that gaps are drawn from; shoppers use their arrival's number, which starts at 1. */
const gapStream = 0

/** Gaps are multiples of this: their sums are then exact up to 2^33 arrivals, whoever adds them and on whatever machine. */
const grain = 2 ** -20

/** Each call gives the area between an arrival and the next; the first counts from 0. */
export function poissonGaps(seed: number): () => number {
  const random = seededRandom(seed, gapStream)
  return () => Math.round(-Math.log(random.uniform()) / grain) * grain
}
