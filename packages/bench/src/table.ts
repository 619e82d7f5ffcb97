// Rows → one table and the notes that belong under it. What could not be measured reads –, and a note says why.
import type { Row } from './figures.ts'
import { figuresOf, isRobbed, mostStolenRatio } from './figures.ts'
import type { Spread } from './statistics.ts'

const heads = ['', 'CPU µs each', 'each/s', '% of a core', 'lateness p99 ms', 'rounds'] as const

export function renderTable(rows: readonly Row[]): string {
  const lines = [heads, ...rows.map(cellsOf)]
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const text = lines.map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  )
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  return [text[0], rule, ...text.slice(1)].join('\n')
}

/** One line a row of which something is missing. */
export function notesOn(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ name, rounds }) => {
    const failed = rounds.filter((round) => round.status === 'failed')
    const stolen = rounds.filter((round) => round.status === 'measured').filter(isRobbed)
    const most = Math.max(...stolen.map(({ stolenRatio }) => stolenRatio ?? 0))
    const share = (ratio: number) => `${sayNumber(ratio * 100)} %`
    return [
      ...failed.map(({ because }) => `${name}: a round failed: ${because}`),
      ...(stolen.length === 0
        ? []
        : [
            `${name}: ${stolen.length} of ${rounds.length} rounds left out, since this machine's host gave up to ${share(most)} of a CPU ` +
              `to others meanwhile (at most ${share(mostStolenRatio)} is trusted)`,
          ]),
    ]
  })
}

function cellsOf(row: Row): readonly string[] {
  const { kept, of, cpuUsEach, perSec, coreRatio, latenessP99Ms } = figuresOf(row)
  const spreads = [saySpread(cpuUsEach), saySpread(perSec), saySpread(coreRatio, 100), saySpread(latenessP99Ms)]
  return [row.name, ...spreads, kept === of ? `${of}` : `${kept} of ${of}`]
}

/** The median, and in brackets the lowest and highest round when there are several. */
function saySpread(spread: Spread | null, times = 1): string {
  if (spread === null) return '–'
  const [middle, low, high] = [spread.median, spread.low, spread.high].map((value) => sayNumber(value * times))
  return low === high ? `${middle}` : `${middle} (${low}–${high})`
}

/** Three digits are more than a few rounds can tell. */
const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

function sayNumber(value: number): string {
  return digits.format(value)
}
