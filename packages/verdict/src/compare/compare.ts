// One answer from two runs: worse, not worse, or: these two cannot tell.

import { remarksOn } from './alike.ts'
import type { Comparable } from './compare-runs.ts'
import { compareRows, defaultSettings, keyOf } from './compare-runs.ts'
import { movedOf } from './moved.ts'
import type { ComparedRun, ComparisonAnswer, ComparisonRow, ComparisonSettings, RunComparison } from './run-comparison.ts'

export type CompareOptions = {
  readonly settings?: Partial<ComparisonSettings>
  /** Two runs of one and the same system: what they differ by is noise, and twice as much is no finding. */
  readonly noise?: readonly [Comparable, Comparable] | undefined
}

/** Deterministic: the same two folders always give the same. */
export function compareRuns(base: Comparable, other: Comparable, { settings: given = {}, noise }: CompareOptions = {}): RunComparison {
  const settings = { ...defaultSettings, ...given }
  const apart = noise === undefined ? new Map<string, number>() : noiseOf(compareRows(...noise, { ...settings, resamples: 1 }))
  const rows = compareRows(base, other, settings, apart)
  const answer = answerOf(rows)
  return {
    schema: 'doorbuster/comparison@1',
    base: told(base),
    new: told(other),
    answer,
    reasons: reasonsOf(rows, answer),
    remarks: remarksOn(base, other),
    rows,
    settings,
  }
}

function noiseOf(rows: readonly ComparisonRow[]): Map<string, number> {
  return new Map(rows.map((row) => [keyOf(row), Math.abs(movedOf(row))]))
}

/** Any part that is worse makes the whole worse. What cannot be told of a part that few came to leaves the whole as it is. */
function answerOf(rows: readonly ComparisonRow[]): ComparisonAnswer {
  if (rows.some(({ answer }) => answer === 'worse')) return 'worse'
  return deciding(rows).every(({ answer }) => answer === 'not worse') ? 'not worse' : 'cannot tell'
}

/** Of the whole run: what must be known. A p99 that was never measured is not missed here. */
function deciding(rows: readonly ComparisonRow[]): readonly ComparisonRow[] {
  return rows.filter(({ of, metric, chance }) => of === 'run' && (metric !== 'p99' || chance !== null))
}

const mostReasons = 12

function reasonsOf(rows: readonly ComparisonRow[], answer: ComparisonAnswer): readonly string[] {
  const worse = rows.filter((row) => row.answer === 'worse')
  const open = deciding(rows).filter((row) => row.answer === 'cannot tell')
  const decisive = answer === 'worse' ? worse : answer === 'cannot tell' ? open : deciding(rows)
  return decisive.slice(0, mostReasons).map(({ because }) => `${because.charAt(0).toUpperCase()}${because.slice(1)}.`)
}

function told({ folder, start, summary }: Comparable): ComparedRun {
  const { name, startedAt, planHash, peak } = start
  return { folder, name, startedAt, planHash, verdict: summary.verdict, peakPerSec: peak?.perSec ?? null }
}
