// Numbers to text for people, the same in every renderer. Knows nothing of tables, colours or escaping.
// Text for machines (text that parses back to the same number) is the plan's business, in its units file.

/** Stands where nothing was measured. Never a 0: an empty set is not a fast one. */
export const nothing = '–'

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 12 })

/** `1,234,567`. */
export function sayCount(count: number | null): string {
  return isNumber(count) ? whole.format(count) : nothing
}

/** A measured time, about three digits: `0.32 ms`, `3.2 ms`, `812 ms`, `1.85 s`, `12.3 s`, `2 min 5 s`. */
export function sayMs(ms: number | null): string {
  if (!isNumber(ms)) return nothing
  if (ms < 0) return `−${sayMs(-ms)}`
  if (ms === 0) return '0 ms'
  if (ms < 0.0005) return '< 0.001 ms'
  if (ms < 9.95) return `${ms.toFixed(ms < 0.0095 ? 3 : ms < 0.995 ? 2 : 1)} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  if (ms < 59_950) return `${(ms / 1e3).toFixed(ms < 9_995 ? 2 : 1)} s`
  return saySpan(ms)
}

/** A round time on an axis, without idle zeros: `0.3 ms`, `250 ms`, `1 s`. */
export function sayTick(ms: number): string {
  if (Math.abs(ms) < 1e3) return `${sayPlain(ms)} ms`
  // A logarithmic axis has 100 s, which nobody would look for under 1 min 40 s.
  return ms < 60e3 || (ms < 600e3 && ms % 60e3 !== 0) ? `${sayPlain(ms / 1e3)} s` : saySpan(ms)
}

/** A round number on an axis: `0.5`, `1,200`. */
export function sayPlain(value: number): string {
  return fine.format(Number(value.toPrecision(6)))
}

/** A length of time someone chose or waited: `250 ms`, `1.5 s`, `30 s`, `2 min 5 s`, `1 h 30 min`, `1 d 2 h`. */
export function saySpan(ms: number | null): string {
  if (!isNumber(ms)) return nothing
  if (Math.abs(ms) < 999.5) return `${fine.format(Math.round(ms))} ms`
  if (ms < 59_950) return `${fine.format(Math.round(ms / 100) / 10)} s`
  const seconds = Math.round(ms / 1e3)
  if (seconds < 3600) return pair(seconds, 60, 'min', 's')
  const minutes = Math.round(seconds / 60)
  return minutes < 1440 ? pair(minutes, 60, 'h', 'min') : pair(Math.round(minutes / 60), 24, 'd', 'h')
}

function pair(small: number, perLarge: number, large: string, unit: string): string {
  const rest = small % perLarge
  return `${whole.format((small - rest) / perLarge)} ${large}${rest === 0 ? '' : ` ${rest} ${unit}`}`
}

/** A moment of the run: `00:12`, `12:05`, `1:02:05`. Whole seconds, cut, so that a clock never runs ahead. */
export function sayClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1e3))
  const two = (n: number): string => String(n).padStart(2, '0')
  const minutesAndSeconds = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return seconds < 3600 ? minutesAndSeconds : `${Math.floor(seconds / 3600)}:${minutesAndSeconds}`
}

/** An ISO 8601 instant in UTC as `2026-03-14 09:30:00 UTC`; any other text stays as it is. */
export function sayMoment(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC')
}

/** `300/s`, `2.5/s`, `0.25/s`. */
export function sayRate(perSec: number | null): string {
  if (!isNumber(perSec)) return nothing
  if (perSec >= 9.95 || perSec === 0) return `${whole.format(perSec)}/s`
  return perSec < 0.005 ? '< 0.01/s' : `${fine.format(Number(perSec.toFixed(perSec < 0.995 ? 2 : 1)))}/s`
}

/** A ratio 0 to 1 as `7.2 %`. A share that is not all never reads `100 %`, and one that is not nothing never reads `0 %`. */
export function sayShare(ratio: number | null): string {
  if (!isNumber(ratio)) return nothing
  const percent = ratio * 100
  if (percent !== 0 && Math.abs(percent) < 0.001) return '< 0.001 %'
  if (ratio < 1 && percent > 99.99) return '> 99.99 %'
  const digits = percent >= 99 && ratio < 1 ? 2 : percent >= 10 ? 1 : 2
  return `${fine.format(percent < 0.1 ? Number(percent.toPrecision(2)) : Number(percent.toFixed(digits)))} %`
}

/** A share as people count: `none`, `1 in 14`, `2 in 3`, `all`. What is not all never reads `all`, what is not nothing never `none`. */
export function sayOneIn(ratio: number): string {
  if (ratio <= 0) return 'none'
  if (ratio >= 1) return 'all'
  if (ratio < 0.4) return `1 in ${whole.format(1 / ratio)}`
  const halves = [2, 3, 4, 5, 10].map((of) => ({ of, some: Math.round(ratio * of) })).filter(({ of, some }) => some > 0 && some < of)
  const best = halves.find(({ of, some }) => Math.abs(some / of - ratio) < 0.02)
  if (best !== undefined) return `${best.some} in ${best.of}`
  return ratio > 0.95 ? `all but 1 in ${whole.format(1 / (1 - ratio))}` : `${Math.round(ratio * 10)} in 10`
}

/** A calendar day in UTC, `14 March 2026`; any text that is no instant stays as it is. */
export function sayDay(iso: string): string {
  const at = Date.parse(iso)
  return Number.isFinite(at) ? day.format(at) : iso
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Decimal units: `512 B`, `1.2 kB`, `8.3 GB`. */
export function sayBytes(bytes: number | null): string {
  if (!isNumber(bytes)) return nothing
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes
  let step = 0
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1e3
    step++
  }
  return `${step === 0 || value >= 9.95 ? whole.format(value) : value.toFixed(1)} ${units[step]}`
}

/** `1.73×`: so many times as much. */
export function sayFactor(factor: number | null): string {
  return isNumber(factor) ? `${sayNumber(factor, 3)}×` : nothing
}

/** A number whose unit only its owner knows: `0.5`, `1,234.5`. */
export function sayNumber(value: number | null, digits = 6): string {
  return isNumber(value)
    ? fine.format(Math.abs(value) >= 10 ** digits ? Math.round(value) : Number(value.toPrecision(digits)) + 0)
    : nothing
}

export type QuantityUnit = 'ms' | 'ratio' | 'perSec' | 'count' | 'factor' | 'number'

/** What was observed, in the unit's own way. */
export function sayQuantity(value: number | null, unit: QuantityUnit): string {
  if (unit === 'ms') return sayMs(value)
  if (unit === 'ratio') return sayShare(value)
  if (unit === 'factor') return sayFactor(value)
  if (unit === 'number') return sayNumber(value)
  return unit === 'perSec' ? sayRate(value) : sayCount(value)
}

/** What was asked for: exact, as someone typed it, never rounded. */
export function sayLimit(value: number, unit: QuantityUnit): string {
  if (unit === 'ms') return sayExactMs(value)
  if (unit === 'ratio') return `${fine.format(Number((value * 100).toPrecision(12)))} %`
  if (unit === 'factor') return `${fine.format(value)}×`
  return unit === 'perSec' ? `${fine.format(value)}/s` : fine.format(value)
}

/** A span where it is exact, else plain milliseconds or seconds. */
function sayExactMs(ms: number): string {
  if (ms < 1e3) return `${fine.format(ms)} ms`
  const grainMs = ms < 59_950 ? 100 : ms < 3_600e3 ? 1e3 : ms < 86_400e3 ? 60e3 : 3_600e3
  return ms % grainMs === 0 ? saySpan(ms) : `${fine.format(ms / 1e3)} s`
}

/** An observation to stand beside its limit: digits are added until two unlike numbers look unlike ("500 ms where 500 ms is allowed" helps nobody). */
export function sayBeside(value: number | null, limit: number, unit: QuantityUnit): string {
  const short = sayQuantity(value, unit)
  const asked = sayLimit(limit, unit)
  if (!isNumber(value) || value === limit || (short !== sayQuantity(limit, unit) && short !== asked)) return short
  for (let digits = 3; digits < 16; digits++) {
    const rounded = Number(value.toPrecision(digits))
    const text = sayLimit(rounded, unit)
    if (rounded !== Number(limit.toPrecision(digits)) && text !== asked) return text
  }
  return sayLimit(value, unit)
}

/** `1 objective`, `4 objectives`. */
export function sayMany(count: number, one: string, many = `${one}s`): string {
  return `${sayCount(count)} ${count === 1 ? one : many}`
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}
