// From what was found to one verdict and its reasons, the decisive one first. Knows nothing of windows.
//
//   something was sold, shown or open that should not have been ─▶ no-go: true however late we were, and whoever stopped the run
//   a trust check failed ─▶ invalid
//   interrupted ─▶ inconclusive: who was cut off by us is no failure of the target
//   an objective missed, or stopped the run ─▶ no-go
//   an objective without data, nothing sent, the run not whole, or journeys that threw ─▶ inconclusive
//   otherwise ─▶ go
//
// An objective that only warns decides nothing; it is said.
import type { RunEnd } from '@doorbuster/measurements'
import { secondsFigure } from './figures.ts'
import type { ObjectiveResult, TrustCheck, Verdict } from './judgement.ts'

export type Findings = {
  readonly objectives: readonly ObjectiveResult[]
  /** Those of them that are missed whatever the instrument did. */
  readonly certain: readonly ObjectiveResult[]
  readonly trust: readonly TrustCheck[]
  /** Of the instrument, said whatever the verdict is. */
  readonly remarks: readonly string[]
  /** What stands even when the instrument failed. */
  readonly atLeast: readonly string[]
  readonly end: RunEnd
  readonly sent: number
  /** Shoppers whose journey threw an error of its own, and so did less than was planned. */
  readonly threw: number
  /** Null when the plan had objectives; else the text of what was judged in their place. */
  readonly defaults: string | null
}

const stops: Readonly<Record<RunEnd['stoppedBy'], string>> = {
  end: 'was cut off',
  'cut-off': 'was cut off',
  interrupt: 'was interrupted',
  abort: 'was stopped by an objective',
  journey: 'was stopped by a journey that threw',
  plan: 'was stopped by a mistake in the plan',
  guard: 'was stopped by the guard',
  disk: 'was stopped because its folder could not be written',
  bug: 'was stopped by a defect of doorbuster',
}

type Decision = { readonly verdict: Verdict; readonly reasons: readonly string[] }

export function decide(findings: Findings): Decision {
  const { verdict, reasons } = decisive(findings)
  const { defaults, remarks } = findings
  const remark = defaults === null ? [] : [`The plan has no objectives, so the default was judged: ${defaults}.`]
  return { verdict, reasons: [...reasons, ...warnings(findings), ...remarks, ...remark] }
}

function decisive(findings: Findings): Decision {
  const { objectives, certain, trust, end, atLeast } = findings
  const missed = objectives.filter((each) => each.status === 'missed' && !each.warnOnly)
  const unknown = objectives.filter((each) => each.status === 'no-data' && !each.warnOnly)
  const broken = trust.filter(({ status }) => status === 'failed')
  if (certain.length > 0 && (broken.length > 0 || end.stoppedBy === 'interrupt'))
    return { verdict: 'no-go', reasons: [...certain.map(sentence), ...butNoMore(findings, broken, missed)] }
  if (broken.length > 0) return { verdict: 'invalid', reasons: invalid(broken, missed, atLeast) }
  if (end.stoppedBy === 'interrupt') return { verdict: 'inconclusive', reasons: interrupted(findings, missed) }
  if (missed.length > 0) return { verdict: 'no-go', reasons: [...missed, ...unknown].map(sentence) }
  // The objective that stopped it may be another than those that are judged now.
  if (end.stoppedBy === 'abort')
    return { verdict: 'no-go', reasons: [`An objective stopped the run after ${secondsFigure(end.durationMs)}${note(end)}.`] }
  const gaps = [...unwhole(findings), ...thrown(findings), ...unknown.map(sentence)]
  if (gaps.length > 0) return { verdict: 'inconclusive', reasons: gaps }
  return { verdict: 'go', reasons: held(objectives) }
}

function invalid(broken: readonly TrustCheck[], missed: readonly ObjectiveResult[], atLeast: readonly string[]): readonly string[] {
  return [
    ...broken.map(({ because }) => because),
    'So this run is no verdict on the target, good or bad.',
    ...atLeast,
    ...missed.map((each) => `At least this was seen all the same: ${each.because}.`),
  ]
}

/** What else there was of a run of which only the certain counts. */
function butNoMore(
  { certain, atLeast, end }: Findings,
  broken: readonly TrustCheck[],
  missed: readonly ObjectiveResult[],
): readonly string[] {
  const seen = missed.filter((each) => !certain.includes(each)).map((each) => `At least this was seen all the same: ${each.because}.`)
  if (broken.length === 0) return [`${interruption(end)}, so nothing else is decided.`, ...seen]
  const why = 'That stands whatever the instrument did; of times and rates this run is no verdict, good or bad.'
  return [why, ...broken.map(({ because }) => because), ...atLeast, ...seen]
}

function unwhole({ sent, end }: Findings): readonly string[] {
  const found = sent === 0 ? ['Nothing was sent, so there is nothing to judge.'] : []
  if (end.finished && end.stoppedBy === 'end') return found
  return [
    ...found,
    `The run ${stops[end.stoppedBy]} after ${secondsFigure(end.durationMs)}${note(end)}; what it saw until then missed nothing, which is not enough.`,
  ]
}

function interrupted({ end }: Findings, missed: readonly ObjectiveResult[]): readonly string[] {
  const head = interruption(end)
  if (missed.length === 0) return [`${head}; what it saw until then missed nothing, which is not enough.`]
  return [`${head}, so it decides nothing; until then this was seen:`, ...missed.map(sentence)]
}

function interruption(end: RunEnd): string {
  return `The run was interrupted after ${secondsFigure(end.durationMs)}${note(end)}`
}

function thrown({ threw }: Findings): readonly string[] {
  if (threw === 0) return []
  const who = threw === 1 ? 'The journey of 1 shopper' : `The journeys of ${threw} shoppers`
  return [`${who} threw an error of their own, so less was asked of the target than the plan says.`]
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
