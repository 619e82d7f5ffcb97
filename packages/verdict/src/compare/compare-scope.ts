// One scope of two runs: each figure's change with its interval, and what it amounts to. Both runs draw the same stretches, so that what
// the plan itself brings about (a ramp, a burst) is in both or in neither. Knows nothing of other scopes.
import type { RunSeries } from '@doorbuster/measurements'
import type { Draws } from './draws.ts'
import type { ComparedMeasure, ComparedRow, ComparisonRules } from './run-comparison.ts'
import type { ComparedScope, Figures } from './scope-sums.ts'
import { ScopeSums } from './scope-sums.ts'
import { chanceAbove, reach95 } from './student.ts'

export type DrawnRun = { readonly series: RunSeries; readonly draws: ReadonlyMap<string | null, Draws> }

const measures: readonly ComparedMeasure[] = ['p50', 'p95', 'p99', 'goodput', 'failures']
/** With fewer times than five beyond it, a percentile is the tale of single requests. A run that only failed has no time at all. */
const leastSamples: Readonly<Record<ComparedMeasure, number>> = { p50: 10, p95: 100, p99: 500, goodput: 1, failures: 0 }
/** Below this many blocks nobody can say how much they differ. */
const leastBlocks = 2

type Pair = { readonly base: number; readonly new: number }
/** How bad the change is: above zero is worse. Logarithms, so that a swap of the runs turns only the sign. */
type Harm = { readonly of: (pair: Pair) => number; readonly band: number; readonly effect: number }

export function compareScope(
  scope: ComparedScope,
  base: DrawnRun,
  fresh: DrawnRun,
  rules: ComparisonRules,
  bandOf: (measure: ComparedMeasure) => number,
): readonly ComparedRow[] {
  const sums = { base: new ScopeSums(base.series, scope), new: new ScopeSums(fresh.series, scope) }
  const seen = { base: sums.base.whole(), new: sums.new.whole() }
  const drawn = Array.from({ length: rules.resamples }, (_, i) => ({
    base: sums.base.resampled(base.draws, i),
    new: sums.new.resampled(fresh.draws, i),
  }))
  const blocks = Math.min(blocksIn(base, scope), blocksIn(fresh, scope))
  const samples = { base: sums.base.samples, new: sums.new.samples }
  return measures.map((measure) => row(scope, measure, { seen, drawn, blocks, samples }, rules, bandOf(measure)))
}

type Evidence = {
  readonly seen: { readonly base: Figures; readonly new: Figures }
  readonly drawn: readonly { readonly base: Figures; readonly new: Figures }[]
  readonly blocks: number
  readonly samples: Pair
}

function row(scope: ComparedScope, measure: ComparedMeasure, evidence: Evidence, rules: ComparisonRules, band: number): ComparedRow {
  const { seen, drawn, blocks, samples } = evidence
  const pair = pairOf(seen, measure)
  const plain = { ...scope, measure, base: seen.base[measure], new: seen.new[measure], samples, band }
  const silent = { ...plain, difference: null, ratio: null, answer: 'cannot-tell', chance: null } as const
  const lack = lackOf(measure, pair, samples, blocks)
  if (pair === null || lack !== null) return { ...silent, because: lack ?? 'nothing was measured' }
  const pairs = drawn.flatMap((each) => pairOf(each, measure) ?? [])
  const reach = reach95(blocks - 1) * Math.sqrt(blocks / (blocks - 1))
  const change = (of: (pair: Pair) => number): { value: number; error: number; low: number; high: number } => {
    const value = of(pair)
    const error = deviation(pairs.map(of))
    return { value, error: error * Math.sqrt(blocks / (blocks - 1)), low: value - reach * error, high: value + reach * error }
  }
  const { value, low, high } = change((each) => each.new - each.base)
  const difference = { value, low, high }
  const harm = harmOf(measure, rules, band)
  const bad = change(harm.of)
  const answer = bad.low > harm.band ? 'worse' : bad.high <= Math.max(harm.effect, harm.band) ? 'not-worse' : 'cannot-tell'
  const told = { ...plain, difference, answer, chance: chanceOf(bad, harm.band, blocks - 1) } as const
  if (measure === 'failures') return { ...told, ratio: null, because: '' }
  const [least, most] = measure === 'goodput' ? [-bad.high, -bad.low] : [bad.low, bad.high]
  // JSON has no infinity, and whoever reads the file would take it for none.
  const high95 = Math.min(Number.MAX_VALUE, Math.exp(most))
  return { ...told, ratio: { value: pair.new / pair.base, low: Math.exp(least), high: high95 }, because: '' }
}

function lackOf(measure: ComparedMeasure, pair: Pair | null, samples: Pair, blocks: number): string | null {
  const least = Math.min(samples.base, samples.new)
  if (pair === null) return 'one of the runs has nothing of it'
  if (least < leastSamples[measure]) return `${least} response times are too few: ${measure} takes ${leastSamples[measure]}`
  return blocks < leastBlocks ? 'too short: it takes some six seconds to say how much they differ' : null
}

/** Null where one of them has no figure, or (save failures) nothing but zero. */
function pairOf({ base, new: fresh }: Evidence['seen'], measure: ComparedMeasure): Pair | null {
  const pair = { base: base[measure], new: fresh[measure] }
  if (pair.base === null || pair.new === null) return null
  if (measure !== 'failures' && (pair.base <= 0 || pair.new <= 0)) return null
  return { base: pair.base, new: pair.new }
}

function harmOf(measure: ComparedMeasure, { effectRatio, failureEffect }: ComparisonRules, band: number): Harm {
  if (measure === 'failures') return { of: (pair) => pair.new - pair.base, band, effect: failureEffect }
  const logs = { band: Math.log1p(band), effect: Math.log1p(effectRatio) }
  if (measure === 'goodput') return { of: (pair) => Math.log(pair.base) - Math.log(pair.new), ...logs }
  return { of: (pair) => Math.log(pair.new) - Math.log(pair.base), ...logs }
}

function chanceOf({ value, error }: { readonly value: number; readonly error: number }, band: number, freedom: number): number {
  if (error === 0) return value > band ? 0 : 1
  return chanceAbove((value - band) / error, freedom)
}

function deviation(values: readonly number[]): number {
  // Exactly nothing for equal ones, which a mean that was rounded would miss.
  if (values.length < 2 || values.every((value) => value === values[0])) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

function blocksIn({ series, draws }: DrawnRun, { phase, step }: ComparedScope): number {
  const met = new Set(series.cells.filter((cell) => step === null || cell.step === step).map((cell) => cell.phase))
  const inScope = series.phases.filter((each) => (phase === null || each.phase === phase) && met.has(each.phase))
  return inScope.reduce((sum, each) => sum + (draws.get(each.phase)?.blocks ?? 0), 0)
}
