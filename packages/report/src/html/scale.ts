// From values to places in a picture, and the round values worth naming on an axis. Knows nothing of markup.

export type Scale = {
  readonly place: (value: number) => number
  /** Round values inside the scale, rising. */
  readonly ticks: readonly number[]
  readonly least: number
  readonly most: number
}

/** Pixels at which the least and the most of a scale lie. */
export type Span = { readonly from: number; readonly to: number }

/** From 0 to a round value at or above `most`. */
export function linearScale(most: number, span: Span, parts = 4): Scale {
  const step = roundUp((most > 0 ? most : 1) / parts)
  const count = Math.max(1, Math.ceil((most > 0 ? most : 1) / step - 1e-9))
  const top = step * count
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)))
  return { ticks, least: 0, most: top, place: (value) => span.from + (value / top) * (span.to - span.from) }
}

/** Between round values around `least` and `most`, both above 0; what lies below is placed at the foot. */
export function logScale(least: number, most: number, span: Span): Scale {
  const from = roundDown(least)
  const to = Math.max(roundUp(most), from * 10)
  const decades = Math.log10(to / from)
  const place = (value: number): number => span.from + (Math.log10(Math.max(value, from) / from) / decades) * (span.to - span.from)
  return { ticks: logTicks(from, to), least: from, most: to, place }
}

/** Powers of ten, and values between them where there are few. */
export function logTicks(from: number, to: number): readonly number[] {
  const decades = Math.log10(to / from)
  const parts = decades > 2.5 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5]
  const first = Math.floor(Math.log10(from))
  const powers = Array.from({ length: Math.ceil(decades) + 2 }, (_, i) => first + i)
  const all = powers.flatMap((power) => parts.map((part) => Number((part * 10 ** power).toPrecision(3))))
  return all.filter((tick) => tick >= from * 0.999 && tick <= to * 1.001)
}

/** The next of 1, 2 and 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const part = value / power
  return Number((power * (part <= 1.000001 ? 1 : part <= 2.000001 ? 2 : part <= 5.000001 ? 5 : 10)).toPrecision(3))
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const part = value / power
  return Number((power * (part >= 4.999999 ? 5 : part >= 1.999999 ? 2 : 1)).toPrecision(3))
}

const niceSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

/** The smallest pleasant step that gives at most `most` ticks. */
export function tickMs(lastingMs: number, most: number): number {
  const least = lastingMs / 1e3 / Math.max(1, most)
  return (niceSeconds.find((seconds) => seconds >= least) ?? Math.ceil(least / 86_400) * 86_400) * 1e3
}
