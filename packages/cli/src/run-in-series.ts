// A run folder as a comparison needs it: judged, and in stretches. Two passes over the windows, so that neither has to know of the other.
import { RunSeriesCollector, readRun } from '@doorbuster/measurements'
import type { Report } from '@doorbuster/report'
import type { RunComparison, RunInSeries, Unlikeness } from '@doorbuster/verdict'
import { compareRuns, unlikeness, usualRules } from '@doorbuster/verdict'
import { judgeFolder } from './render-folder.ts'
import { UsageError } from './usage.ts'

export type ComparableRun = RunInSeries & { readonly given: string; readonly report: Report; readonly start: Report['start'] }

export type CompareRules = {
  readonly tolerance?: number
  readonly effect?: number
  readonly seed?: number
  /** Compare what had not the same to do. */
  readonly unlike?: boolean
  /** Compare runs that are no evidence: the generator fell behind, or they are unfinished. */
  readonly untrusted?: boolean
}

/** @throws UsageError when the folder holds no run */
export function readComparable(folder: string, given: string, judged?: Report): ComparableRun {
  const report = judged ?? judgeFolder(folder)
  const collector = new RunSeriesCollector(report.start)
  readRun(folder).eachWindow((window) => collector.add(window))
  return { given, report, start: report.start, series: collector.series }
}

/** @throws UsageError for runs that must not be held against each other */
export function compareComparables(
  base: ComparableRun,
  fresh: readonly ComparableRun[],
  noise: readonly ComparableRun[],
  flags: CompareRules,
): RunComparison {
  const asked = [...fresh, ...noise]
  const remarks = asked.flatMap((run) => unlikeTo(base, run, flags))
  const noiseRuns = noise.length === 1 ? [base, ...noise] : noise
  const rules = {
    ...usualRules,
    ...(flags.tolerance !== undefined && { toleranceRatio: flags.tolerance }),
    ...(flags.effect !== undefined && { effectRatio: flags.effect }),
    ...(flags.seed !== undefined && { seed: flags.seed }),
  }
  if (rules.effectRatio < rules.toleranceRatio)
    throw new UsageError('--effect', `a change of at least the tolerance, ${rules.toleranceRatio * 100}%`, `${rules.effectRatio * 100}%`)
  return compareRuns(base, fresh, { rules, noise: noiseRuns, remarks: [...new Set(remarks)] })
}

/** What differs and is let pass, as sentences. */
function unlikeTo(base: ComparableRun, run: ComparableRun, { unlike, untrusted }: CompareRules): readonly string[] {
  const found = unlikeness({ start: base.start, summary: base.report.summary }, { start: run.start, summary: run.report.summary })
  const isRefused = ({ kind }: Unlikeness): boolean => (kind === 'unlike' && unlike !== true) || (kind === 'evidence' && untrusted !== true)
  const refused = found.filter(isRefused)
  const [first] = refused
  if (first !== undefined) {
    const flag = first.kind === 'unlike' ? '--unlike' : '--untrusted'
    const expected = `runs alike in ${refused.map(({ what }) => what).join(', ')} (or ${flag})`
    throw new UsageError(run.given, expected, `${first.what}: ${first.base} before, ${first.new} now`)
  }
  return found.map((each) => `${run.given} differs in its ${each.what}. Before: ${clause(each.base)}. Now: ${clause(each.new)}.`)
}

/** Without the cure: what is held against each other is told, not mended here. */
function clause(text: string): string {
  return text.replace(/ To cure it, .*/s, '').replace(/\.$/, '')
}
