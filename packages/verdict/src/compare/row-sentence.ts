// One row of a comparison in a sentence. Knows no tables.
import type { Bands } from './moved.ts'
import type { ComparedMetric, ComparisonRow } from './run-comparison.ts'

const names: Readonly<Record<ComparedMetric, string>> = {
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  errors: 'error share',
  goodput: 'goodput',
}

export function rowSentence(row: Omit<ComparisonRow, 'because'>, { band, matters }: Bands): string {
  const { answer, metric } = row
  const what = `${names[metric]} of ${row.of === 'run' ? 'the whole run' : row.name} went from ${figure(row.base, metric)} to ${figure(row.new, metric)}`
  const interval = `${change(row.change, metric)}, 95 % interval ${change(row.low, metric)} to ${change(row.high, metric)}`
  if (answer === 'worse') return `${what} (${interval}): worse by more than the ${size(band, metric)} that two runs may differ by`
  if (answer === 'not worse') return `${what} (${interval}): no more than the ${size(matters, metric)} that would matter`
  return `${what} (${interval}): it may be worse by more than ${size(matters, metric)}, and need not be`
}

function figure(value: number | null, metric: ComparedMetric): string {
  if (metric === 'errors') return value === null ? 'nothing' : percent(value)
  if (metric === 'goodput') return value === null ? 'nothing' : `${round(value)}/s`
  return value === null ? 'no answer' : `${round(value)} ms`
}

/** For the worse is plus, whatever the metric. */
function change(value: number | null, metric: ComparedMetric): string {
  if (value === null) return 'beyond measure'
  if (metric === 'errors') return signed(value * 100, ' points')
  return metric === 'goodput' ? signed((1 / value - 1) * 100, ' %') : signed((value - 1) * 100, ' %')
}

function size(value: number, metric: ComparedMetric): string {
  return metric === 'errors' ? `${round(value * 100)} points` : `${round(Math.expm1(value) * 100)} %`
}

function signed(value: number, unit: string): string {
  const text = round(Math.abs(value))
  if (text === '0') return `±0${unit}`
  return `${value < 0 ? '−' : '+'}${text}${unit}`
}

function percent(ratio: number): string {
  return `${round(ratio * 100)} %`
}

function round(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-GB', { maximumFractionDigits: 6 })
}
