// Text → objective. Does not know which steps and phases a plan has: launch asks that.
//
//   objective  = [ k6 ":" ] metric [ "of" name ] op value { "in" name | ( "for" | "within" ) duration } [ "," breach ]
//   metric     = statistic | "errors" | "degraded" | "rate" | "goodput" | "recovery" | "oversold" | "duplicates" | "leaks"
//              | "lateness" statistic
//   statistic  = "p(" 0..100 ")" | "p" 0..100 | "avg" | "med" | "max"
//   op         = "<" | "<=" | ">" | ">=" | "=="
//   value      = a time ("500ms", "2s"; bare: ms) | a share ("0.1%"; bare: 0..1) | a rate ("100/s") | a whole number
//   breach     = "abort" [ "after" duration ] | "warn"
//   name       = a word of letters, digits and _ . : / -  |  a quoted string, as in JSON: "GET /p"
//   k6         = ( "http_req_duration" | "http_req_failed" | "http_reqs" ) [ "{" tag ":" text { "," tag ":" text } "}" ]
//                and then, as in k6, `rate` stands for the errors or the requests, and a bare rate is per second
//
// The metric decides the unit, and what may narrow it: `recovery` and the counts take no step, phase or span.
import type { Cursor } from './cursor.ts'
import { cursorOver, refuse, startOfNext, take } from './cursor.ts'
import { formatObjective } from './format-objective.ts'
import { freeze } from './freeze.ts'
import type { K6Scope } from './k6-scope.ts'
import { takeK6Scope } from './k6-scope.ts'
import { takeDuration, takeLimit } from './limits.ts'
import { formatMetric, metricScopes, metricUnit, takeMetric } from './metrics.ts'
import type { Metric, Objective, OnBreach, Op, Span } from './objective.ts'

/**
 * @param path where the text stands in what the user wrote, for the error.
 * @throws PlanError OBJECTIVE_INVALID at the first column that does not fit.
 */
export function parseObjective(text: string, path = ''): Objective {
  const cursor = cursorOver(text, path)
  const scope = takeK6Scope(cursor)
  if (scope !== undefined && take(cursor, /:/y) === undefined) refuse(cursor, '":" after the k6 metric')
  return takeObjective(cursor, scope)
}

/** Reads from the metric to the end of the text. In a k6 scope the metric's word, its step and its phase are the scope's. */
export function takeObjective(cursor: Cursor, scope?: K6Scope): Objective {
  const metric = scope?.takeMetric(cursor) ?? takeMetric(cursor)
  const unit = metricUnit(metric)
  const step = scope?.step ?? takeStep(cursor, metric)
  const op = takeOp(cursor, metricScopes(metric).step && step === undefined && scope === undefined)
  const limit = takeLimit(cursor, unit, scope !== undefined)
  const { phase, span } = takeClauses(cursor, metric, scope?.phase)
  const onBreach = takeBreach(cursor, metric)
  if (startOfNext(cursor) < cursor.text.length) refuse(cursor, 'the end of the objective, or "in", "for", "within", ", abort" or ", warn"')
  const read = {
    metric,
    ...(step !== undefined && { step }),
    op,
    limit,
    unit,
    ...(phase !== undefined && { phase }),
    ...(span && { span }),
    onBreach,
  }
  return freeze({ text: formatObjective(read), ...read })
}

function takeStep(cursor: Cursor, metric: Metric): string | undefined {
  const start = startOfNext(cursor)
  if (take(cursor, /of\b/y) === undefined) return undefined
  if (!metricScopes(metric).step) refuse(cursor, `no step, because ${formatMetric(metric)} is not counted by step`, start)
  return takeName(cursor, 'a step, such as checkout or "GET /p"')
}

const ops: readonly Op[] = ['<', '<=', '>', '>=', '==']

function takeOp(cursor: Cursor, mayHaveStep: boolean): Op {
  const start = startOfNext(cursor)
  const symbol = take(cursor, /[<>=!]+/y)?.[0]
  const op = ops.find((each) => each === (symbol === '===' ? '==' : symbol))
  return op ?? refuse(cursor, `${mayHaveStep ? '"of" and a step, or ' : ''}one of ${ops.join(' ')}`, start)
}

type Clauses = { readonly phase?: string; readonly span?: Span }

function takeClauses(cursor: Cursor, metric: Metric, phaseOfScope: string | undefined): Clauses {
  let found: Clauses = phaseOfScope === undefined ? {} : { phase: phaseOfScope }
  for (let next = takeClause(cursor, metric, found); next !== undefined; next = takeClause(cursor, metric, found))
    found = { ...found, ...next }
  return found
}

/** One clause that was not there before; undefined when none follows. */
function takeClause(cursor: Cursor, metric: Metric, found: Clauses): Clauses | undefined {
  const start = startOfNext(cursor)
  const word = take(cursor, /(?:in|for|within)\b/y)?.[0]
  if (word === undefined) return undefined
  const kind = word === 'in' ? 'phase' : 'span'
  if (!metricScopes(metric)[kind]) refuse(cursor, `no "${word}", because ${formatMetric(metric)} is judged over the whole run`, start)
  if (found[kind] !== undefined) refuse(cursor, kind === 'phase' ? 'one phase only' : 'one "for" or "within" only', start)
  if (kind === 'phase') return { phase: takeName(cursor, 'a phase, such as doors') }
  return { span: { kind: word === 'for' ? 'for' : 'within', lastingMs: takeSpan(cursor) } }
}

/** Results are kept by windows of one second, so a shorter span could not be judged. */
function takeSpan(cursor: Cursor): number {
  const start = startOfNext(cursor)
  const lastingMs = takeDuration(cursor)
  return lastingMs >= 1e3 ? lastingMs : refuse(cursor, 'a duration of at least 1s (results are kept by the second)', start)
}

function takeBreach(cursor: Cursor, metric: Metric): OnBreach {
  if (take(cursor, /,/y) === undefined) return { kind: 'judge' }
  const start = startOfNext(cursor)
  if (take(cursor, /warn\b/y)) return { kind: 'warn' }
  if (take(cursor, /abort\b/y) === undefined) refuse(cursor, '"abort", "abort after 10s" or "warn"')
  if (!metricScopes(metric).abort) refuse(cursor, `no "abort", because ${formatMetric(metric)} is known only at the end`, start)
  return { kind: 'abort', afterMs: take(cursor, /after\b/y) ? takeDuration(cursor) : 0 }
}

function takeName(cursor: Cursor, expected: string): string {
  const start = startOfNext(cursor)
  const [, quoted, bare] = take(cursor, /("(?:[^"\\]|\\.)*")|([\w.:/-]+)/y) ?? refuse(cursor, expected)
  const name = quoted === undefined ? bare : unquote(quoted)
  return name === undefined || name === '' ? refuse(cursor, expected, start) : name
}

function unquote(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}
