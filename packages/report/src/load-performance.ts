// A run in the shape of k6's `--summary-export`, which GitLab's `artifacts:reports:load_performance` reads: values directly under each metric,
// times in ms, and of a threshold `true` when it FAILED. https://docs.gitlab.com/ci/testing/load_performance_testing/
// GitLab shows `checks`, `http_reqs.rate` and p(90) and p(95) of `http_req_waiting`, which k6 means as the time to the first byte.
import type { Pct } from '@doorbuster/measurements'
import type { ObjectiveResult } from '@doorbuster/verdict'
import type { Report } from './report.ts'
import { errorRatio } from './words.ts'

export function renderLoadPerformance({ summary }: Report): string {
  const { responseMs, serviceMs, totals, shoppers, durationMs, generator, checks } = summary
  const perSec = (count: number): number => (durationMs > 0 ? (count * 1e3) / durationMs : 0)
  const all = totals.done + totals.dropped
  const failedRatio = errorRatio(summary)
  const metrics = {
    http_reqs: { count: totals.sent, rate: perSec(totals.sent) },
    http_req_duration: { ...trend(responseMs), ...thresholds(summary.objectives) },
    // Nobody timed the first byte by itself: from sent to the last byte is never less, so the widget never flatters.
    http_req_waiting: trend(serviceMs),
    ...(failedRatio !== null && { http_req_failed: rate(totals.failed + totals.dropped, all) }),
    ...checksOf(checks),
    iterations: { count: shoppers.finished, rate: perSec(shoppers.finished) },
    dropped_iterations: { count: shoppers.dropped, rate: perSec(shoppers.dropped) },
    vus: { value: generator.inFlight.mean, min: 0, max: generator.inFlight.max },
    data_received: { count: totals.bytesIn, rate: perSec(totals.bytesIn) },
    data_sent: { count: totals.bytesOut, rate: perSec(totals.bytesOut) },
  }
  const root = { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: {}, checks: {} }
  return `${JSON.stringify({ metrics, root_group: root }, null, 2)}\n`
}

/** Empty where nothing was answered: a 0 would be the best time of all. */
function trend({ mean, min, p50, p90, p95, max }: Pct): Readonly<Record<string, number>> {
  const values = { avg: mean, min, med: p50, max, 'p(90)': p90, 'p(95)': p95 }
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

/** As k6 counts a rate: `passes` are those that are true, so of `http_req_failed` the failures. */
function rate(passes: number, all: number): Readonly<Record<'passes' | 'fails' | 'value', number>> {
  return { passes, fails: all - passes, value: passes / all }
}

function checksOf(checks: Report['summary']['checks']): { readonly checks?: ReturnType<typeof rate> } {
  const sum = (kind: 'passed' | 'failed'): number => Object.values(checks).reduce((all, one) => all + one[kind], 0)
  const [passed, failed] = [sum('passed'), sum('failed')]
  return passed + failed === 0 ? {} : { checks: rate(passed, passed + failed) }
}

function thresholds(objectives: readonly ObjectiveResult[]): { readonly thresholds?: Readonly<Record<string, boolean>> } {
  if (objectives.length === 0) return {}
  return { thresholds: Object.fromEntries(objectives.map(({ text, status }) => [text, status !== 'met'])) }
}
