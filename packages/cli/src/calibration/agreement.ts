// Do two instruments see the same? Percentiles of ours and of autocannon, from the same closed loop on the same target.
import type { Percentiles, SecondOpinion } from './calibration.ts'

/**
 * How far apart two percentiles may be: a tenth of the larger, but never less than 1 ms.
 *
 * The tenth is the fineness that the instrument is trusted with elsewhere. The millisecond is the target's: it waits by timers, which are
 * good to that much, and is asked by one instrument after the other. autocannon's own histogram would add another, since it counts in whole
 * ms; so its times are taken as they come, in fractions, before it rounds them.
 */
export function allowedMs(oneMs: number, otherMs: number): number {
  return Math.max(1, 0.1 * Math.max(oneMs, otherMs))
}

export function disagreeing(ours: Percentiles, theirs: Percentiles): SecondOpinion['disagreeing'] {
  const all = ['p50', 'p90', 'p99'] as const
  // Of nothing there is nothing to agree on.
  if (ours.samples === 0 || theirs.samples === 0) return [...all]
  return all.filter((name) => Math.abs(ours[name] - theirs[name]) > allowedMs(ours[name], theirs[name]))
}

/** By nearest rank: the smallest value that so many per cent are not above. Sorts the list. */
export function percentilesOf(timesMs: Float64Array): Percentiles {
  timesMs.sort()
  const at = (percent: number): number => timesMs[Math.max(0, Math.ceil((percent / 100) * timesMs.length) - 1)] ?? 0
  return { samples: timesMs.length, p50: at(50), p90: at(90), p99: at(99) }
}
