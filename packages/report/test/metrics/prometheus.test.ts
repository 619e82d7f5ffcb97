import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prometheusForm, renderPrometheus } from '../../src/metrics/prometheus.ts'
import { RunMetrics } from '../../src/metrics/run-metrics.ts'
import { anyText, hostileTexts } from '../support/hostile.ts'
import { sampleCell, sampleStart, sampleWindow } from '../support/sample-window.ts'

const metricsOf = (...cells: readonly Parameters<typeof sampleCell>[0][]): RunMetrics => {
  const metrics = new RunMetrics(sampleStart())
  for (const [index, cell] of cells.entries()) metrics.add(sampleWindow(index, [sampleCell(cell)]))
  return metrics
}
const textOf = (metrics: RunMetrics): string => renderPrometheus(metrics.metrics(), 'text')

test('counters add up over windows, by step and outcome', () => {
  const text = textOf(metricsOf({ okMs: [1, 2] }, { okMs: [3], failedMs: [9], causes: { 'status:503': 1 } }, { dropped: 2 }))
  expect(text).toContain('doorbuster_requests_total{step="checkout",outcome="ok"} 3\n')
  expect(text).toContain('doorbuster_requests_total{step="checkout",outcome="failed"} 1\n')
  expect(text).toContain('doorbuster_requests_total{step="checkout",outcome="dropped"} 2\n')
  expect(text).toContain('doorbuster_requests_due_total{step="checkout"} 6\n')
  expect(text).toContain('doorbuster_failures_total{step="checkout",cause="status:503"} 1\n')
  expect(text).toContain('doorbuster_shoppers_total{state="gave-up"} 3\n')
})

test('buckets are cumulative, a bound holds its own value, and the last holds everything', () => {
  const text = textOf(metricsOf({ okMs: [1, 4, 4, 70_000] }))
  const bucket = (le: string): string => `doorbuster_response_seconds_bucket{step="checkout",le="${le}"}`
  expect(text).toContain(`${bucket('0.001')} 1\n`)
  expect(text).toContain(`${bucket('0.0025')} 1\n`)
  expect(text).toContain(`${bucket('0.005')} 3\n`)
  expect(text).toContain(`${bucket('60')} 3\n`)
  expect(text).toContain(`${bucket('+Inf')} 4\n`)
  expect(text).toContain('doorbuster_response_seconds_count{step="checkout"} 4\n')
  expect(text).toContain('doorbuster_response_seconds_sum{step="checkout"} 70.009\n')
})

test('OpenMetrics names the family of a counter without its ending, tells units and ends', () => {
  const text = renderPrometheus(metricsOf({ okMs: [1] }).metrics(), prometheusForm('application/openmetrics-text; version=1.0.0'))
  expect(text).toContain('# TYPE doorbuster_requests counter\n')
  expect(text).toContain('# UNIT doorbuster_response_seconds seconds\n')
  expect(text.endsWith('# EOF\n')).toBe(true)
  expect(prometheusForm('text/plain')).toBe('text')
  expect(prometheusForm(undefined)).toBe('text')
})

test('no name of a step or cause makes a line of its own', () => {
  const shape = textOf(metricsOf({ step: 'a', okMs: [1], causes: { b: 1 } }))
    .split('\n')
    .map((line) => line.replace(/\{.*/, ''))
  fc.assert(
    fc.property(anyText, anyText, (step, cause) => {
      const lines = textOf(metricsOf({ step, okMs: [1], causes: { [cause]: 1 } })).split('\n')
      expect(lines.map((line) => line.replace(/\{.*/s, ''))).toEqual(shape)
      for (const line of lines.filter((one) => one.includes('{'))) expect(line).toMatch(/\{(?:\w+="(?:[^"\\]|\\[\\n"])*",?)+\} [\d.e+-]+$/)
    }),
    { numRuns: 50, examples: hostileTexts.map((text) => [text, text]) },
  )
})

test('causes beyond a limit are counted together and none is lost', () => {
  const causes = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`reset ${index}`, 1]))
  const points =
    metricsOf({ causes })
      .metrics()
      .find(({ name }) => name === 'doorbuster_failures')?.points ?? []
  expect(points.length).toBe(301)
  expect(points.reduce((sum, point) => sum + ('value' in point ? point.value : 0), 0)).toBe(1_000)
})

test('after its end nothing is under way', () => {
  const metrics = metricsOf({ okMs: [1] })
  expect(textOf(metrics)).toContain('doorbuster_in_flight 2.5\n')
  metrics.end()
  expect(textOf(metrics)).toContain('doorbuster_in_flight 0\n')
  expect(textOf(metrics)).toContain('doorbuster_ended 1\n')
})
