// The only place where text becomes numbers: durations in fractional ms, rates per second, counts.
// Everything else in the product holds plain numbers whose names say their unit.
import { PlanError, problem } from './problems.ts'

/** `250ms`, `90s`, `5m`, `24h`, `1m30s`; a number is milliseconds. */
export type DurationText = string | number
/** `20/s`, `1200/m`, `5000/h`; a number is per second. */
export type RateText = string | number
/** `60000`, `60_000`, `60k`, `2M`. */
export type CountText = string | number

/** A unit is `times` × 10^`exponent` of ours: the power of ten moves the decimal point and so costs no rounding (1.005s is 1005 ms). */
type Scale = { readonly times: number; readonly exponent: number }

const msPer: Readonly<Record<string, Scale>> = {
  us: { times: 1, exponent: -3 },
  µs: { times: 1, exponent: -3 },
  ms: { times: 1, exponent: 0 },
  s: { times: 1, exponent: 3 },
  m: { times: 60, exponent: 3 },
  min: { times: 60, exponent: 3 },
  h: { times: 3600, exponent: 3 },
  d: { times: 86_400, exponent: 3 },
}
const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 }
const exponentOf: Readonly<Record<string, number>> = { k: 3, M: 6 }

/** Fractional ms ≥ 0. */
export function parseDuration(text: DurationText | undefined, path = ''): number {
  const expected = 'a duration such as "90s", "250ms" or "5m"'
  if (typeof text !== 'string') return finite(text, text, path, expected)
  if (!/^(?:[0-9][0-9_]*(?:\.[0-9]+)?(?:us|µs|ms|min|s|m|h|d))+$/.test(text.trim())) throw refusal(path, expected, text)
  let totalMs = 0
  for (const [, digits = '', unit = ''] of text.matchAll(/([0-9][0-9_]*(?:\.[0-9]+)?)(us|µs|ms|min|s|m|h|d)/g)) {
    const { times, exponent } = msPer[unit] ?? { times: Number.NaN, exponent: 0 }
    totalMs += decimal(digits, exponent) * times
  }
  return finite(totalMs, text, path, expected)
}

/** Per second ≥ 0. */
export function parseRate(text: RateText | undefined, path = ''): number {
  const expected = 'a rate that says per what, such as "500/s", "1200/m" or "5000/h"'
  if (typeof text !== 'string') return finite(text, text, path, expected)
  const match = /^([0-9][0-9_]*(?:\.[0-9]+)?)(k|M)?\/(s|m|min|h|d)$/.exec(text.trim())
  if (match === null) throw refusal(path, expected, text)
  const [, digits = '', thousands = '', unit = ''] = match
  return finite(decimal(digits, exponentOf[thousands] ?? 0) / (secondsPer[unit] ?? Number.NaN), text, path, expected)
}

const aCount = 'a count such as 60000, "60_000", "60k" or "2M"'

/** A count ≥ 0; fractions are kept (a stage may owe 0.5 arrivals). */
export function parseCount(text: CountText | undefined, path = '', expected = aCount): number {
  if (typeof text !== 'string') return finite(text, text, path, expected)
  const match = /^([0-9][0-9_]*(?:\.[0-9]+)?)(k|M)?$/.exec(text.trim())
  if (match === null) throw refusal(path, expected, text)
  return finite(decimal(match[1] ?? '', exponentOf[match[2] ?? ''] ?? 0), text, path, expected)
}

/** One field of a CSV file, ≥ 0, as other programs write numbers (`12`, `0.5`, `1e-05`), times 10^`exponent`. */
export function parseField(text: string, path: string, expected: string, exponent = 0): number {
  const match = /^([0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?$/.exec(text.trim())
  if (match === null) throw refusal(path, expected, text)
  return finite(decimal(match[1] ?? '', Number(match[2] ?? 0) + exponent), text, path, expected)
}

/** A share as a percentage, ≥ 0: `2%` is 0.02. */
export function parseShare(text: string, path = ''): number {
  const expected = 'a share such as "5%"'
  const match = /^([0-9]+(?:\.[0-9]+)?)\s*%$/.exec(text.trim())
  if (match === null) throw refusal(path, expected, text)
  return finite(decimal(match[1] ?? '', -2), text, path, expected)
}

function decimal(digits: string, exponent: number): number {
  return Number(`${digits.replaceAll('_', '')}e${exponent}`)
}

function finite(value: number | undefined, received: string | number | undefined, path: string, expected: string): number {
  if (value !== undefined && Number.isFinite(value) && value >= 0) return value === 0 ? 0 : value // −0 would be written and compared unlike 0
  throw refusal(path, expected, received)
}

function refusal(path: string, expected: string, received: string | number | undefined): PlanError {
  return new PlanError('PLAN_INVALID', [problem(path, expected, received)])
}

/** The shortest text that parses back to exactly the same number of ms. */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return '0s'
  for (const [unit, unitMs] of [
    ['h', 3600e3],
    ['m', 60e3],
    ['s', 1e3],
  ] as const) {
    const whole = durationMs / unitMs
    // Reading it again is the test: the division itself may have rounded to a whole number.
    if (whole >= 1 && Number.isInteger(whole) && parseDuration(`${plain(whole)}${unit}`) === durationMs) return `${plain(whole)}${unit}`
  }
  if (durationMs >= 1e3 && parseDuration(`${plain(durationMs / 1e3)}s`) === durationMs) return `${plain(durationMs / 1e3)}s`
  return `${plain(durationMs)}ms`
}

/** The shortest text that parses back to exactly the same rate. */
export function formatRate(ratePerSec: number): string {
  for (const [unit, seconds] of [
    ['s', 1],
    ['m', 60],
    ['h', 3600],
  ] as const) {
    const text = plain(ratePerSec * seconds)
    if (text.length <= 8 && Number(text) / seconds === ratePerSec) return `${text}/${unit}`
  }
  return `${plain(ratePerSec)}/s`
}

export function formatCount(count: number): string {
  return plain(count)
}

/** A number without an exponent, so that the parsers above can read it again: 1.5e-7 as 0.00000015. */
function plain(value: number): string {
  const [mantissa = '', exponentText] = String(value).split('e')
  if (exponentText === undefined) return mantissa
  const exponent = Number(exponentText)
  const [units = '', fraction = ''] = mantissa.split('.')
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${units}${fraction}`
  return `${units}${fraction.padEnd(exponent, '0')}`
}
