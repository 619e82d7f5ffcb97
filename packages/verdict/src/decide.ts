// From what was found to one verdict and its reasons, the decisive one first. Knows nothing of windows.
//
//   a trust check failed ─▶ invalid
//   an objective missed, or stopped the run ─▶ no-go
//   an objective without data, nothing sent, or the run not whole ─▶ inconclusive
//   otherwise ─▶ go
//
// An objective that only warns decides nothing; it is said.
import type { RunEnd } from '@doorbuster/measurements'
import { secondsFigure } from './figures.ts'
import type { ObjectiveResult, TrustCheck, Verdict } from './judgement.ts'

export type Findings = {
  readonly objectives: readonly ObjectiveResult[]
  readonly trust: readonly TrustCheck[]
  readonly end: RunEnd
  readonly sent: number
  /** Null when the plan had objectives; else the text of what was judged in their place. */
  readonly defaults: string | null
}

const stops: Readonly<Record<RunEnd['stoppedBy'], string>> = {
  end: 'was cut off',
  'cut-off': 'was cut off',
  interrupt: 'was interrupted',
  abort: 'was stopped by an objective',
  journey: 'was stopped by a journey that threw',
  guard: 'was stopped by the guard',
  disk: 'was stopped because its folder could not be written',
  bug: 'was stopped by a defect of doorbuster',
}

type Decision = { readonly verdict: Verdict; readonly reasons: readonly string[] }

export function decide(findings: Findings): Decision {
  const { verdict, reasons } = decisive(findings)
  const { defaults } = findings
  const remark = defaults === null ? [] : [`The plan has no objectives, so the default was judged: ${defaults}.`]
  return { verdict, reasons: [...reasons, ...warnings(findings), ...remark] }
}

function decisive(findings: Findings): Decision {
  const { objectives, trust, end } = findings
  const missed = objectives.filter((each) => each.status === 'missed' && !each.warnOnly)
  const unknown = objectives.filter((each) => each.status === 'no-data' && !each.warnOnly)
  const broken = trust.filter(({ status }) => status === 'failed')
  if (broken.length > 0) return { verdict: 'invalid', reasons: invalid(broken, missed) }
  if (missed.length > 0) return { verdict: 'no-go', reasons: [...missed, ...unknown].map(sentence) }
  // The objective that stopped it may be another than those that are judged now.
  if (end.stoppedBy === 'abort')
    return { verdict: 'no-go', reasons: [`An objective stopped the run after ${secondsFigure(end.durationMs)}${note(end)}.`] }
  const gaps = [...unwhole(findings), ...unknown.map(sentence)]
  if (gaps.length > 0) return { verdict: 'inconclusive', reasons: gaps }
  return { verdict: 'go', reasons: held(objectives) }
}

function invalid(broken: readonly TrustCheck[], missed: readonly ObjectiveResult[]): readonly string[] {
  return [
    ...broken.map(({ because }) => because),
    'So this run is no verdict on the target, good or bad.',
    ...missed.map((each) => `At least this was seen all the same: ${each.because}.`),
  ]
}

function unwhole({ sent, end }: Findings): readonly string[] {
  const found = sent === 0 ? ['Nothing was sent, so there is nothing to judge.'] : []
  if (end.finished && end.stoppedBy === 'end') return found
  return [
    ...found,
    `The run ${stops[end.stoppedBy]} after ${secondsFigure(end.durationMs)}${note(end)}; what it saw until then missed nothing, which is not enough.`,
  ]
}

function held(objectives: readonly ObjectiveResult[]): readonly string[] {
  const judged = objectives.filter(({ warnOnly }) => !warnOnly)
  if (judged.length === 0) return ['Every objective only warns, so none could stop the launch.']
  return [judged.length === 1 ? 'The objective was met.' : `All ${judged.length} objectives were met.`, ...judged.map(sentence)]
}

function warnings({ objectives }: Findings): readonly string[] {
  const found = objectives.filter(({ warnOnly, status }) => warnOnly && status !== 'met')
  return found.map((each) => `Warning: ${each.because}.`)
}

function sentence({ because }: ObjectiveResult): string {
  const isPercentile = /^p\d/.test(because)
  return `${isPercentile ? 'The ' : because.charAt(0).toUpperCase()}${because.slice(isPercentile ? 0 : 1)}.`
}

function note({ note }: RunEnd): string {
  return note === undefined ? '' : ` (${note})`
}
