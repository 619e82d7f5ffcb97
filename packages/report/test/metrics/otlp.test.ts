import { expect, test } from 'vitest'
import { renderOtlp } from '../../src/metrics/otlp.ts'
import { RunMetrics } from '../../src/metrics/run-metrics.ts'
import { sampleCell, sampleStart, sampleWindow } from '../support/sample-window.ts'

const moment = { startedAtMs: 1_000, nowMs: 6_000, version: '1', resource: { 'service.name': 'doorbuster' } }

test('sums are cumulative and monotonic, 64-bit numbers are texts, times are nanoseconds', () => {
  const metrics = new RunMetrics(sampleStart())
  metrics.add(sampleWindow(0, [sampleCell({ okMs: [2, 300] })]))
  const { resourceMetrics } = JSON.parse(renderOtlp(metrics.metrics(), moment))
  const [{ resource, scopeMetrics }] = resourceMetrics
  expect(resource.attributes).toEqual([{ key: 'service.name', value: { stringValue: 'doorbuster' } }])
  const named = (name: string) => scopeMetrics[0].metrics.find((metric: { readonly name: string }) => metric.name === name)
  const { sum } = named('doorbuster.requests')
  expect(sum).toMatchObject({ aggregationTemporality: 2, isMonotonic: true })
  expect(sum.dataPoints[0]).toEqual({
    attributes: [
      { key: 'step', value: { stringValue: 'checkout' } },
      { key: 'outcome', value: { stringValue: 'ok' } },
    ],
    startTimeUnixNano: '1000000000',
    timeUnixNano: '6000000000',
    asDouble: 2,
  })
  const { unit, histogram } = named('doorbuster.response')
  const [point] = histogram.dataPoints
  expect(unit).toBe('s')
  expect(point).toMatchObject({ count: '2', sum: 0.302 })
  expect(point.bucketCounts.length).toBe(point.explicitBounds.length + 1)
  expect(point.bucketCounts[point.explicitBounds.indexOf(0.0025)]).toBe('1')
  expect(point.bucketCounts[point.explicitBounds.indexOf(0.5)]).toBe('1')
})

test('a metric that has no figure yet is left out', () => {
  const { resourceMetrics } = JSON.parse(renderOtlp(new RunMetrics(sampleStart()).metrics(), moment))
  const names = resourceMetrics[0].scopeMetrics[0].metrics.map(({ name }: { readonly name: string }) => name)
  expect(names).toContain('doorbuster.shoppers')
  expect(names).not.toContain('doorbuster.requests')
})
