// Metrics as an OTLP/HTTP receiver takes them in JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
// Sums since the run's start (cumulative), so that a lost export costs nothing. Knows nothing of HTTP.
import type { HistogramPoint, Labels, Metric } from './metric.ts'

export type OtlpMoment = {
  readonly startedAtMs: number
  readonly nowMs: number
  readonly version: string
  /** Attributes of the resource, `service.name` among them. */
  readonly resource: Labels
}

/** `AGGREGATION_TEMPORALITY_CUMULATIVE` */
const cumulative = 2

/** Body of one POST to `/v1/metrics`. */
export function renderOtlp(metrics: readonly Metric[], { startedAtMs, nowMs, version, resource }: OtlpMoment): string {
  const span = { startTimeUnixNano: nanoseconds(startedAtMs), timeUnixNano: nanoseconds(nowMs) }
  const told = metrics.filter(({ points }) => points.length > 0).map((metric) => oneMetric(metric, span))
  const scopeMetrics = [{ scope: { name: 'doorbuster', version }, metrics: told }]
  return JSON.stringify({ resourceMetrics: [{ resource: { attributes: attributes(resource) }, scopeMetrics }] })
}

type Span = { readonly startTimeUnixNano: string; readonly timeUnixNano: string }

function oneMetric(metric: Metric, span: Span): unknown {
  const about = { name: metric.name.replace('_', '.'), description: metric.help, unit: metric.unit === 'seconds' ? 's' : '1' }
  if (metric.kind === 'histogram') {
    const dataPoints = metric.points.map((point) => histogramPoint(point, metric.boundsSeconds, span))
    return { ...about, histogram: { aggregationTemporality: cumulative, dataPoints } }
  }
  const dataPoints = metric.points.map(({ labels, value }) => ({ attributes: attributes(labels), ...span, asDouble: value }))
  if (metric.kind === 'gauge') return { ...about, gauge: { dataPoints } }
  return { ...about, sum: { aggregationTemporality: cumulative, isMonotonic: true, dataPoints } }
}

function histogramPoint({ labels, counts, count, sum }: HistogramPoint, explicitBounds: readonly number[], span: Span): unknown {
  // Whole numbers of 64 bits are texts in this form.
  return { attributes: attributes(labels), ...span, count: String(count), sum, bucketCounts: counts.map(String), explicitBounds }
}

function attributes(labels: Labels): readonly unknown[] {
  return Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: value } }))
}

function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`
}
