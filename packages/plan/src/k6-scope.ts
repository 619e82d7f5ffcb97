// The metric names of k6 that we read as our own, with their tags: `http_req_duration{name:checkout}`. Knows nothing of limits.
import type { Cursor } from './cursor.ts'
import { refuse, startOfNext, take } from './cursor.ts'
import type { Metric } from './objective.ts'
import { takeStatistic } from './statistics.ts'

/** What a k6 metric name fixes: where it looks, and how the word before the operator names our metric. */
export type K6Scope = { readonly step?: string; readonly phase?: string; readonly takeMetric: (cursor: Cursor) => Metric }

const metricOf: Readonly<Record<string, K6Scope['takeMetric']>> = {
  http_req_duration: (cursor) => ({
    kind: 'response',
    at: takeStatistic(cursor) ?? refuse(cursor, 'p(0..100), avg, med or max after http_req_duration'),
  }),
  http_req_failed: (cursor) => takeRate(cursor, 'http_req_failed', { kind: 'errors' }),
  http_reqs: (cursor) => takeRate(cursor, 'http_reqs', { kind: 'rate' }),
}

function takeRate(cursor: Cursor, name: string, metric: Metric): Metric {
  return take(cursor, /rate\b/y) ? metric : refuse(cursor, `"rate" after ${name}`)
}

const knownNames = `one of the k6 metrics known here: ${Object.keys(metricOf).join(', ')}`

/** Undefined, and no move, when the text does not start like a k6 metric. Throws OBJECTIVE_INVALID for a name or tag that is not known here. */
export function takeK6Scope(cursor: Cursor): K6Scope | undefined {
  const start = startOfNext(cursor)
  const name = take(cursor, /[a-z]\w*(?=\s*[{:])/y)?.[0]
  if (name === undefined) return undefined
  const takeMetric = Object.hasOwn(metricOf, name) ? metricOf[name] : undefined
  return { ...takeTags(cursor), takeMetric: takeMetric ?? refuse(cursor, knownNames, start) }
}

const scopeOfTag: Readonly<Record<string, 'step' | 'phase'>> = { name: 'step', step: 'step', phase: 'phase' }

function takeTags(cursor: Cursor): { step?: string; phase?: string } {
  const scope: { step?: string; phase?: string } = {}
  if (take(cursor, /\{/y) === undefined) return scope
  do {
    const start = startOfNext(cursor)
    const [, tag = '', value = ''] = take(cursor, /(\w+)\s*:\s*([^,{}]*[^,{}\s])/y) ?? []
    const part = Object.hasOwn(scopeOfTag, tag) ? scopeOfTag[tag] : undefined
    if (part === undefined || scope[part] !== undefined)
      refuse(cursor, 'a tag {name:…} or {step:…} for a step, {phase:…} for a phase, each once', start)
    scope[part] = value
  } while (take(cursor, /,/y))
  if (take(cursor, /\}/y) === undefined) refuse(cursor, '"}" after the tags')
  return scope
}
