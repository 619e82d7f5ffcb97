// What a recovered target looks like: the baseline phase's goodput and p99, and whether a moving window is as good. Knows nothing of the peak.
//
//   goodput:  answered ≥ T − 3·√T,  T = 95 % of what the baseline would have answered in that time, times min(1, arrivals now ÷ baseline's)
//   p99:      at most max(1.2 × the baseline's, the baseline's + 10 ms)
//
// Both allow for chance. A window of few requests misses T by √T every third time, and of a hundred requests "p99" is the second slowest:
// without room for that, one look in ten at a healthy shop would be called a relapse. So p99 counts as worse only when more requests are
// above the bound than three standard deviations explain (rank-interval.ts of measurements), and T has the same room. At 1,000/s that is next to none.
import type { RunStart, Tally } from '@doorbuster/measurements'
import { rankInterval, threeSigma } from '@doorbuster/measurements'
import type { EvidenceSum } from './evidence.ts'
import { ranked, timeAtRank } from './observe.ts'
import { p99Of } from './p99-ratio.ts'

const baselinePhase = 'baseline'
const goodputShare = 0.95
const p99Factor = 1.2
/** So far above the baseline's p99 is always good enough: below it is timer noise. */
const p99FloorMs = 10

export type Baseline = {
  readonly goodputPerSec: number
  readonly arrivalsPerSec: number
  /** p99 up to here is as good as the baseline's, ms. */
  readonly slowMs: number
}

/** Or one sentence that says why there is nothing to return to. */
export function baselineOf(start: RunStart, tally: Tally, beforeMs: number): Baseline | string {
  const spans = start.phases.filter(({ name }) => name === baselinePhase)
  const lastingMs = spans.reduce((sum, span) => sum + span.lastingMs, 0)
  const arrivals = spans.reduce((sum, span) => sum + span.arrivals, 0)
  if (lastingMs === 0) return `the traffic has no phase ${baselinePhase} to return to`
  if (spans.some((span) => span.startMs + span.lastingMs > beforeMs)) return `the phase ${baselinePhase} is not over before the peak is`
  const { counts, response } = tally.scope({ phase: baselinePhase })
  const p99Ms = p99Of({ counts, times: response })
  if (p99Ms === null || response.count === 0) return `the phase ${baselinePhase} has no samples`
  if (!Number.isFinite(p99Ms)) return `the phase ${baselinePhase} itself failed more than 1 % of its requests`
  return {
    goodputPerSec: (response.count / lastingMs) * 1e3,
    arrivalsPerSec: (arrivals / lastingMs) * 1e3,
    slowMs: Math.max(p99Ms * p99Factor, p99Ms + p99FloorMs),
  }
}

/** Null when nobody arrived, so that there is nothing to say. */
export function isAsGood(baseline: Baseline, evidence: EvidenceSum): boolean | null {
  if (evidence.arrivals === 0) return null
  return isGoodputBack(baseline, evidence) && isP99Back(baseline, evidence)
}

function isGoodputBack({ goodputPerSec, arrivalsPerSec }: Baseline, { counts, arrivals, coveredMs }: EvidenceSum): boolean {
  const seconds = coveredMs / 1e3
  const quieter = Math.min(1, arrivals / (arrivalsPerSec * seconds))
  const wanted = goodputShare * goodputPerSec * seconds * quieter
  return counts.ok + counts.degraded >= wanted - threeSigma.deviations * Math.sqrt(wanted)
}

function isP99Back({ slowMs }: Baseline, evidence: EvidenceSum): boolean {
  const { low } = rankInterval(ranked(evidence), 0.99, threeSigma)
  return low < 1 || timeAtRank(evidence, low) <= slowMs
}
