// A percentile, a mean or a maximum as a word of an objective. Knows nothing of what it is taken of.
import type { Cursor } from './cursor.ts'
import { refuse, startOfNext, take } from './cursor.ts'
import { formatCount } from './units.ts'

export type Statistic = 'avg' | 'max' | number

export const statisticWords = 'p(0..100), p95, avg, med or max'

/** `p(95)`, `p95`, `avg`, `med` or `max`; undefined when something else stands there. */
export function takeStatistic(cursor: Cursor): Statistic | undefined {
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

export function formatStatistic(at: Statistic): string {
  return typeof at === 'number' ? `p(${formatCount(at)})` : at
}
