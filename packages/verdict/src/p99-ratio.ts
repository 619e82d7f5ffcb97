// p99 of one stretch of the run ÷ p99 of another, with an interval. Knows nothing of what the stretches are.
//
// Each p99 has its own interval of 97.5 %; both hold together in at least 95 % of all runs, so the ratio lies between
// lowest ÷ highest and highest ÷ lowest in at least as many.
import type { Confidence } from '@doorbuster/measurements'
import { rankInterval } from '@doorbuster/measurements'
import type { Evidence } from './evidence.ts'
import { requestEvidence } from './evidence.ts'
import type { Interval } from './observe.ts'
import { observe, ranked, timeAtRank } from './observe.ts'

export type P99Ratio = Interval & { readonly value: number; readonly firstMs: number; readonly secondMs: number; readonly samples: number }

type Times = Pick<Evidence, 'counts' | 'times'>

const p99 = { kind: 'response', at: 99 } as const
const jointly: Confidence = { tail: 0.0125, deviations: 2.241403 }

/** Second ÷ first: Infinity when more than 1 % of the second were never answered. Null when a p99 is missing, or the first one's is infinite. */
export function p99Ratio(first: Times, second: Times): P99Ratio | null {
  const firstMs = p99Of(first)
  const secondMs = p99Of(second)
  if (firstMs === null || secondMs === null || !Number.isFinite(firstMs) || firstMs === 0) return null
  const before = boundsOf(first)
  const after = boundsOf(second)
  const low = divided(after.lowMs, before.highMs)
  const high = divided(after.highMs, before.lowMs)
  return { value: secondMs / firstMs, low, high, firstMs, secondMs, samples: Math.min(ranked(first), ranked(second)) }
}

/** Null without samples. */
export function p99Of(times: Times): number | null {
  return observe(p99, requestEvidence({ ...times, coveredMs: 0 }))
}

function boundsOf(times: Times): { readonly lowMs: number | null; readonly highMs: number | null } {
  const samples = ranked(times)
  const { low, high } = rankInterval(samples, 0.99, jointly)
  return { lowMs: low < 1 ? null : timeAtRank(times, low), highMs: high > samples ? null : timeAtRank(times, high) }
}

function divided(over: number | null, under: number | null): number | null {
  if (over === null || under === null || under === 0 || !Number.isFinite(over)) return null
  return over / under
}
