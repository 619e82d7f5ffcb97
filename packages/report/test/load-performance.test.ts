import { expect, test } from 'vitest'
import { renderLoadPerformance } from '../src/load-performance.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

/** What GitLab's widget takes out of the file. */
const widget = (text: string) => {
  const { metrics } = JSON.parse(text)
  return {
    rps: metrics.http_reqs.rate,
    ttfbP90: metrics.http_req_waiting['p(90)'],
    ttfbP95: metrics.http_req_waiting['p(95)'],
    checks: metrics.checks && metrics.checks.passes / (metrics.checks.passes + metrics.checks.fails),
  }
}

test('the widget finds its four figures where it looks for them', () => {
  const report = sampleReport({ verdict: 'go' })
  const { totals, serviceMs, durationMs } = report.summary
  const summary = { ...report.summary, checks: { 'in stock': { passed: 3, failed: 1 } } }
  expect(widget(renderLoadPerformance({ ...report, summary }))).toEqual({
    rps: (totals.sent * 1e3) / durationMs,
    ttfbP90: serviceMs.p90,
    ttfbP95: serviceMs.p95,
    checks: 0.75,
  })
})

test('a threshold is true when it failed, and a rate counts what is true as a pass', () => {
  const { summary, ...rest } = sampleReport({ verdict: 'no-go' })
  const { metrics } = JSON.parse(renderLoadPerformance({ summary, ...rest }))
  const failed = Object.values(metrics.http_req_duration.thresholds as Readonly<Record<string, boolean>>).filter(Boolean)
  expect(failed.length).toBe(summary.objectives.filter(({ status }) => status !== 'met').length)
  expect(metrics.http_req_failed.passes).toBe(summary.totals.failed + summary.totals.dropped)
})

test('without checks or answers their figures are missing, not 0', () => {
  const report = sampleReport()
  const summary = { ...report.summary, checks: {}, responseMs: noPct, serviceMs: noPct }
  const { metrics } = JSON.parse(renderLoadPerformance({ ...report, summary }))
  expect(metrics).not.toHaveProperty('checks')
  expect(metrics.http_req_waiting).toEqual({})
})
