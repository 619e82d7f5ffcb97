// A run as GitHub Markdown, for a job summary or a comment. Knows nothing of GitHub's API. Every text from outside is escaped to one line.
import { asideTables, crowdTables } from './all-tables.ts'
import { comparisonMarkdown } from './comparison-text.ts'
import { clip, escapeMarkdown } from './escape.ts'
import { calibrationText, connectionsText, countedText, howToRepeat } from './facts.ts'
import { sayMoment } from './format.ts'
import type { Report } from './report.ts'
import type { Table } from './table.ts'
import { atMost } from './table.ts'
import { tableMarkdown } from './table-markdown.ts'
import { failuresTable, objectivesTable, ordersTable, phasesTable, stepsTable, trustTable } from './tables.ts'
import { saturatedTable, targetTable } from './target-tables.ts'
import { limits } from './words/limits.ts'
import { headline, keyNumbers, notEvidence, verdictSign, verdictWord } from './words.ts'

const mostBytes = 100_000
const mostRows = 40
const mostReasons = 20
const mostLetters = 160

/** Under 100 kB, whatever the names in the run are: GitHub refuses a whole job's summaries above its own limit. */
export function renderMarkdown(report: Report): string {
  const { summary, start, signature, comparison, leftOut = [] } = report
  const { verdict, trust } = summary
  const failed = trust.some((check) => check.status === 'failed')
  const parts = [
    `## ${verdictSign(verdict)} ${verdictWord(verdict)} · ${say(summary.name)}\n\n**${say(headline(summary))}**\n`,
    [...summary.reasons.slice(0, mostReasons), ...limits(report), ...leftOut]
      .map((reason) => `- ${escapeMarkdown(clip(reason, 600))}\n`)
      .join(''),
    signed(signature),
    numbers(summary, start),
    verdict === 'invalid' ? `> ${notEvidence}\n` : '',
    failed ? table(trustTable(summary)) : '',
    table(objectivesTable(summary)),
    comparison === undefined ? '' : comparisonMarkdown(comparison),
    ...crowdTables(summary).map(table),
    table(saturatedTable(summary)),
    table(targetTable(summary)),
    table(ordersTable(summary)),
    table(failuresTable(summary)),
    table(phasesTable(summary)),
    table(stepsTable(summary)),
    ...asideTables(summary).map(table),
    notMeasuredList(summary),
    `<sub>Target ${say(start.target)} · plan ${say(summary.planHash.slice(0, 12))} · seed ${summary.seed} · started ${say(sayMoment(summary.startedAt))}. ${say(howToRepeat({ summary, start }))}</sub>\n`,
  ]
  return within(
    parts.filter((part) => part !== ''),
    mostBytes,
  )
}

/** The latest sign-off alone; the page and signature.json have those before it. */
function signed(signature: Report['signature']): string {
  const last = signature?.signOffs.at(-1)
  if (last === undefined) return ''
  const risk = last.acceptedRisk === null ? '' : ` Accepted risk: ${escapeMarkdown(clip(last.acceptedRisk, 500))}`
  return `Signed by **${say(last.as)}** until ${say(sayMoment(last.until))}.${risk}\n`
}

function numbers(summary: Report['summary'], start: Report['start']): string {
  const keys = keyNumbers(summary).map(({ label, value, note }) => `- ${label}: **${say(value)}** (${say(note)})\n`)
  const named = { Counted: countedText(summary), Connections: connectionsText(summary), Generator: calibrationText(start) }
  const others = Object.entries(named).map(([label, text]) => (text === null ? '' : `- ${label}: ${say(text)}\n`))
  return [...keys, ...others].join('')
}

function notMeasuredList({ notMeasured = [] }: Report['summary']): string {
  if (notMeasured.length === 0) return ''
  return `### Not measured\n\n${notMeasured.map((sentence) => `- ${escapeMarkdown(clip(sentence, 600))}\n`).join('')}`
}

/** As many parts as there is room for, in order: the verdict comes first, so it is never what is missing. */
function within(parts: readonly string[], most: number): string {
  const left = '\n_Cut here: the rest is in summary.json._\n'
  let text = ''
  for (const part of parts) {
    const longer = text === '' ? part : `${text}\n${part}`
    if (Buffer.byteLength(longer + left) > most) return text + left
    text = longer
  }
  return text
}

function table(whole: Table): string {
  return tableMarkdown(atMost(whole, mostRows))
}

function say(text: string): string {
  return escapeMarkdown(clip(text, mostLetters))
}
