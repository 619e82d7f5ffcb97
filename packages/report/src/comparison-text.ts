// A comparison for the terminal and as Markdown. Knows nothing of where the runs came from.
import type { RunComparison } from '@doorbuster/verdict'
import { answerWords, comparisonHeadline, comparisonTable } from './comparison-tables.ts'
import { clip, escapeMarkdown, plainLine } from './escape.ts'
import type { Table } from './table.ts'
import { atMost } from './table.ts'
import { tableMarkdown } from './table-markdown.ts'
import type { TerminalOptions } from './terminal.ts'
import { renderTable } from './terminal.ts'

/** The whole run and what comes first; the rest is on the page and in the JSON. */
const mostTerminalRows = 40
const mostMarkdownRows = 120
const inJson = 'what compare prints with --json'

export function comparisonForTerminal(comparison: RunComparison, options: TerminalOptions): string {
  const remarks = comparison.remarks.map((remark) => `  ${plainLine(remark)}`)
  const runs = comparison.runs.flatMap((run) => [
    `${answerWords[run.answer]}  ${plainLine(comparisonHeadline(comparison, run))}`,
    ...run.reasons.map((reason) => `  ${plainLine(reason)}`),
    '',
    renderTable(atMost(tableIn(comparison, run), mostTerminalRows, inJson), options),
    '',
  ])
  return [...remarks, ...(remarks.length > 0 ? [''] : []), ...runs].join('\n')
}

export function comparisonMarkdown(comparison: RunComparison): string {
  const remarks = comparison.remarks.map((remark) => `> ${escapeMarkdown(clip(remark, 400))}\n`)
  const runs = comparison.runs.flatMap((run) => [
    `## ${answerWords[run.answer]}\n\n**${escapeMarkdown(clip(comparisonHeadline(comparison, run), 400))}**\n`,
    run.reasons.map((reason) => `- ${escapeMarkdown(clip(reason, 400))}\n`).join(''),
    tableMarkdown(atMost(tableIn(comparison, run), mostMarkdownRows, inJson)),
  ])
  return [...remarks, ...runs].join('\n')
}

function tableIn({ rules, noiseRuns }: RunComparison, run: RunComparison['runs'][number]): Table {
  return comparisonTable(run, rules, noiseRuns)
}
