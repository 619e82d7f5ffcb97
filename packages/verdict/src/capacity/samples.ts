// How many answers a level needs for its percentiles, and so how long it lasts. Distribution-free: see rank-interval.ts.

import { ninetyFivePercent } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'

/** A level is never longer than this many times what was asked: a p99.9 at 10/s would take six minutes. */
const mostTimes = 3

/** The fewest samples whose 95 % interval of a percentile is closed above: all of them lie below it with a chance of q^n at most. */
export function samplesFor(share: number): number {
  return share <= 0 || share >= 1 ? 1 : Math.ceil(Math.log(ninetyFivePercent.tail) / Math.log(share))
}

/** As long as was asked, and longer where the rate is too low for the percentiles; always for one arrival at least. */
export function levelLastingMs(objectives: readonly Objective[], ratePerSec: number, askedMs: number): number {
  const shares = objectives.flatMap(({ metric }) => (metric.kind === 'response' && typeof metric.at === 'number' ? [metric.at / 100] : []))
  const neededMs = (Math.max(0, ...shares.map(samplesFor)) / ratePerSec) * 1e3
  return Math.ceil(Math.max(1e3 / ratePerSec, Math.min(askedMs * mostTimes, Math.max(askedMs, neededMs))))
}
