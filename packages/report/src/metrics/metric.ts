// What a monitoring system is told of a run that goes on, before it is written in that system's own form. Knows neither form.

export type Labels = Readonly<Record<string, string>>

export type Point = { readonly labels: Labels; readonly value: number }

export type HistogramPoint = {
  readonly labels: Labels
  /** By bucket: how many were within that bound and beyond the one before; one more than there are bounds. */
  readonly counts: readonly number[]
  readonly count: number
  readonly sum: number
}

/** `counter` only ever grows. `name` has no unit or `_total` at its end: each form adds its own. */
export type Metric = { readonly name: string; readonly help: string; readonly unit: 'seconds' | null } & (
  | { readonly kind: 'counter' | 'gauge'; readonly points: readonly Point[] }
  | { readonly kind: 'histogram'; readonly boundsSeconds: readonly number[]; readonly points: readonly HistogramPoint[] }
)
