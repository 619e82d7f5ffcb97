// The end of a run in a terminal: verdict and reasons first, then the numbers. Knows nothing of streams; colour is asked for, never assumed,
// and only repeats what a word or a sign already says. No text from outside reaches the terminal with its control characters.
import type { Verdict } from '@doorbuster/verdict'
import Table3 from 'cli-table3'
import { asideTables, crowdTables } from './all-tables.ts'
import { columnsOf, cutTo, wrap } from './columns.ts'
import { plainLine } from './escape.ts'
import { calibrationText, connectionsText, countedText, cpuText } from './facts.ts'
import { sayCount, sayMany, sayMs } from './format.ts'
import type { Report } from './report.ts'
import type { Column, Table } from './table.ts'
import { atMost } from './table.ts'
import { checksTable, failuresTable, objectivesTable, ordersTable, phasesTable, stepsTable } from './tables.ts'
import { saturatedTable, targetTable } from './target-tables.ts'
import { limits } from './words/limits.ts'
import { headline, notEvidence, verdictSign, verdictWord } from './words.ts'

export type TerminalOptions = {
  readonly colour: boolean
  /** Columns of the terminal; lines are no longer, down to 40. */
  readonly width: number
}

const mostRows = 40
const leastWidth = 40

/** Lines joined by newlines, the last without one. */
export function renderTerminal(report: Report, { colour, width }: TerminalOptions): string {
  const { summary, leftOut = [] } = report
  const room = Math.max(leastWidth, width)
  const ink = colour ? coloured : plain
  const tables = [
    objectivesTable(summary),
    ...crowdTables(summary),
    saturatedTable(summary),
    targetTable(summary),
    ordersTable(summary),
    phasesTable(summary),
    stepsTable(summary),
    failuresTable(summary),
    checksTable(summary),
    ...asideTables(summary),
  ]
  return [
    `${ink(summary.verdict, `${verdictSign(summary.verdict)} ${verdictWord(summary.verdict)}`)}  ${cutTo(plainLine(summary.name), room - 18)}`,
    ...wrap(headline(summary), room),
    '',
    ...[...summary.reasons, ...limits(report), ...leftOut].flatMap((reason) => hanging('· ', reason, room)),
    ...(summary.verdict === 'invalid' ? ['', ...wrap(notEvidence, room)] : []),
    ...tables.filter((table) => table.rows.length > 0).flatMap((table) => drawTable(atMost(table, mostRows), room, ink)),
    '',
    ...connectionLines(report, room),
    ...instrumentLines(report, room, ink),
    ...notMeasuredLines(report, room, ink),
  ].join('\n')
}

/** A table by itself, as the end of a run has them: its name, its rows, its note. Text as above. */
export function renderTable(table: Table, { colour, width }: TerminalOptions): string {
  const [, ...lines] = drawTable(table, Math.max(leastWidth, width), colour ? coloured : plain)
  return lines.join('\n')
}

type Ink = (tone: Verdict | 'title', text: string) => string

const codes: Readonly<Record<Verdict | 'title', string>> = {
  go: '1;32',
  'no-go': '1;31',
  inconclusive: '1;33',
  invalid: '1;35',
  title: '1',
}
const coloured: Ink = (tone, text) => `\u001b[${codes[tone]}m${text}\u001b[0m`
const plain: Ink = (_, text) => text

function hanging(start: string, text: string, room: number): readonly string[] {
  const lines = wrap(plainLine(text), room - columnsOf(start))
  return lines.map((line, i) => (i === 0 ? start : ' '.repeat(columnsOf(start))) + line)
}

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
}
const chars = { ...bare, left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ' }

function drawTable(whole: Table, room: number, ink: Ink): readonly string[] {
  const { columns, rows } = fitted(whole, room)
  const table = new Table3({
    head: columns.map((column) => column.title),
    colAligns: columns.map((column) => column.align),
    chars,
    style: { 'padding-left': 0, 'padding-right': 1, head: [], border: [], compact: true },
  })
  table.push(...rows.map((row) => [...row]))
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
  return ['', ink('title', whole.name), ...lines, ...(whole.note === '' ? [] : wrap(plainLine(whole.note), room))]
}

/** Fewer columns until they fit: first those that say nothing (all zeros), then by rank; at last the widest text is cut. */
function fitted(whole: Table, room: number): Table {
  const cells = whole.rows.map((row) => row.map(plainLine))
  const quiet = (i: number): boolean => (whole.columns[i]?.leaves ?? 0) > 0 && cells.every((row) => row[i] === '0' || row[i] === '–')
  let table = keep({ ...whole, rows: cells }, (_, i) => !quiet(i))
  while (widthOf(table) > room) {
    const first = Math.max(...table.columns.map((column) => column.leaves))
    if (first === 0) return cut(table, room)
    table = keep(table, (column) => column.leaves !== first)
  }
  return table
}

function keep(table: Table, stays: (column: Column, i: number) => boolean): Table {
  const kept = table.columns.map(stays)
  return { ...table, columns: table.columns.filter((_, i) => kept[i]), rows: table.rows.map((row) => row.filter((_, i) => kept[i])) }
}

function widths({ columns, rows }: Table): readonly number[] {
  return columns.map(({ title }, i) => Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row[i] ?? ''))))
}

/** Each column takes its width, one space of padding, and one between it and the next. */
function widthOf(table: Table): number {
  return widths(table).reduce((sum, width) => sum + width + 2, -1)
}

/** A table of sentences or long names: the widest left-aligned column gives way, and never below six columns. */
function cut(table: Table, room: number): Table {
  const all = widths(table)
  const widest = table.columns.reduce((best, column, i) => (column.align === 'left' && (all[i] ?? 0) > (all[best] ?? 0) ? i : best), 0)
  const allowed = Math.max(6, (all[widest] ?? 0) - (widthOf(table) - room))
  return { ...table, rows: table.rows.map((row) => row.map((cell, i) => (i === widest ? cutTo(cell, allowed) : cell))) }
}

function connectionLines({ summary }: Report, room: number): readonly string[] {
  const named = { Counted: countedText(summary), Connections: connectionsText(summary) }
  const lines = Object.entries(named).flatMap(([name, text]) => (text === null ? [] : wrap(`${name}: ${text}`, room)))
  return lines.length === 0 ? [] : [...lines, '']
}

const mostNotMeasured = 4

/** The first few: the rest is in the other renderings. */
function notMeasuredLines({ summary: { notMeasured = [] } }: Report, room: number, ink: Ink): readonly string[] {
  if (notMeasured.length === 0) return []
  const more = notMeasured.length - mostNotMeasured
  const told = notMeasured.slice(0, mostNotMeasured).flatMap((sentence) => hanging('· ', sentence, room))
  return ['', ink('title', 'Not measured'), ...told, ...(more > 0 ? [`· and ${sayMany(more, 'more thing')}, in report.md`] : [])]
}

function instrumentLines({ summary, start }: Report, room: number, ink: Ink): readonly string[] {
  const { latenessMs, loopDelayMs } = summary.generator
  const calibration = calibrationText(start)
  const failed = summary.trust.filter((check) => check.status === 'failed')
  const passed = summary.trust.filter((check) => check.status === 'passed').length
  const unjudged = summary.trust.filter((check) => check.status === 'not-judged').length
  const notJudged = unjudged === 0 ? '' : `, ${unjudged} not judged`
  const line = `lateness p99 ${sayMs(latenessMs.p99)} of ${sayCount(latenessMs.count)}, event-loop delay p99 ${sayMs(loopDelayMs.p99)}, CPU ${cpuText(summary)}; ${passed} of ${summary.trust.length} checks passed${notJudged}`
  return [
    ink('title', 'Instrument'),
    ...wrap(line, room),
    ...(calibration === null ? [] : wrap(calibration, room)),
    ...failed.flatMap((check) => hanging('✗ ', `${check.name}: ${check.because}`, room)),
  ]
}
