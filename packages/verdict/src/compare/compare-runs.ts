// A base and new runs: every scope compared, and one answer. The five figures of the whole run decide it; a phase or a step alone is heard
// when it is beyond chance among all of them (Holm), so that many rows are not many false alarms. Reads no folders.
//
//   worse        one of the five, or any row, is worse with Holm's correction, half of the 5 % for each family
//   not worse    no figure of the whole run reaches beyond the smallest effect worth knowing
//   cannot tell  otherwise
import type { RunSeries, RunStart } from '@doorbuster/measurements'
import type { DrawnRun } from './compare-scope.ts'
import { compareScope } from './compare-scope.ts'
import { drawBlocks } from './draws.ts'
import { reasonsFor } from './reasons.ts'
import type { ComparedAnswer, ComparedMeasure, ComparedRow, ComparedRun, ComparisonRules, RunComparison } from './run-comparison.ts'
import { usualRules } from './run-comparison.ts'
import type { ComparedScope } from './scope-sums.ts'
import { ScopeSums } from './scope-sums.ts'

export type RunInSeries = { readonly start: Pick<RunStart, 'name' | 'startedAt' | 'planHash'>; readonly series: RunSeries }

/** One-sided, for the whole run and for all other rows: together 5 %. */
const familyChance = 0.025
/** Steps in phases beyond this many are left out, those with fewest response times first. */
const mostPairs = 300

/** @param noise runs of one kind, of which each is held against the first: what they differ by counts as no change. */
export function compareRuns(
  base: RunInSeries,
  fresh: readonly RunInSeries[],
  {
    rules = usualRules,
    noise = [],
    remarks = [],
  }: { rules?: ComparisonRules; noise?: readonly RunInSeries[]; remarks?: readonly string[] } = {},
): RunComparison {
  const drawnBase = drawn(base.series, rules)
  const runs = fresh.map((run) => compareRun(base, drawnBase, run, rules, noise))
  return {
    schema: 'doorbuster/comparison@1',
    base: named(base),
    answer: worstOf(runs.map(({ answer }) => answer)),
    rules,
    noiseRuns: noise.length,
    remarks,
    runs,
  }
}

function compareRun(
  base: RunInSeries,
  drawnBase: DrawnRun,
  run: RunInSeries,
  rules: ComparisonRules,
  noise: readonly RunInSeries[],
): ComparedRun {
  const drawnNew = drawn(run.series, rules)
  const rows = scopesOf(base.series, run.series).flatMap((scope) => {
    const bands = bandsOf(scope, noise, rules)
    return compareScope(scope, drawnBase, drawnNew, rules, (measure) => bands[measure])
  })
  const loud = [...loudest(rows.filter(isWhole)), ...loudest(rows.filter((row) => !isWhole(row)))]
  const answer = answerOf(rows, loud)
  return { ...named(run), answer, reasons: reasonsFor(answer, rows, loud), rows }
}

export function isWhole({ phase, step }: ComparedScope): boolean {
  return phase === null && step === null
}

function answerOf(rows: readonly ComparedRow[], loud: readonly ComparedRow[]): ComparedAnswer {
  if (loud.length > 0) return 'worse'
  // Worse for itself, but not among five: that is a doubt, not an answer.
  return rows.filter(isWhole).every(({ answer }) => answer === 'not-worse') ? 'not-worse' : 'cannot-tell'
}

/** S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979). */
function loudest(rows: readonly ComparedRow[]): readonly ComparedRow[] {
  const known = rows.flatMap((row) => (row.chance === null ? [] : [{ row, chance: row.chance }])).sort((a, b) => a.chance - b.chance)
  const quiet = known.findIndex(({ chance }, i) => chance > familyChance / (known.length - i))
  return (quiet < 0 ? known : known.slice(0, quiet)).map(({ row }) => row)
}

/** In an order of their own, not of the order in which the runs met them. */
function scopesOf(base: RunSeries, fresh: RunSeries): readonly ComparedScope[] {
  const both = <Of>(of: (series: RunSeries) => readonly Of[]): readonly Of[] => [...new Set([...of(base), ...of(fresh)])]
  const phases = both(({ phases: all }) => all.flatMap(({ phase }) => phase ?? []))
  const steps = both(({ cells }) => cells.map(({ step }) => step)).toSorted()
  const pairs = phases.flatMap((phase) => steps.map((step): ComparedScope => ({ phase, step })))
  return [
    { phase: null, step: null },
    ...phases.map((phase): ComparedScope => ({ phase, step: null })),
    ...(steps.length > 1 ? steps.map((step): ComparedScope => ({ phase: null, step })) : []),
    ...(steps.length > 1 ? largest(pairs, base) : []),
  ]
}

function largest(pairs: readonly ComparedScope[], { cells }: RunSeries): readonly ComparedScope[] {
  const sizes = new Map(
    cells.map(({ phase, step, stretches }) => [JSON.stringify([phase, step]), stretches.reduce((sum, { answered }) => sum + answered, 0)]),
  )
  const sizeOf = ({ phase, step }: ComparedScope): number => sizes.get(JSON.stringify([phase, step])) ?? 0
  const kept = new Set(
    pairs
      .filter((pair) => sizeOf(pair) > 0)
      .toSorted((a, b) => sizeOf(b) - sizeOf(a))
      .slice(0, mostPairs),
  )
  return pairs.filter((pair) => kept.has(pair))
}

/** The tolerance, on top of what equal runs were seen to differ by. */
function bandsOf(scope: ComparedScope, noise: readonly RunInSeries[], rules: ComparisonRules): Readonly<Record<ComparedMeasure, number>> {
  const [first, ...others] = noise.map(({ series }) => new ScopeSums(series, scope).whole())
  const bandOf = (measure: ComparedMeasure): number => {
    const seen = others.map((other) => noiseBetween(measure, first?.[measure] ?? null, other[measure]))
    const noiseRatio = Math.max(0, ...seen)
    return measure === 'failures' ? rules.failureTolerance + noiseRatio : (1 + rules.toleranceRatio) * (1 + noiseRatio) - 1
  }
  return { p50: bandOf('p50'), p95: bandOf('p95'), p99: bandOf('p99'), goodput: bandOf('goodput'), failures: bandOf('failures') }
}

function noiseBetween(measure: ComparedMeasure, a: number | null, b: number | null): number {
  if (a === null || b === null) return 0
  if (measure === 'failures') return Math.abs(a - b)
  return a <= 0 || b <= 0 ? 0 : Math.max(a, b) / Math.min(a, b) - 1
}

function drawn(series: RunSeries, { resamples, seed }: ComparisonRules): DrawnRun {
  return { series, draws: new Map(series.phases.map((phase) => [phase.phase, drawBlocks(phase, resamples, seed)])) }
}

function worstOf(answers: readonly ComparedAnswer[]): ComparedAnswer {
  if (answers.includes('worse')) return 'worse'
  return answers.includes('cannot-tell') ? 'cannot-tell' : 'not-worse'
}

function named({ start: { name, startedAt, planHash } }: RunInSeries): RunComparison['base'] {
  return { name, startedAt, planHash }
}
