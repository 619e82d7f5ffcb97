// One judged rehearsal → one level. Knows nothing of the search.

import type { RunStart, TimelineRow } from '@doorbuster/measurements'
import { parseObjective } from '@doorbuster/plan'
import type { Summary } from '../judgement.ts'
import type { CapacityLevel } from './capacity-form.ts'
import { fallingBehind } from './falling-behind.ts'

export type LevelRun = {
  readonly summary: Summary
  readonly start: Pick<RunStart, 'lastingMs'>
  readonly timeline: readonly TimelineRow[]
  readonly purpose: CapacityLevel['purpose']
  readonly ratePerSec: number
  readonly folder: string
  /** It was stopped because it was certain to miss. */
  readonly hasEndedEarly: boolean
}

const standings = { go: 'met', 'no-go': 'missed', inconclusive: 'unknown', invalid: 'invalid' } as const

export function levelOf({ summary, start, timeline, purpose, ratePerSec, folder, hasEndedEarly }: LevelRun): CapacityLevel {
  const { totals, shoppers, responseMs, serviceMs, target } = summary
  const lastingMs = Math.min(start.lastingMs, summary.durationMs)
  const answeredPerSec =
    answeredWhileArriving(timeline, lastingMs) ?? ((totals.ok + totals.degraded) * 1e3) / Math.max(1, summary.durationMs)
  const all = totals.done + totals.dropped
  const hasNoOrders = lacksOrdersAlone(summary)
  const behind = summary.verdict === 'go' || hasNoOrders ? fallingBehind(timeline, lastingMs) : null
  return {
    purpose,
    standing: behind !== null ? 'missed' : hasNoOrders ? 'met' : standings[summary.verdict],
    ratePerSec,
    lastingMs,
    hasEndedEarly,
    isSteady: isSteady(timeline, lastingMs),
    due: totals.due,
    answeredPerSec,
    requestsPerArrival: shoppers.started === 0 ? null : totals.intents / shoppers.started,
    concurrency: (answeredPerSec * (serviceMs.mean ?? 0)) / 1e3,
    answers: responseMs.count,
    p50Ms: responseMs.p50,
    p95Ms: responseMs.p95,
    p99Ms: responseMs.p99,
    errorRatio: all === 0 ? null : (totals.failed + totals.dropped) / all,
    because: behind ?? summary.reasons[summary.verdict === 'go' ? 1 : 0] ?? summary.reasons[0] ?? '',
    folder,
    ...(hasNoOrders && { hasNoOrders }),
    ...(target !== undefined &&
      target.series.length > 0 && { saturated: target.saturated.map(({ page, name, atMs }) => ({ page, name, atMs })) }),
  }
}

/** The levels before have sold all there was: of orders there is nothing to judge, and everything that could be judged was met. */
function lacksOrdersAlone({ verdict, finished, shoppers, objectives }: Summary): boolean {
  const counting = objectives.filter(({ warnOnly }) => !warnOnly)
  const unknown = counting.filter(({ status }) => status === 'no-data')
  if (verdict !== 'inconclusive' || !finished || shoppers.threw > 0 || unknown.length === 0) return false
  return unknown.every(({ text }) => parseObjective(text).metric.kind === 'ledger') && counting.some(({ status }) => status === 'met')
}

/**
 * Answers a second in whole windows while shoppers arrive, the first left out: in it answers are fewer than requests by those under way. What
 * comes in after the last arrival is late, and would make a target that is full look as if it kept up. Null: too few windows.
 */
function answeredWhileArriving(timeline: readonly TimelineRow[], untilMs: number): number | null {
  const whole = timeline.filter((row) => row.startMs + row.lastingMs <= untilMs + 1).slice(1)
  const lastingMs = whole.reduce((sum, row) => sum + row.lastingMs, 0)
  return lastingMs < 1_000 ? null : (whole.reduce((sum, row) => sum + row.ok + row.degraded, 0) * 1e3) / lastingMs
}

/** Under way at its end, times what was there at its beginning: above it a queue grew. */
const mostGrowth = 1.5
/** Fewer than this are noise. */
const fewestUnderWay = 5

function isSteady(timeline: readonly TimelineRow[], untilMs: number): boolean {
  const rows = timeline.filter((row) => row.startMs + row.lastingMs <= untilMs + 1)
  const third = Math.max(1, Math.floor(rows.length / 3))
  const mean = (some: readonly TimelineRow[]): number => some.reduce((sum, row) => sum + row.inFlight, 0) / Math.max(1, some.length)
  const [first, last] = [mean(rows.slice(0, third)), mean(rows.slice(-third))]
  return last <= Math.max(fewestUnderWay, first * mostGrowth)
}
