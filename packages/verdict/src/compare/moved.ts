// How far one figure has moved for the worse, from what was drawn: its interval, and the chance that it is not beyond the band.

import type { Drawn, Figures } from './resample.ts'
import type { ComparedMetric, ComparisonRow, ComparisonSettings } from './run-comparison.ts'

/** What is too little to be worse, and what is too little to matter, on the metric's own scale (logarithms of ratios; differences of shares). */
export type Bands = { readonly band: number; readonly matters: number }

/** On the metric's own scale: above 0 is worse. */
export type Moved = { readonly low: number; readonly high: number; readonly chance: number }

export function movedBy(metric: ComparedMetric, base: Figures, other: Figures): number {
  if (metric === 'errors') return other.errors - base.errors
  const [from, to] = metric === 'goodput' ? [other.goodput, base.goodput] : [base[metric], other[metric]]
  // Never answered in both, or nothing at all in both: the same.
  if (from === to) return 0
  return Math.log(to / from)
}

/** How far a row has moved, on its metric's own scale; 0 where it cannot be said. */
export function movedOf({ metric, change }: Pick<ComparisonRow, 'metric' | 'change'>): number {
  if (change === null) return 0
  return metric === 'errors' ? change : Math.log(change)
}

/** `baseMs`: of a time, since what nobody feels is not worse, however large its ratio. `noise`: how far a pair of one system was apart. */
export function bandsOf(metric: ComparedMetric, settings: ComparisonSettings, baseMs: number, noise: number): Bands {
  if (metric === 'errors') {
    const band = Math.max(settings.bandErrors, 2 * noise)
    return { band, matters: Math.max(settings.mattersErrors, 2 * band) }
  }
  const floor = metric === 'goodput' || !(baseMs > 0) ? 0 : Math.log1p(settings.floorMs / baseMs)
  const band = Math.max(Math.log(settings.bandRatio), 2 * noise, floor)
  return { band, matters: Math.max(Math.log(settings.mattersRatio), 2 * band) }
}

export function moved(metric: ComparedMetric, drawn: readonly Drawn[], band: number): Moved {
  const all = drawn
    .map((each) => movedBy(metric, each.base, each.new))
    .filter((value) => !Number.isNaN(value))
    .toSorted((a, b) => a - b)
  const at = (share: number): number => all[Math.min(all.length - 1, Math.max(0, Math.round(share * (all.length - 1))))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975), chance: chanceWithin(all, band) }
}

/** Of being within the band. Counted while it is seen at all; beyond what so few draws can count, as if they were normal. */
function chanceWithin(all: readonly number[], band: number): number {
  const within = all.filter((value) => value <= band).length
  const counted = (within + 1) / (all.length + 1)
  if (within > 0 || all.length < 2) return counted
  const finite = all.filter(Number.isFinite)
  if (finite.length < all.length) return counted
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (finite.length - 1)
  return Math.min(counted, normalTail((mean - band) / Math.sqrt(variance)))
}

/** Chance that a standard normal exceeds `z` > 0. Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17: within 7.5e-8. */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
