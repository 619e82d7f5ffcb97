// Arrivals that a spike owes, and those that came, in bins of 100 ms. Pure.
//
// The rate is low, rises in a straight line, and is held. What is owed by t is the area under it, so a bin is owed the difference
// of two areas, a fraction included. Where a run began on the server's clock nobody outside can know: the beginning is the one,
// within 100 ms of the first arrival, that suits the tool best. That costs no tool its score, and hides no unevenness.
import type { SpikeLoad } from './tool.ts'

export type Shape = Omit<SpikeLoad, 'url'>
export type WorstBin = {
  /** Largest |came − owed| of any bin, over what was owed; bins of fewer than 100 are counted as 100, so 2 arrivals are 2 %. */
  readonly ratio: number
  /** That bin's came − owed: negative when arrivals were missing. */
  readonly arrivals: number
}

const binMs = 100
const smallestBin = 100
const beginningsWithinMs = 100
const beginningStepMs = 0.5

/** Arrivals owed in the first `atMs` of the shape; those of the whole from its end on. */
export function owedBy(atMs: number, { lowPerSec, highPerSec, lowSeconds, riseSeconds, highSeconds }: Shape): number {
  const seconds = Math.max(0, atMs / 1e3)
  const low = Math.min(seconds, lowSeconds)
  const rise = Math.min(Math.max(0, seconds - lowSeconds), riseSeconds)
  const high = Math.min(Math.max(0, seconds - lowSeconds - riseSeconds), highSeconds)
  const steepness = riseSeconds === 0 ? 0 : (highPerSec - lowPerSec) / riseSeconds
  return low * lowPerSec + rise * lowPerSec + (steepness * rise ** 2) / 2 + high * highPerSec
}

/** @throws Error when nothing came */
export function worstBin(arrivalsMs: readonly number[], shape: Shape): WorstBin {
  const sorted = Float64Array.from(arrivalsMs).sort()
  const [firstMs] = sorted
  if (firstMs === undefined) throw new Error('nothing came')
  const steps = Math.round((2 * beginningsWithinMs) / beginningStepMs)
  const candidates = Array.from({ length: steps + 1 }, (_, step) => firstMs - beginningsWithinMs + step * beginningStepMs)
  return candidates.map((beginMs) => worstFrom(beginMs, sorted, shape)).reduce((best, each) => (each.ratio < best.ratio ? each : best))
}

function worstFrom(beginMs: number, sortedMs: Float64Array, shape: Shape): WorstBin {
  const lastingMs = (shape.lowSeconds + shape.riseSeconds + shape.highSeconds) * 1e3
  let worst: WorstBin = { ratio: 0, arrivals: 0 }
  let next = 0
  for (let fromMs = 0; fromMs < lastingMs; fromMs += binMs) {
    const owed = owedBy(fromMs + binMs, shape) - owedBy(fromMs, shape)
    const upTo = next
    while (next < sortedMs.length && (sortedMs[next] ?? 0) < beginMs + fromMs + binMs) next += 1
    const arrivals = next - upTo - owed
    const ratio = Math.abs(arrivals) / Math.max(owed, smallestBin)
    if (ratio > worst.ratio) worst = { ratio, arrivals }
  }
  return worst
}
