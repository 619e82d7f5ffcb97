// Metrics as a Prometheus server scrapes them: its own text format 0.0.4, or OpenMetrics 1.0. Knows nothing of HTTP.
// https://prometheus.io/docs/instrumenting/exposition_formats/ and https://prometheus.io/docs/specs/om/open_metrics_spec/
import type { HistogramPoint, Labels, Metric } from './metric.ts'

export type PrometheusForm = 'text' | 'openmetrics'

export const prometheusContentTypes: Readonly<Record<PrometheusForm, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

/** What a scraper's `accept` header asks for. */
export function prometheusForm(accept: string | undefined): PrometheusForm {
  return accept?.includes('application/openmetrics-text') === true ? 'openmetrics' : 'text'
}

export function renderPrometheus(metrics: readonly Metric[], form: PrometheusForm): string {
  return metrics.map((metric) => family(metric, form)).join('') + (form === 'openmetrics' ? '# EOF\n' : '')
}

function family(metric: Metric, form: PrometheusForm): string {
  const name = metric.unit === null ? metric.name : `${metric.name}_${metric.unit}`
  const sampleName = metric.kind === 'counter' ? `${name}_total` : name
  // The text format calls a counter by its samples' name, OpenMetrics by the name without its ending.
  const familyName = form === 'text' ? sampleName : name
  const unit = form === 'openmetrics' && metric.unit !== null ? `# UNIT ${familyName} ${metric.unit}\n` : ''
  const samples =
    metric.kind === 'histogram'
      ? metric.points.map((point) => histogramSamples(name, metric.boundsSeconds, point))
      : metric.points.map(({ labels, value }) => `${sampleName}${labelled(labels)} ${value}\n`)
  return `# HELP ${familyName} ${escaped(metric.help)}\n# TYPE ${familyName} ${metric.kind}\n${unit}${samples.join('')}`
}

function histogramSamples(name: string, bounds: readonly number[], { labels, counts, count, sum }: HistogramPoint): string {
  let within = 0
  const buckets = counts.map((here, index) => {
    within += here
    const bound = bounds[index]
    return `${name}_bucket${labelled({ ...labels, le: bound === undefined ? '+Inf' : String(bound) })} ${within}\n`
  })
  return `${buckets.join('')}${name}_sum${labelled(labels)} ${sum}\n${name}_count${labelled(labels)} ${count}\n`
}

function labelled(labels: Labels): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length === 0 ? '' : `{${all.join(',')}}`
}

/** Only these three signs end or break a label's value; everything else is UTF-8 as it is. */
function escaped(text: string): string {
  return text.toWellFormed().replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))
}
