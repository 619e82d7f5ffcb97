// One series' value from one reading of a page, and from the reading before it where a rate is asked for. Knows nothing of sockets or names.
import type { SeriesMatcher, SeriesRule, SeriesTerm } from '@doorbuster/plan'
import type { Exposition, ExpositionSample } from './exposition.ts'
import { isCounter } from './series-unit.ts'

/** When it was made, and the values of all that was wanted. */
export type Reading = { readonly atMs: number; readonly values: ReadonlyMap<string, number> }

export function readingOf({ samples }: Exposition, atMs: number): Reading {
  return { atMs, values: new Map(samples.map((sample) => [keyOf(sample), sample.value])) }
}

function keyOf({ name, labels }: ExpositionSample): string {
  return name + JSON.stringify(labels)
}

export type Seen = {
  readonly page: Exposition
  readonly byName: ReadonlyMap<string, readonly ExpositionSample[]>
  readonly reading: Reading
  readonly before: Reading | null
}

/** Null where the page says nothing of it, or not yet: a rate is known from the second reading on. */
export function seriesValue({ of, over, isComplement, outOf }: SeriesRule, seen: Seen): number | null {
  const top = termOf(of, seen)
  const bottom = over === undefined ? 1 : termOf(over, seen)
  if (top === null || bottom === null || bottom === 0) return null
  const value = top / bottom / (outOf ?? 1)
  const told = isComplement ? 1 - value : value
  return Number.isFinite(told) ? told : null
}

function termOf({ fold, isRate, metric, where }: SeriesTerm, { page, byName, reading, before }: Seen): number | null {
  const matching = (byName.get(metric) ?? []).filter(({ labels }) => where.every((each) => matches(each, labels)))
  const isCounted = isRate || isCounter(metric, page.types)
  const values = isCounted ? matching.flatMap((sample) => rateOf(sample, reading, before)) : matching.map(({ value }) => value)
  return foldOf(fold, values.filter(Number.isFinite))
}

function matches({ label, is, values }: SeriesMatcher, labels: ExpositionSample['labels']): boolean {
  return values.includes(labels[label] ?? '') === is
}

/** A counter that is lower than it was began anew at zero. */
function rateOf(sample: ExpositionSample, { atMs }: Reading, before: Reading | null): readonly number[] {
  const then = before?.values.get(keyOf(sample))
  if (before === null || then === undefined || atMs <= before.atMs) return []
  const grown = sample.value >= then ? sample.value - then : sample.value
  return [(grown * 1e3) / (atMs - before.atMs)]
}

function foldOf(fold: SeriesTerm['fold'], values: readonly number[]): number | null {
  if (values.length === 0) return null
  if (fold === 'max') return values.reduce((a, b) => Math.max(a, b))
  if (fold === 'min') return values.reduce((a, b) => Math.min(a, b))
  const sum = values.reduce((a, b) => a + b)
  return fold === 'avg' ? sum / values.length : sum
}
