// What GitHub Actions reads beside a job summary: outputs of a step, and annotations. Every text may come from outside and is escaped here;
// knows nothing of files or of the environment.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
import { clip, plainLine } from './escape.ts'
import type { Report } from './report.ts'
import { errorRatio, headline } from './words.ts'

/** Of each kind: GitHub shows no more for a step. */
export const mostRemarks = 10
const mostLetters = 1_000

export type Remark = { readonly kind: 'error' | 'warning'; readonly title: string; readonly text: string }

/** Missed objectives and failed checks of the instrument, the deciding ones first; at most ten errors and ten warnings. */
export function remarksOf({ summary }: Pick<Report, 'summary'>): readonly Remark[] {
  const unmet = summary.objectives.filter(({ status }) => status !== 'met')
  const warnings = unmet.filter(({ warnOnly }) => warnOnly).map(({ text, because }) => remark('warning', text, because))
  return [...errorsOf(summary).slice(0, mostRemarks), ...warnings.slice(0, mostRemarks)]
}

/** A run that may not go says so at least once. */
function errorsOf(summary: Report['summary']): readonly Remark[] {
  if (summary.verdict === 'go') return []
  const checks = summary.trust.filter(({ status }) => status === 'failed')
  const unmet = summary.objectives.filter(({ status, warnOnly }) => status !== 'met' && !warnOnly)
  const told =
    summary.verdict === 'invalid'
      ? checks.map(({ name, because }) => remark('error', `instrument: ${name}`, because))
      : unmet.map(({ text, because }) => remark('error', text, because))
  return told.length > 0 ? told : [remark('error', summary.name, headline(summary))]
}

function remark(kind: Remark['kind'], title: string, text: string): Remark {
  return { kind, title, text }
}

/** One line that the runner takes for a command. */
export function annotation({ kind, title, text }: Remark): string {
  return `::${kind} title=${property(line(title))}::${data(line(text))}\n`
}

function line(text: string): string {
  return clip(plainLine(text), mostLetters)
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

export type StepOutputs = Readonly<Record<string, string | number | null>>

/** The figures that a later step asks for; null where nothing was measured. */
export function stepOutputs({ summary }: Pick<Report, 'summary'>): StepOutputs {
  const { verdict, responseMs, totals, shoppers, durationMs, generator } = summary
  return {
    verdict,
    headline: headline(summary),
    reasons: summary.reasons.join('\n'),
    'p50-ms': responseMs.p50,
    'p95-ms': responseMs.p95,
    'p99-ms': responseMs.p99,
    'errors-ratio': errorRatio(summary),
    requests: totals.sent,
    shoppers: shoppers.due,
    'duration-ms': durationMs,
    'lateness-p99-ms': generator.latenessMs.p99,
  }
}

/**
 * Lines for the file in `GITHUB_OUTPUT`. Every value stands between two lines that only this call knows, so that no text within it can end
 * it and name an output of its own. @throws Error when a value holds the delimiter, which a random one never meets
 */
export function githubOutputs(values: StepOutputs, delimiter: string): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const text = String(value ?? '').toWellFormed()
      if (text.includes(delimiter)) throw new Error(`the value of ${name} holds the delimiter`)
      return `${name}<<${delimiter}\n${text}\n${delimiter}\n`
    })
    .join('')
}
