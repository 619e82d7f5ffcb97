// Calendar days and moments as text, `2026-11-20`, `2026-11-27T08:00:00+11:00`. Reads no clock: today and now come from whoever asks.
import { PlanError, problem } from './problems.ts'
import { parseDuration } from './units.ts'

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the text is a day of the (Gregorian) calendar. Such texts order as the days do. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  return day >= 1 && day <= lengthOfMonth(year, month)
}

function lengthOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (daysOfMonth[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0)
}

/** The day `days` (≥ 0) after another. */
export function daysAfter(date: string, days: number): string {
  let [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  day += days
  while (day > lengthOfMonth(year, month)) {
    day -= lengthOfMonth(year, month)
    month = (month % 12) + 1
    if (month === 1) year++
  }
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

const momentWords =
  'a moment to come: a time from now such as "+30s", or a date and time with its offset such as "2026-11-27T08:00:00+11:00" or "…Z"'

/** The last that a Date can say. */
const latestMs = 8.64e15

/** ms since 1970 UTC, of a moment as a person writes it down; `nowMs` is on the same scale. A time without an offset means another moment elsewhere. */
export function parseMoment(text: string, nowMs: number, path = ''): number {
  const given = text.trim()
  if (given.startsWith('+')) {
    if (!/^\+\d/.test(given)) throw momentProblem(text, path)
    const moment = nowMs + parseDuration(given.slice(1), path)
    if (moment > latestMs) throw momentProblem(text, path)
    return moment
  }
  const [, day = '', hour = '', minute = '', second = '0', fraction = '', offset = ''] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.exec(given) ?? []
  const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  if (!isDay(day) || !isClock) throw momentProblem(text, path)
  const moment = Date.parse(`${day}T${hour}:${minute}:${second.padStart(2, '0')}${fraction}${offset}`)
  if (Number.isNaN(moment)) throw momentProblem(text, path)
  return moment
}

function momentProblem(text: string, path: string): PlanError {
  return new PlanError('USAGE_INVALID', [problem(path, momentWords, text)])
}
