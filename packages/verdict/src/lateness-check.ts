// Did requests leave when they were due? Lateness is our own error, and it is inside every response time.
//
//   p99 of lateness    ≤ a tenth of the tightest limit                        the instrument is ten times finer in time
//   gross lateness     in ≤ a tenth of the requests that an objective         … and ten times finer in rank: a request as late as the
//                      lets be slower, for every objective                        limit itself has missed it, whatever the target did
//
//   p(95) < 300ms, 10,000 requests: 500 may be slower, so 50 may leave more than 300 ms late; max < 2s: none may leave a second late.
import type { Histogram, RunEnd, RunStart, Tally } from '@doorbuster/measurements'
import type { Metric, Objective } from '@doorbuster/plan'
import { gentler, robbed } from './cures.ts'
import { requestEvidence } from './evidence.ts'
import { counted, countFigure, timeFigure } from './figures.ts'
import type { TrustCheck } from './judgement.ts'
import { intervalOf } from './observe.ts'

/** Bounds of the tenth: below the first an idle machine's timers already show, and above the second a crowd is no longer the planned one. */
const leastMs = 10
const mostMs = 100
const finenessRatio = 0.1

export type GrossLateness = {
  /** Ten times the bounds above, between which it is the limit: a request more than a second late left in another second than was planned. */
  readonly aboveMs: number
  /** Of all requests; null: not one. */
  readonly allowedRatio: number | null
}

export function checkLateness(objectives: readonly Objective[], start: RunStart, tally: Tally, end: RunEnd): TrustCheck {
  const name = 'lateness'
  const { lateness } = tally
  if (start.model === 'closed') return { name, status: 'not-judged', because: 'A closed loop owes no moments, so nothing can be late.' }
  const p99Ms = lateness.percentileMs(99)
  if (p99Ms === null) return { name, status: 'not-judged', because: 'Nothing was sent, so nothing was late.' }
  const trustedMs = trustedLatenessMs(objectives)
  const figures = `lateness p99 was ${timeFigure(p99Ms)} over ${counted(lateness.count, 'request')}, and at most ${timeFigure(trustedMs)} is trusted`
  const cure = `${robbed(end)} To cure it, ${gentler(start)}.`
  const { low } = intervalOf({ kind: 'lateness', at: 99 }, requestEvidence({ counts: tally.scope().counts, times: lateness, coveredMs: 0 }))
  if (p99Ms > trustedMs && low !== null && low > trustedMs)
    return { name, status: 'failed', because: `The generator fell behind: ${figures}.${cure}` }
  const gross = grossLateness(objectives).find((each) => lateCount(lateness, each.aboveMs) > allowedCount(each, lateness))
  if (gross !== undefined) return { name, status: 'failed', because: `The generator stood still: ${sayGross(gross, lateness)}.${cure}` }
  const latest = `the latest was ${timeFigure(lateness.maxMs ?? 0)} late`
  // Of twenty requests a single late one is no p99 of anything.
  if (p99Ms > trustedMs)
    return { name, status: 'passed', because: `A few requests left late, too few to tell from chance: ${figures}; ${latest}.` }
  return { name, status: 'passed', because: `Requests left on time: ${figures}; ${latest}.` }
}

/** What p99 of lateness may be, ms: a tenth of the tightest response-time limit that is judged, within bounds. */
export function trustedLatenessMs(objectives: readonly Objective[]): number {
  const limits = upperLimits(objectives).map(({ limit }) => limit)
  return limits.length === 0 ? leastMs : within(finenessRatio * Math.min(...limits), leastMs, mostMs)
}

/** One for every response-time limit on a percentile or the maximum; without any, as for a p99 in seconds. */
export function grossLateness(objectives: readonly Objective[]): readonly GrossLateness[] {
  const found = upperLimits(objectives).flatMap(({ metric, limit }): readonly GrossLateness[] => {
    if (!isTimed(metric) || metric.at === 'avg') return []
    const aboveMs = within(limit, leastMs / finenessRatio, mostMs / finenessRatio)
    return [{ aboveMs, allowedRatio: metric.at === 'max' || metric.at === 100 ? null : finenessRatio * (1 - metric.at / 100) }]
  })
  return found.length > 0 ? found : [{ aboveMs: mostMs / finenessRatio, allowedRatio: finenessRatio * 0.01 }]
}

function upperLimits(objectives: readonly Objective[]): readonly Objective[] {
  return objectives.filter(({ metric, op }) => isTimed(metric) && op.startsWith('<'))
}

/** Whether it judges response times of single requests. */
function isTimed(metric: Metric): metric is Extract<Metric, { readonly kind: 'response' | 'degraded-response' }> {
  return metric.kind === 'response' || metric.kind === 'degraded-response'
}

/** Where a percentile is judged a single request proves nothing, however few there are. */
function allowedCount({ allowedRatio }: GrossLateness, { count }: Histogram): number {
  return allowedRatio === null ? 0 : Math.max(1, Math.floor(allowedRatio * count + 1e-9))
}

function sayGross(gross: GrossLateness, lateness: Histogram): string {
  const { aboveMs } = gross
  const late = lateCount(lateness, aboveMs)
  const allowed = allowedCount(gross, lateness)
  const may = allowed === 0 ? 'none may' : `${countFigure(allowed)} may`
  return `${countFigure(late)} of ${counted(lateness.count, 'request')} left more than ${timeFigure(aboveMs)} late (the latest ${timeFigure(lateness.maxMs ?? 0)}), and ${may}`
}

/** How many samples are above, by halving the ranks. */
function lateCount(lateness: Histogram, aboveMs: number): number {
  let onTime = 0
  let late = lateness.count + 1
  while (late - onTime > 1) {
    const rank = Math.floor((onTime + late) / 2)
    if (lateness.valueAtRankMs(rank) <= aboveMs) onTime = rank
    else late = rank
  }
  return lateness.count - onTime
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
