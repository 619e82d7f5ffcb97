// The metrics an objective can name: their words, units and scopes. Knows nothing of limits, phases or how they are measured.
import type { Cursor } from './cursor.ts'
import { refuse, startOfNext, take } from './cursor.ts'
import type { Metric, Unit } from './objective.ts'
import { formatCount } from './units.ts'

const words: Readonly<Record<string, Metric>> = {
  errors: { kind: 'errors' },
  degraded: { kind: 'degraded' },
  rate: { kind: 'rate' },
  goodput: { kind: 'goodput' },
  recovery: { kind: 'recovery' },
  oversold: { kind: 'ledger', of: 'oversold' },
  duplicates: { kind: 'ledger', of: 'duplicates' },
  leaks: { kind: 'ledger', of: 'leaks' },
}

const statisticWords = 'p(0..100), p95, avg, med or max'
const metricWords = `a metric: p(0..100), p95, avg, med, max, ${Object.keys(words).join(', ')} or lateness p(99)`

const unitOf: Readonly<Record<Metric['kind'], Unit>> = {
  response: 'ms',
  lateness: 'ms',
  recovery: 'ms',
  errors: 'ratio',
  degraded: 'ratio',
  rate: 'perSec',
  goodput: 'perSec',
  ledger: 'count',
}

/** The unit in which a metric's limit is kept. */
export function metricUnit({ kind }: Metric): Unit {
  return unitOf[kind]
}

/** What can narrow a metric. A recovery and the ledger's counts belong to the whole run; lateness is the instrument's, not a step's. */
export function metricScopes({ kind }: Metric): {
  readonly step: boolean
  readonly phase: boolean
  readonly span: boolean
  readonly abort: boolean
} {
  const wholeRun = kind === 'recovery' || kind === 'ledger'
  return { step: !wholeRun && kind !== 'lateness', phase: !wholeRun, span: !wholeRun, abort: kind !== 'recovery' }
}

export function takeMetric(cursor: Cursor): Metric {
  const statistic = takeStatistic(cursor)
  if (statistic !== undefined) return { kind: 'response', at: statistic }
  const start = startOfNext(cursor)
  const word = take(cursor, /[A-Za-z_]\w*/y)?.[0] ?? ''
  if (word === 'lateness') return { kind: 'lateness', at: takeStatistic(cursor) ?? refuse(cursor, `${statisticWords} of the lateness`) }
  return (Object.hasOwn(words, word) ? words[word] : undefined) ?? refuse(cursor, metricWords, start)
}

/** `p(95)`, `p95`, `avg`, `med` or `max`; undefined when something else stands there. */
export function takeStatistic(cursor: Cursor): 'avg' | 'max' | number | undefined {
  const word = take(cursor, /(?:avg|med|max)\b/y)?.[0]
  if (word === 'med') return 50
  if (word === 'avg' || word === 'max') return word
  if (take(cursor, /p\(/y) === undefined) return take(cursor, /p(?=\d)/y) && takePercent(cursor)
  const percent = takePercent(cursor)
  if (take(cursor, /\)/y) === undefined) refuse(cursor, '")" after the percentile')
  return percent
}

function takePercent(cursor: Cursor): number {
  const start = startOfNext(cursor)
  const percent = Number(take(cursor, /\d+(?:\.\d+)?/y)?.[0] ?? Number.NaN)
  return percent >= 0 && percent <= 100 ? percent : refuse(cursor, 'a percentile from 0 to 100, such as p(95) or p(99.9)', start)
}

/** The metric's one canonical spelling. */
export function formatMetric(metric: Metric): string {
  if (metric.kind === 'ledger') return metric.of
  if (metric.kind !== 'response' && metric.kind !== 'lateness') return metric.kind
  const statistic = typeof metric.at === 'number' ? `p(${formatCount(metric.at)})` : metric.at
  return metric.kind === 'lateness' ? `lateness ${statistic}` : statistic
}
