// A comparison as words and tables, the same in every renderer. Knows nothing of HTML, Markdown or terminals; nothing here is escaped yet.
import type { ComparedAnswer, ComparedRow, ComparedRun, RunComparison } from '@doorbuster/verdict'
import { nothing, sayCount, sayMoment, sayMs, sayRate, sayShare } from './format.ts'
import type { Table } from './table.ts'
import { left, right, tableOf } from './table.ts'

export const answerWords: Readonly<Record<ComparedAnswer, string>> = {
  worse: 'WORSE',
  'not-worse': 'NOT WORSE',
  'cannot-tell': 'CANNOT TELL',
}

export const answerSigns: Readonly<Record<ComparedAnswer, string>> = { worse: '✗', 'not-worse': '✓', 'cannot-tell': '?' }

export function comparisonHeadline({ base, runs }: RunComparison, run: ComparedRun): string {
  const which = runs.length > 1 || run.name !== base.name ? `${run.name} of ${sayMoment(run.startedAt)}` : 'The new run'
  const said = { worse: 'is worse than', 'not-worse': 'is not worse than', 'cannot-tell': 'cannot be told from' }[run.answer]
  return `${which} ${said} ${base.name} of ${sayMoment(base.startedAt)}.`
}

export function comparisonTable({ rows }: ComparedRun, rules: RunComparison['rules'], noiseRuns: number): Table {
  const noise = noiseRuns > 1 ? ` beside what ${noiseRuns} equal runs differed by` : ''
  return tableOf(
    'Base against new',
    `In brackets: 95 % interval. A change of ${sayShare(rules.toleranceRatio)} counts as none${noise}; what would matter is ${sayShare(rules.effectRatio)}. The whole run decides; other rows only when they are beyond chance among all of them.`,
    [
      { ...left('where'), text: placeText },
      { ...left('figure'), text: ({ measure }) => (measure === 'failures' ? 'failed' : measure) },
      { ...right('base'), text: (row) => figureText(row, row.base) },
      { ...right('new'), text: (row) => figureText(row, row.new) },
      { ...right('difference', 2), text: differenceText },
      { ...right('new ÷ base', 1), text: ratioText },
      { ...right('samples', 3), text: ({ samples }) => `${sayCount(samples.base)} / ${sayCount(samples.new)}` },
      { ...left('answer'), text: ({ answer, because }) => `${answer.replace('-', ' ')}${because === '' ? '' : `: ${because}`}` },
    ],
    rows,
  )
}

export function placeText({ phase, step }: ComparedRow): string {
  if (phase === null) return step ?? 'whole run'
  return step === null ? `in ${phase}` : `${step} in ${phase}`
}

function figureText({ measure }: ComparedRow, value: number | null): string {
  if (measure === 'failures') return sayShare(value)
  return measure === 'goodput' ? sayRate(value) : sayMs(value)
}

function differenceText(row: ComparedRow): string {
  const { difference } = row
  if (difference === null) return nothing
  const say = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${figureText(row, Math.abs(value))}`
  return `${say(difference.value)} [${say(difference.low)} to ${say(difference.high)}]`
}

export function ratioText({ ratio }: Pick<ComparedRow, 'ratio'>): string {
  if (ratio === null) return nothing
  return `${ratio.value.toFixed(2)} [${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}]`
}
