// Text → objective. Does not know which steps and phases a plan has: launch asks that.
//
//   objective  = [ k6 ":" ] metric [ "of" scope ] op value { "in" name | ( "for" | "within" ) duration } [ "," breach ]
//   metric     = statistic | "errors" | "degraded" [ statistic ] | "rate" | "goodput" | "lateness" statistic
//              | "finished" | "gave-up" | "turned-away" | "stopped"
//              | "amplification" | "recovery" | "collapse" | "hysteresis" | "herd-penalty" | "stampede"
//              | "oversold" | "duplicates" | "mismatches" | "leaks" | "personal-data" | "shared-sessions" | "open-doors"
//              | "counter" name | "trend" name statistic | "target." [ page "." ] series
//   statistic  = "p(" 0..100 ")" | "p" 0..100 | "avg" | "med" | "max"
//   scope      = name | ( "class" | "device" | "group" | "answered-by" ) name
//   op         = "<" | "<=" | ">" | ">=" | "=="
//   value      = a time ("500ms", "2s"; bare: ms) | a share ("0.1%"; bare: 0..1) | a rate ("100/s") | a whole number
//              | so many times ("1.2", "1.2x") | any number, or a time, of a counter, trend or series ("120", "2s")
//   breach     = "abort" [ "after" duration ] | "warn"
//   name       = a word of letters, digits and _ . : / -  |  a quoted string, as in JSON: "GET /p"
//   k6         = ( "http_req_duration" | "http_req_failed" | "http_reqs" ) [ "{" tag ":" text { "," tag ":" text } "}" ]
//                and then, as in k6, `rate` stands for the errors or the requests, and a bare rate is per second
//
// The metric decides the unit, and what may narrow it: what compares parts of the run, and the counts, take no scope, phase or span.
// A bare name after "of" is read as a step's; objective-scope.ts knows the plan, and makes it the class, device or group that it is.
import type { Cursor } from './cursor.ts'
import { cursorOver, refuse, startOfNext, take } from './cursor.ts'
import { formatObjective } from './format-objective.ts'
import { freeze } from './freeze.ts'
import type { K6Scope } from './k6-scope.ts'
import { takeK6Scope } from './k6-scope.ts'
import { peekTargetUnit, peekTrendUnit, takeDuration, takeLimit } from './limits.ts'
import { formatMetric, metricScopes, metricUnit, takeMetric } from './metrics.ts'
import { takeName } from './names.ts'
import type { Metric, Objective, ObjectiveOf, OnBreach, Op, Span, Unit } from './objective.ts'

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
  const scoped = scope?.step === undefined ? takeScope(cursor, metric) : { step: scope.step }
  const mayBeNarrowed = metricScopes(metric).step && scoped.step === undefined && scoped.of === undefined && scope === undefined
  const op = takeOp(cursor, mayBeNarrowed)
  const unit = takesUnit(cursor, metric)
  const limit = takeLimit(cursor, unit, scope !== undefined)
  const { phase, span } = takeClauses(cursor, metric, scope?.phase)
  const onBreach = takeBreach(cursor, metric)
  if (startOfNext(cursor) < cursor.text.length) refuse(cursor, 'the end of the objective, or "in", "for", "within", ", abort" or ", warn"')
  const read = {
    metric,
    ...scoped,
    op,
    limit,
    unit,
    ...(phase !== undefined && { phase }),
    ...(span && { span }),
    onBreach,
  }
  return freeze({ text: formatObjective(read), ...read })
}

function takesUnit(cursor: Cursor, metric: Metric): Unit {
  if (metric.kind === 'target') return peekTargetUnit(cursor)
  return metric.kind === 'trend' ? peekTrendUnit(cursor) : metricUnit(metric)
}

type Scoped = { readonly step?: string; readonly of?: ObjectiveOf }

const kinds = ['class', 'device', 'group', 'answered-by'] as const

function takeScope(cursor: Cursor, metric: Metric): Scoped {
  const start = startOfNext(cursor)
  if (take(cursor, /of\b/y) === undefined) return {}
  const allowed = metricScopes(metric)
  if (!allowed.step && allowed.of.length === 0) refuse(cursor, `no step, because ${formatMetric(metric)} is not counted by step`, start)
  const kindStart = startOfNext(cursor)
  // A step may be called "class": then no name follows the word.
  const word = take(cursor, /(?:class|device|group|answered-by)(?=\s+["\w./:-])/y)?.[0]
  const by = kinds.find((each) => each === word)
  if (by === undefined) return { step: takeName(cursor, 'a step, such as checkout or "GET /p"') }
  if (!allowed.of.includes(by)) refuse(cursor, `no "${by}", because ${formatMetric(metric)} is not counted by it`, kindStart)
  return { of: { by, name: takeName(cursor, `the name of a ${by}`) } }
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
