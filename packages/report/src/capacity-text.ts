// A search for capacity as text: for a terminal and as GitHub Markdown. Every text from outside is brought to one harmless line.
import type { CapacityResult } from '@doorbuster/verdict'
import { capacityHeadline, capacitySign, capacityWord, figuresTable, levelsTable, uslTable } from './capacity-words.ts'
import { wrap } from './columns.ts'
import { clip, escapeMarkdown, plainLine } from './escape.ts'
import { sayMoment } from './format.ts'
import type { Table } from './table.ts'
import { atMost } from './table.ts'
import type { TerminalOptions } from './terminal.ts'
import { renderTable } from './terminal.ts'

const mostRows = 60
const mostLetters = 600

/** Lines joined by newlines, the last without one. */
export function renderCapacityTerminal(result: CapacityResult, options: TerminalOptions): string {
  const [, ...reasons] = result.reasons
  const tables = [figuresTable(result), levelsTable(result), uslTable(result)].filter(({ rows }) => rows.length > 0)
  return [
    `${capacitySign(result.verdict)} ${capacityWord(result.verdict)}  ${plainLine(clip(result.name, 120))}`,
    ...wrap(plainLine(capacityHeadline(result)), options.width),
    '',
    ...reasons.flatMap((reason) => hanging(plainLine(clip(reason, mostLetters)), options.width)),
    ...tables.flatMap((table) => ['', renderTable(atMost(table, mostRows), options)]),
  ].join('\n')
}

function hanging(text: string, width: number): readonly string[] {
  return wrap(text, width - 2).map((line, at) => `${at === 0 ? '· ' : '  '}${line}`)
}

export function renderCapacityMarkdown(result: CapacityResult): string {
  const [, ...reasons] = result.reasons
  return [
    `## ${capacitySign(result.verdict)} ${capacityWord(result.verdict)} · ${say(result.name)}\n\n**${say(capacityHeadline(result))}**\n`,
    reasons.map((reason) => `- ${say(reason)}\n`).join(''),
    ...[figuresTable(result), levelsTable(result), uslTable(result)].filter(({ rows }) => rows.length > 0).map(markdownTable),
    `<sub>Target ${say(result.target)} · plan ${say(result.planHash.slice(0, 12))} · started ${say(sayMoment(result.startedAt))}.</sub>\n`,
  ].join('\n')
}

function markdownTable(whole: Table): string {
  const { name, note, columns, rows } = atMost(whole, mostRows)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rule = columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))
  const body = rows.map((row) => line(row.map(say))).join('')
  return `### ${name}\n\n${line(columns.map(({ title }) => title))}${line(rule)}${body}${note === '' ? '' : `\n${say(note)}\n`}`
}

function say(text: string): string {
  return escapeMarkdown(clip(text, mostLetters))
}
