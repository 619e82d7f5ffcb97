// Numbers as they stand in a sentence. Enough digits that a value just beside its limit does not read as the limit itself.
import type { Unit } from '@doorbuster/plan'

export function figure(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return timeFigure(value)
    case 'ratio':
      return shareFigure(value)
    case 'perSec':
      return `${rounded(value, 4)}/s`
    case 'count':
      return countFigure(value)
    case 'factor':
      return `${rounded(value, 3)}×`
    case 'number':
      return rounded(value, 6)
  }
}

/** `4.31 ms`, `812 ms`, from ten seconds on `12.3 s`. */
export function timeFigure(durationMs: number): string {
  return Math.abs(durationMs) < 10e3 ? `${rounded(durationMs, 4)} ms` : `${rounded(durationMs / 1e3, 4)} s`
}

/** A length or a moment of the run: `0 s`, `12 s`, `1.5 s`. */
export function secondsFigure(durationMs: number): string {
  return `${rounded(durationMs / 1e3, 4)} s`
}

/** A length that somebody chose: `2 h`, `90 min`, `10 s`. */
export function spanFigure(lastingMs: number): string {
  if (lastingMs >= 3_600e3 && lastingMs % 3_600e3 === 0) return `${countFigure(lastingMs / 3_600e3)} h`
  return lastingMs >= 120e3 && lastingMs % 60e3 === 0 ? `${countFigure(lastingMs / 60e3)} min` : secondsFigure(lastingMs)
}

export function shareFigure(ratio: number, digits = 3): string {
  return `${rounded(ratio * 100, digits)} %`
}

export function countFigure(count: number): string {
  return count.toLocaleString('en-GB')
}

/** `4,210 samples`, `1 sample`. */
export function counted(count: number, noun: string): string {
  return `${countFigure(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `95th`, `99.9th`, `1st`. */
export function ordinal(value: number): string {
  const tens = value % 100
  const ending = tens > 10 && tens < 14 ? undefined : ['th', 'st', 'nd', 'rd'][value % 10]
  return `${value}${ending ?? 'th'}`
}

export function rounded(value: number, digits: number): string {
  const whole = Math.abs(value) >= 10 ** digits
  return value.toLocaleString('en-GB', whole ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits })
}
