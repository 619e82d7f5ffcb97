// What the target's own figures came to, as summary.json has them. Decides nothing.
import type { TargetLine, TargetPoint, TargetSeries, TargetUnit } from '@doorbuster/measurements'

export type TargetSeriesFacts = {
  readonly page: string
  readonly name: string
  /** How it is made of the page. */
  readonly rule: string
  readonly unit: TargetUnit
  /** All that it can be; null: nobody says. */
  readonly ceiling: number | null
  readonly samples: number
  readonly first: number | null
  readonly max: number | null
  readonly mean: number | null
  /** Mean over the highest stage of the traffic; null where it was not read in it. */
  readonly atPeak: number | null
}

/** A series that came to its end. */
export type Saturated = {
  readonly page: string
  readonly name: string
  /** `ceiling`: it came near all that it can be. `plateau`: it rose with the load, and then no more while the load still rose. */
  readonly kind: 'ceiling' | 'plateau'
  readonly atMs: number
  readonly value: number
  /** How long before the first objective was broken; below zero: after it. Null where none was. */
  readonly leadMs: number | null
  /** One plain sentence. */
  readonly because: string
}

export type TargetFacts = {
  readonly series: readonly TargetSeriesFacts[]
  /** The first to come to its end first. */
  readonly saturated: readonly Saturated[]
  readonly silent: TargetSeries['silences']
}

export type PeakSpan = { readonly startMs: number; readonly lastingMs: number }

export function seriesFacts({ points, ...head }: TargetLine, peak: PeakSpan | null): TargetSeriesFacts {
  const values = points.map(([, value]) => value)
  return {
    ...head,
    samples: points.length,
    first: values[0] ?? null,
    max: values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)),
    mean: meanOf(values),
    atPeak: peak === null ? null : meanOf(pointsIn(points, peak).map(([, value]) => value)),
  }
}

/** A reading is of the second before it, so that of a burst is the first one after it. */
function pointsIn(points: readonly TargetPoint[], { startMs, lastingMs }: PeakSpan): readonly TargetPoint[] {
  return points.filter(([atMs]) => atMs > startMs && atMs <= startMs + Math.max(lastingMs, 1_000))
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
