// What a tool should have said. Pure sums over what the server wrote down, or over the schedule by which it froze.
//
// The freezing server answers after s, except that nothing leaves it during the F ms of each freeze; a freeze comes every C ms.
// Shoppers who come at an even rate, whatever the server does, meet this: whoever would have been answered during a freeze, F/C of
// all, is answered at its end instead, and so waits s plus what is left of it, anything from 0 to F, all of it as likely. Thus
//
//     P(response ≤ s + x) = (1 − F/C) + (F/C)·(x/F)       0 ≤ x ≤ F
//
// With C = 5 s, F = 1 s, s = 20 ms: p50 = 20 ms; p90 has (0.9 − 0.8)/0.2 = half a freeze, 520 ms; p99 has 0.95 of it, 970 ms.
// A tool that waits for an answer before it asks again sends nothing meanwhile, and its few long waits drown among the short ones.
import type { Holding } from './held-answers.ts'
import type { Claim, Percentiles } from './tool.ts'

/** The smallest value that at least this share of the values does not exceed (nearest rank). @throws Error without values */
export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b)
  const [p50Ms, p90Ms, p99Ms] = [50, 90, 99].map((percent) => sorted[Math.ceil((percent / 100) * sorted.length) - 1])
  if (p50Ms === undefined || p90Ms === undefined || p99Ms === undefined) throw new Error('the server saw no request')
  return { p50Ms, p90Ms, p99Ms }
}

/** The equation above, for a run of whole cycles. `serviceMs`: what the server really took outside of its freezes. */
export function openModel({ everyMs, frozenMs }: Extract<Holding, { kind: 'freezes' }>, serviceMs: number): Percentiles {
  const frozenRatio = frozenMs / everyMs
  const at = (ratio: number) => serviceMs + Math.max(0, (ratio - (1 - frozenRatio)) / frozenRatio) * frozenMs
  return { p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99) }
}

/** (said − true) / true at each percentile, with both beside it. */
export function errorsOf({ percentiles: said }: Pick<Claim, 'percentiles'>, truth: Percentiles) {
  if (said === null) throw new Error('it tells no percentiles')
  return {
    p50ErrorRatio: said.p50Ms / truth.p50Ms - 1,
    p90ErrorRatio: said.p90Ms / truth.p90Ms - 1,
    p99ErrorRatio: said.p99Ms / truth.p99Ms - 1,
    saidP50Ms: said.p50Ms,
    saidP90Ms: said.p90Ms,
    saidP99Ms: said.p99Ms,
    trueP50Ms: truth.p50Ms,
    trueP90Ms: truth.p90Ms,
    trueP99Ms: truth.p99Ms,
  }
}
