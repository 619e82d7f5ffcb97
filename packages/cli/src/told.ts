// What each command that gates came to, in GitHub's terms: Markdown for the job summary, outputs of the step, annotations. Writes nothing.
import { existsSync } from 'node:fs'
import type { Past, Remark, Report, StepOutputs } from '@doorbuster/report'
import {
  capacityOutputs,
  capacityRemarks,
  comparisonMarkdown,
  comparisonOutputs,
  comparisonRemarks,
  historyMarkdown,
  historyOutputs,
  historyRemarks,
  mostRemarks,
  remarksOf,
  renderCapacityMarkdown,
  renderMarkdown,
  stepOutputs,
} from '@doorbuster/report'
import type { CapacityResult, RunComparison } from '@doorbuster/verdict'
import type { ExitCode } from './exit-codes.ts'
import { exitCodes } from './exit-codes.ts'
import { reportPath } from './render-folder.ts'
import type { Found } from './signing/verify-signature.ts'

/** `markdown` null: what there is to say fits into an annotation. */
export type Told = { readonly markdown: string | null; readonly outputs: StepOutputs; readonly remarks: readonly Remark[] }

type InFolder = { readonly folder: string; readonly exitCode: ExitCode }

export function toldOfRun(report: Report, { folder, exitCode }: InFolder): Told {
  const outputs = { ...stepOutputs(report), 'exit-code': exitCode, folder, report: pageIn(folder) }
  return { markdown: renderMarkdown(report), outputs, remarks: remarksOf(report) }
}

export function toldOfCapacity(result: CapacityResult, { folder, exitCode }: InFolder): Told {
  const outputs = { ...capacityOutputs(result), 'exit-code': exitCode, folder, report: pageIn(folder) }
  return { markdown: renderCapacityMarkdown(result), outputs, remarks: capacityRemarks(result, exitCode === exitCodes.go) }
}

export function toldOfComparison(comparison: RunComparison, exitCode: ExitCode): Told {
  const outputs = { ...comparisonOutputs(comparison), 'exit-code': exitCode }
  return { markdown: comparisonMarkdown(comparison), outputs, remarks: comparisonRemarks(comparison) }
}

export function toldOfHistory(past: Past, exitCode: ExitCode): Told {
  return { markdown: historyMarkdown(past), outputs: { ...historyOutputs(past), 'exit-code': exitCode }, remarks: historyRemarks(past) }
}

export function toldOfVerify(given: string, { problems, notes }: Found, exitCode: ExitCode): Told {
  const outputs = {
    verified: String(problems.length === 0),
    problems: problems.join('\n'),
    notes: notes.join('\n'),
    'exit-code': exitCode,
  }
  const remarks = problems.slice(0, mostRemarks).map((text) => ({ kind: 'error' as const, title: `${given} is not verified`, text }))
  return { markdown: null, outputs, remarks }
}

/** Null: it could not be written. */
function pageIn(folder: string): string | null {
  const page = reportPath(folder)
  return existsSync(page) ? page : null
}
