// How one figure is made of what a target's metrics page says: text → rule, and back. Knows nothing of pages, sockets or what the figure means.
//
//   series  = [ "1" "-" ] term [ "/" term ] [ "of" count ]
//   term    = [ "sum" | "max" | "min" | "avg" ] [ "rate" ] metric [ "{" matcher { "," matcher } "}" ]
//   matcher = label ( "=" | "!=" ) string          "idle|iowait": either of them
//
// Counters are told as a rate per second whether or not `rate` says so; it is for a counter that does not declare itself one. Without a word
// before it, a metric's series are added up. "of 64" makes a share of it: 64 is all there is.
import type { Cursor } from './cursor.ts'
import { cursorOver, refuse, startOfNext, take } from './cursor.ts'
import { freeze } from './freeze.ts'
import { PlanError, problem } from './problems.ts'
import { formatCount, parseCount } from './units.ts'

export type SeriesMatcher = { readonly label: string; readonly is: boolean; readonly values: readonly string[] }

export type SeriesTerm = {
  readonly fold: 'sum' | 'max' | 'min' | 'avg'
  readonly isRate: boolean
  readonly metric: string
  readonly where: readonly SeriesMatcher[]
}

export type SeriesRule = {
  /** Canonical text; parses back to the same rule. */
  readonly text: string
  /** 1 − what follows: what is not idle is busy. */
  readonly isComplement: boolean
  readonly of: SeriesTerm
  readonly over?: SeriesTerm
  /** What the value can be at most, above zero. */
  readonly outOf?: number
}

/** @throws PlanError OBJECTIVE_INVALID */
export function parseSeries(text: string): SeriesRule {
  const cursor = cursorOver(text, '')
  try {
    return readSeries(cursor)
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
    throw new PlanError(
      'PLAN_INVALID',
      error.problems.map(({ path, expected }) => problem('', `${expected} at ${path}`, text)),
    )
  }
}

function readSeries(cursor: Cursor): SeriesRule {
  const isComplement = take(cursor, /1\s*-/y) !== undefined
  const of = takeTerm(cursor)
  const over = take(cursor, /\//y) === undefined ? undefined : takeTerm(cursor)
  const outOf = take(cursor, /of\b/y) === undefined ? undefined : takeMost(cursor)
  if (startOfNext(cursor) < cursor.text.length) refuse(cursor, '"/" and a metric, "of" and a number, or the end')
  const rule = { isComplement, of, ...(over && { over }), ...(outOf !== undefined && { outOf }) }
  return freeze({ text: formatSeries(rule), ...rule })
}

const folds = ['sum', 'max', 'min', 'avg'] as const

function takeTerm(cursor: Cursor): SeriesTerm {
  const word = take(cursor, /(?:sum|max|min|avg)(?=\s+[A-Za-z_:])/y)?.[0]
  const isRate = take(cursor, /rate(?=\s+[A-Za-z_:])/y) !== undefined
  const metric = take(cursor, /[A-Za-z_:][\w:]*/y)?.[0] ?? refuse(cursor, 'the name of a metric, such as node_load1')
  return { fold: folds.find((fold) => fold === word) ?? 'sum', isRate, metric, where: takeMatchers(cursor) }
}

function takeMatchers(cursor: Cursor): readonly SeriesMatcher[] {
  if (take(cursor, /\{/y) === undefined) return []
  const found = [takeMatcher(cursor)]
  while (take(cursor, /,/y) !== undefined) found.push(takeMatcher(cursor))
  if (take(cursor, /\}/y) === undefined) refuse(cursor, '"," or "}" after the label')
  return found
}

function takeMatcher(cursor: Cursor): SeriesMatcher {
  const label = take(cursor, /[A-Za-z_]\w*/y)?.[0] ?? refuse(cursor, 'the name of a label, such as mode')
  const op = take(cursor, /!?=/y)?.[0] ?? refuse(cursor, '"=" or "!=" after the label')
  const start = startOfNext(cursor)
  const quoted = take(cursor, /"(?:[^"\\]|\\.)*"/y)?.[0] ?? refuse(cursor, 'a value in quotes')
  return { label, is: op === '=', values: (unquoted(quoted) ?? refuse(cursor, 'a value quoted as in JSON', start)).split('|') }
}

function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}

function takeMost(cursor: Cursor): number {
  const start = startOfNext(cursor)
  const word = take(cursor, /[^\s]+/y)?.[0] ?? ''
  const most = countIn(word)
  return most > 0 ? most : refuse(cursor, 'a number above zero, such as 64 or 2M', start)
}

function countIn(word: string): number {
  try {
    return parseCount(word)
  } catch (error) {
    if (error instanceof PlanError) return 0
    throw error
  }
}

function formatSeries({ isComplement, of, over, outOf }: Omit<SeriesRule, 'text'>): string {
  const parts = [isComplement ? '1 -' : '', formatTerm(of), over === undefined ? '' : `/ ${formatTerm(over)}`]
  return [...parts, outOf === undefined ? '' : `of ${formatCount(outOf)}`].filter((part) => part !== '').join(' ')
}

function formatTerm({ fold, isRate, metric, where }: SeriesTerm): string {
  const matchers = where.map(({ label, is, values }) => `${label}${is ? '=' : '!='}${JSON.stringify(values.join('|'))}`)
  const labels = matchers.length === 0 ? '' : `{${matchers.join(',')}}`
  return `${fold === 'sum' ? '' : `${fold} `}${isRate ? 'rate ' : ''}${metric}${labels}`
}
