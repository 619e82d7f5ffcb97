// The metrics an objective can name: their words, units and scopes. Knows nothing of limits, phases or how they are measured.
import type { Cursor } from './cursor.ts'
import { refuse, startOfNext, take } from './cursor.ts'
import { formatName, takeName } from './names.ts'
import type { Metric, ObjectiveOf, Unit } from './objective.ts'
import { formatStatistic, statisticWords, takeStatistic } from './statistics.ts'

const words: Readonly<Record<string, Metric>> = {
  errors: { kind: 'errors' },
  degraded: { kind: 'degraded' },
  rate: { kind: 'rate' },
  goodput: { kind: 'goodput' },
  finished: { kind: 'finished' },
  'gave-up': { kind: 'gave-up' },
  'turned-away': { kind: 'turned-away' },
  amplification: { kind: 'amplification' },
  recovery: { kind: 'recovery' },
  collapse: { kind: 'collapse' },
  hysteresis: { kind: 'hysteresis' },
  'herd-penalty': { kind: 'herd-penalty' },
  stampede: { kind: 'stampede' },
  stopped: { kind: 'stopped' },
  oversold: { kind: 'ledger', of: 'oversold' },
  duplicates: { kind: 'ledger', of: 'duplicates' },
  mismatches: { kind: 'ledger', of: 'mismatches' },
  leaks: { kind: 'ledger', of: 'leaks' },
  'personal-data': { kind: 'findings', of: 'personal-data' },
  'shared-sessions': { kind: 'findings', of: 'shared-sessions' },
  'open-doors': { kind: 'findings', of: 'open-doors' },
}

const metricWords = `a metric: p(0..100), p95, avg, med, max, ${Object.keys(words).join(', ')}, counter "name", trend "name" p(95) or lateness p(99), target.cpu`

const unitOf: Readonly<Record<Metric['kind'], Unit>> = {
  response: 'ms',
  'degraded-response': 'ms',
  lateness: 'ms',
  recovery: 'ms',
  collapse: 'ms',
  errors: 'ratio',
  degraded: 'ratio',
  finished: 'ratio',
  'gave-up': 'ratio',
  'turned-away': 'ratio',
  stopped: 'ratio',
  rate: 'perSec',
  goodput: 'perSec',
  amplification: 'factor',
  hysteresis: 'factor',
  'herd-penalty': 'factor',
  stampede: 'factor',
  ledger: 'count',
  findings: 'count',
  counter: 'number',
  trend: 'number',
  target: 'number',
}

/** The unit in which a metric's limit is kept. A trend's may be `ms` as well, a target's any that its limit is written in. */
export function metricUnit({ kind }: Metric): Unit {
  return unitOf[kind]
}

export type MetricScopes = {
  readonly step: boolean
  /** What `of` may name beside a step. */
  readonly of: readonly ObjectiveOf['by'][]
  readonly phase: boolean
  readonly span: boolean
  readonly abort: boolean
}

const everyone: MetricScopes['of'] = ['class', 'device', 'group', 'answered-by']
const scopesOf: Readonly<Record<'requests' | 'tries' | 'degraded' | 'visits' | 'instrument' | 'numbers' | 'counts' | 'end', MetricScopes>> =
  {
    requests: { step: true, of: everyone, phase: true, span: true, abort: true },
    tries: { step: true, of: ['class', 'device'], phase: true, span: true, abort: true },
    degraded: { step: true, of: [], phase: true, span: true, abort: true },
    visits: { step: false, of: ['class', 'device'], phase: true, span: true, abort: true },
    instrument: { step: false, of: [], phase: true, span: true, abort: true },
    numbers: { step: false, of: [], phase: false, span: true, abort: true },
    counts: { step: false, of: [], phase: false, span: false, abort: true },
    end: { step: false, of: [], phase: false, span: false, abort: false },
  }

/**
 * What can narrow a metric. What compares parts of a run, and the counts, belong to the whole run; lateness is the instrument's, not a step's, and a series is the target's;
 * a journey's own numbers are counted by the second, and by nothing else.
 */
export function metricScopes({ kind }: Metric): MetricScopes {
  switch (kind) {
    case 'amplification':
      return scopesOf.tries
    case 'degraded-response':
      return scopesOf.degraded
    case 'finished':
    case 'gave-up':
    case 'turned-away':
      return scopesOf.visits
    case 'lateness':
    case 'target':
      return scopesOf.instrument
    case 'stopped':
    case 'counter':
    case 'trend':
      return scopesOf.numbers
    case 'ledger':
    case 'findings':
      return scopesOf.counts
    case 'recovery':
    case 'collapse':
    case 'hysteresis':
    case 'herd-penalty':
    case 'stampede':
      return scopesOf.end
    default:
      return scopesOf.requests
  }
}

export function takeMetric(cursor: Cursor): Metric {
  const statistic = takeStatistic(cursor)
  if (statistic !== undefined) return { kind: 'response', at: statistic }
  const start = startOfNext(cursor)
  const word = take(cursor, /[A-Za-z_][\w-]*/y)?.[0] ?? ''
  if (word === 'lateness') return { kind: 'lateness', at: takeStatistic(cursor) ?? refuse(cursor, `${statisticWords} of the lateness`) }
  if (word === 'counter') return { kind: 'counter', name: takeName(cursor, 'the name of a counter, such as cart.value') }
  if (word === 'trend') return takeTrend(cursor)
  if (word === 'target') return takeTarget(cursor)
  const metric = Object.hasOwn(words, word) ? words[word] : undefined
  const at = metric?.kind === 'degraded' ? takeStatistic(cursor) : undefined
  return at === undefined ? (metric ?? refuse(cursor, metricWords, start)) : { kind: 'degraded-response', at }
}

function takeTarget(cursor: Cursor): Metric {
  const name = take(cursor, /\.([\w:-]+(?:\.[\w:-]+)*)/y)?.[1]
  return name === undefined ? refuse(cursor, '"." and the name of a series, such as target.cpu') : { kind: 'target', name }
}

function takeTrend(cursor: Cursor): Metric {
  const name = takeName(cursor, 'the name of a trend, such as first-offer')
  return { kind: 'trend', name, at: takeStatistic(cursor) ?? refuse(cursor, `${statisticWords} of the trend`) }
}

/** The metric's one canonical spelling. */
export function formatMetric(metric: Metric): string {
  switch (metric.kind) {
    case 'ledger':
    case 'findings':
      return metric.of
    case 'response':
      return formatStatistic(metric.at)
    case 'degraded-response':
      return `degraded ${formatStatistic(metric.at)}`
    case 'lateness':
      return `lateness ${formatStatistic(metric.at)}`
    case 'counter':
      return `counter ${formatName(metric.name)}`
    case 'target':
      return `target.${metric.name}`
    case 'trend':
      return `trend ${formatName(metric.name)} ${formatStatistic(metric.at)}`
    default:
      return metric.kind
  }
}
