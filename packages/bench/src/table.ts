// Rows → Markdown tables that are also readable as they stand, and the notes that belong under them. What could not be measured
// reads –, and a note says why.
import type { Figure, Row } from './figures.ts'
import { isRobbed, keptIn, mostStolenRatio, spreadIn } from './figures.ts'
import type { Reached } from './goals.ts'
import type { Spread } from './statistics.ts'

type Column = { readonly head: string; readonly times: number; readonly isSigned: boolean }

const plain = (head: string, times = 1): Column => ({ head, times, isSigned: false })
const error = (head: string, times = 100): Column => ({ head, times, isSigned: true })

const columnOf: Readonly<Record<Figure, Column>> = {
  cpuUsEach: plain('CPU µs each'),
  cpuUsPerJourney: plain('CPU µs a journey'),
  perSec: plain('each/s'),
  coreRatio: plain('% of a core', 100),
  peakMb: plain('peak MB'),
  atOnce: plain('at once'),
  latenessP99Ms: plain('lateness p99 ms'),
  p50ErrorRatio: error('p50 off by %'),
  p90ErrorRatio: error('p90 off by %'),
  p99ErrorRatio: error('p99 off by %'),
  saidP50Ms: plain('p50 said, ms'),
  saidP90Ms: plain('p90 said'),
  saidP99Ms: plain('p99 said'),
  trueP50Ms: plain('p50 true'),
  trueP90Ms: plain('p90 true'),
  trueP99Ms: plain('p99 true'),
  worstBinRatio: plain('worst bin off by %', 100),
  worstBinArrivals: error('arrivals in it', 1),
}

export function renderRows(rows: readonly Row[], columns: readonly Figure[]): string {
  const heads = ['', ...columns.map((figure) => columnOf[figure].head), 'rounds']
  const cells = rows.map((row) => {
    const kept = keptIn(row)
    const of = row.rounds.length
    return [
      row.name,
      ...columns.map((figure) => saySpread(spreadIn(row, figure), columnOf[figure])),
      kept === of ? `${of}` : `${kept} of ${of}`,
    ]
  })
  return renderTable(heads, cells)
}

export type GoalRow = Reached & { readonly work: string }

export function renderGoals(reached: readonly GoalRow[]): string {
  const cells = reached.map(({ work, goal, observed, status }) => {
    const { head, times } = columnOf[goal.figure]
    const column = goal.over === null ? plain(head, times) : plain(head)
    const what = goal.over === null ? `${goal.row}, ${head}` : `${goal.row} ÷ ${goal.over}, ${head}`
    return [`${work}: ${what}`, `≤ ${sayNumber(goal.atMost * column.times)}`, saySpread(observed, column), status]
  })
  return renderTable(['goal', 'at most', 'this run', ''], cells)
}

/** First column to the left, the others to the right. */
function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((_, column) => Math.max(3, ...[heads, ...rows].map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(heads), rule, ...rows.map(line)].join('\n')
}

/** One line for each reason why something is missing from a row. */
export function notesOn(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ name, rounds }) => {
    const failed = new Set(rounds.filter((round) => round.status === 'failed').map(({ because }) => because))
    const stolen = rounds.filter((round) => round.status === 'measured').filter(isRobbed)
    const most = Math.max(...stolen.map(({ stolenRatio }) => stolenRatio ?? 0))
    const share = (ratio: number) => `${sayNumber(ratio * 100)} %`
    return [
      ...[...failed].map((because) => `${name}: a round failed: ${because}`),
      ...(stolen.length === 0
        ? []
        : [
            `${name}: ${stolen.length} of ${rounds.length} rounds left out, since this machine's host gave up to ${share(most)} of a CPU ` +
              `to others meanwhile (at most ${share(mostStolenRatio)} is trusted)`,
          ]),
    ]
  })
}

/** The median, and in brackets the lowest and highest round when there are several. */
function saySpread(spread: Spread | null, { times, isSigned }: Column): string {
  if (spread === null) return '–'
  const say = isSigned ? signed : sayNumber
  const [middle, low, high] = [spread.median, spread.low, spread.high].map((value) => say(value * times))
  return low === high ? `${middle}` : `${middle} (${low} to ${high})`
}

/** Three digits are more than a few rounds can tell. */
const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const signedDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, signDisplay: 'exceptZero' })

function sayNumber(value: number): string {
  return digits.format(value)
}

function signed(value: number): string {
  return signedDigits.format(value)
}
