// An objective's limit as text and as a number in its metric's unit. Knows nothing of what is measured.
import type { Cursor } from './cursor.ts'
import { refuse, startOfNext, take } from './cursor.ts'
import type { Unit } from './objective.ts'
import { PlanError } from './problems.ts'
import { formatCount, formatDuration, formatRate, parseDuration, parseRate } from './units.ts'

const expected: Readonly<Record<Unit, string>> = {
  ms: 'a time such as 500ms or 2s (a bare number means ms)',
  ratio: 'a share such as 0.1%, or a bare ratio from 0 to 1',
  perSec: 'a rate such as 100/s or 1200/m',
  count: 'a whole number without a unit',
  factor: 'a number of times, such as 1.2 or 1.2x',
  number: 'a number without a unit',
}

const bareNumber = /^\d[\d_]*(?:\.\d+)?$/

/** The limit in `unit`. `bareRate`: k6 writes rates per second without saying so. */
export function takeLimit(cursor: Cursor, unit: Unit, bareRate = false): number {
  const start = startOfNext(cursor)
  const word = take(cursor, /[^\s,]+/y)?.[0] ?? ''
  const limit = bareRate && unit === 'perSec' && bareNumber.test(word) ? numberOf(word) : readers[unit](word)
  return limit !== undefined && Number.isFinite(limit) ? limit : refuse(cursor, expected[unit], start)
}

/** Of a number whose unit only its limit knows: a time when it is written as one. Nothing is taken. */
export function peekTrendUnit({ text, at }: Cursor): Unit {
  return /^\s*\d[\d_.]*(?:ms|[smhd])/.test(text.slice(at)) ? 'ms' : 'number'
}

/** Of a series of the target: as the limit is written, a share, a time, a rate, or a number as it stands there. */
export function peekTargetUnit(cursor: Cursor): Unit {
  const word = /^\s*([^\s,]*)/.exec(cursor.text.slice(cursor.at))?.[1] ?? ''
  if (word.endsWith('%')) return 'ratio'
  return word.includes('/') ? 'perSec' : peekTrendUnit(cursor)
}

/** A length of time, fractional ms. */
export function takeDuration(cursor: Cursor): number {
  return takeLimit(cursor, 'ms')
}

const readers: Readonly<Record<Unit, (word: string) => number | undefined>> = {
  ms: (word) => (bareNumber.test(word) ? numberOf(word) : attempt(() => parseDuration(word))),
  ratio: readRatio,
  perSec: (word) => attempt(() => parseRate(word)),
  count: (word) => (/^\d[\d_]*$/.test(word) ? numberOf(word) : undefined),
  factor: (word) => readNumber(word.replace(/x$/, '')),
  number: (word) => (word.startsWith('-') ? negative(readNumber(word.slice(1))) : readNumber(word)),
}

function readNumber(word: string): number | undefined {
  return bareNumber.test(word) ? numberOf(word) : undefined
}

function negative(value: number | undefined): number | undefined {
  return value === undefined || value === 0 ? value : -value
}

function readRatio(word: string): number | undefined {
  const digits = word.replace(/%$/, '')
  if (!bareNumber.test(digits)) return undefined
  const ratio = digits === word ? numberOf(digits) : numberOf(digits) / 100
  return ratio <= 1 ? ratio : undefined
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll('_', ''))
}

function attempt(parse: () => number): number | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof PlanError) return undefined
    throw error
  }
}

/** Text that reads back to exactly the same limit. */
export function formatLimit(limit: number, unit: Unit): string {
  if (unit === 'ms') return formatDuration(limit)
  if (unit === 'perSec') return formatRate(limit)
  if (unit !== 'ratio') return limit < 0 ? `-${formatCount(-limit)}` : formatCount(limit)
  // 7 % is 0.07, and 0.07 × 100 is 7.000000000000001: round to what was meant, and fall back to the bare ratio when that loses a bit.
  const percent = formatCount(Number((limit * 100).toPrecision(12)))
  return Number(percent) / 100 === limit ? `${percent}%` : formatCount(limit)
}
