// A metric's value, its number of samples and its 95 % interval, from evidence. Knows nothing of limits, spans or sentences.
//
// Response times are ranked as the shopper feels them: a request that was never answered (failed, or dropped before it was sent) comes
// after every answered one, so its time is Infinity.
//
//      answered, by response time                       never answered
//      x₁ ≤ x₂ ≤ … ≤ x_a                                 ∞ … ∞             N = a + failed + dropped
//                        ↑ rank ⌈N·p/100⌉
import type { ShopperCounts } from '@doorbuster/measurements'
import { ninetyFivePercent, rankInterval } from '@doorbuster/measurements'
import type { Metric } from '@doorbuster/plan'
import type { Evidence } from './evidence.ts'
import { wilson } from './wilson.ts'

export type Interval = { readonly low: number | null; readonly high: number | null }

/** One value with all that a sentence about it needs. */
export type Seen = Interval & {
  /** In the metric's unit; Infinity when it falls among requests that were never answered. */
  readonly value: number
  readonly samples: number
  /** Failed and dropped ÷ answered, failed and dropped; 0 to 1. */
  readonly unansweredRatio: number
  readonly coveredMs: number
}

/** Null without samples. */
export function look(metric: Metric, evidence: Evidence): Seen | null {
  const value = observe(metric, evidence)
  return value === null ? null : seenOf(metric, evidence, value)
}

/** The rest of what `look` sees, for a value that is known already: the interval costs two more searches of the histogram. */
export function seenOf(metric: Metric, evidence: Evidence, value: number): Seen {
  const unansweredRatio = metric.kind === 'response' ? unanswered(evidence) / ranked(evidence) : 0
  return { value, samples: sampleCount(metric, evidence), unansweredRatio, coveredMs: evidence.coveredMs, ...intervalOf(metric, evidence) }
}

const unknown: Interval = { low: null, high: null }

/** How many samples a value rests on; 0 means there is no value. For rates: requests that were due while the scope lasted. */
export function sampleCount(metric: Metric, evidence: Evidence): number {
  const { due, dropped } = evidence.counts
  switch (metric.kind) {
    case 'response':
      return typeof metric.at === 'number' || evidence.times.count === 0 ? ranked(evidence) : evidence.times.count
    case 'lateness':
    case 'degraded-response':
    case 'trend':
      return evidence.times.count
    case 'errors':
      return done(evidence) + dropped
    case 'degraded':
      return done(evidence)
    case 'rate':
    case 'goodput':
      return evidence.coveredMs > 0 ? due : 0
    case 'finished':
    case 'gave-up':
    case 'turned-away':
      return ended(evidence.visits)
    case 'amplification':
      return evidence.counts.intents
    case 'counter':
    case 'target':
    case 'stopped':
      return evidence.number.count
    case 'recovery':
    case 'collapse':
    case 'hysteresis':
    case 'herd-penalty':
    case 'stampede':
    case 'ledger':
    case 'findings':
      return 0
  }
}

/** In the metric's unit; Infinity when it falls among requests that were never answered, null without samples. */
export function observe(metric: Metric, evidence: Evidence): number | null {
  if (sampleCount(metric, evidence) === 0) return null
  const { sent, ok, degraded, attempts, intents } = evidence.counts
  const { visits, number } = evidence
  switch (metric.kind) {
    case 'response':
      return timeOf(metric.at, evidence, ranked(evidence))
    case 'lateness':
    case 'degraded-response':
    case 'trend':
      return timeOf(metric.at, evidence, evidence.times.count)
    case 'errors':
      return unanswered(evidence) / (done(evidence) + evidence.counts.dropped)
    case 'degraded':
      return degraded / done(evidence)
    case 'rate':
      return (sent / evidence.coveredMs) * 1e3
    case 'goodput':
      return ((ok + degraded) / evidence.coveredMs) * 1e3
    case 'finished':
    case 'gave-up':
    case 'turned-away':
      return left(metric.kind, visits) / ended(visits)
    case 'amplification':
      return attempts / intents
    case 'counter':
      return number.sum
    case 'target':
    case 'stopped':
      return number.sum / number.count
    case 'recovery':
    case 'collapse':
    case 'hysteresis':
    case 'herd-penalty':
    case 'stampede':
    case 'ledger':
    case 'findings':
      return null
  }
}

/** An end is null where none is known: means, maxima and rates; or too few samples; or it falls among requests never answered. */
export function intervalOf(metric: Metric, evidence: Evidence): Interval {
  const samples = sampleCount(metric, evidence)
  if (samples === 0) return unknown
  if (metric.kind === 'errors') return wilson(unanswered(evidence), samples)
  if (metric.kind === 'degraded') return wilson(evidence.counts.degraded, samples)
  if (metric.kind === 'stopped') return wilson(evidence.number.sum, samples)
  if (metric.kind === 'finished' || metric.kind === 'gave-up' || metric.kind === 'turned-away')
    return wilson(left(metric.kind, evidence.visits), samples)
  if (!('at' in metric) || typeof metric.at !== 'number') return unknown
  const { low, high } = rankInterval(samples, metric.at / 100, ninetyFivePercent)
  return { low: low < 1 ? null : finite(timeAtRank(evidence, low)), high: high > samples ? null : finite(timeAtRank(evidence, high)) }
}

/** The `rank`-th smallest response time in ms, Infinity beyond the answered ones. */
export function timeAtRank({ times }: Pick<Evidence, 'times'>, rank: number): number {
  return rank > times.count ? Number.POSITIVE_INFINITY : times.valueAtRankMs(rank)
}

/** Requests with a response time or without an answer: what percentiles are ranked over. */
export function ranked(evidence: Pick<Evidence, 'counts' | 'times'>): number {
  return evidence.times.count + unanswered(evidence)
}

/** Failed and dropped: nobody got an answer that counts. */
function unanswered({ counts }: Pick<Evidence, 'counts'>): number {
  return counts.failed + counts.dropped
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** Shoppers whose visit is over, however it ended; who never got in is lost as well. */
function ended({ finished, gaveUp, turnedAway, threw, dropped, cut }: Readonly<ShopperCounts>): number {
  return finished + gaveUp + turnedAway + threw + dropped + cut
}

function left(how: 'finished' | 'gave-up' | 'turned-away', { finished, gaveUp, turnedAway }: Readonly<ShopperCounts>): number {
  if (how === 'finished') return finished
  return how === 'gave-up' ? gaveUp : turnedAway
}

function done({ counts }: Evidence): number {
  return counts.ok + counts.degraded + counts.failed
}

/** Mean and maximum are over the answered ones; with none of them answered they are Infinity too. */
function timeOf(at: 'avg' | 'max' | number, evidence: Evidence, samples: number): number {
  const { times } = evidence
  if (at === 'avg') return times.meanMs ?? Number.POSITIVE_INFINITY
  if (at === 'max') return times.maxMs ?? Number.POSITIVE_INFINITY
  return timeAtRank(evidence, rankOf(at, samples))
}

/** Nearest rank; the small slack keeps 99.9 % of 1,000 at 999 although 0.999 has no exact binary form. */
function rankOf(percent: number, samples: number): number {
  return Math.max(1, Math.ceil((percent / 100) * samples - 1e-9))
}
