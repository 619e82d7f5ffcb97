// A calibration in words and as a table. Knows nothing of streams.
import type { Table, TerminalOptions } from '@doorbuster/report'
import { renderTable, sayCount, sayMs, sayRate } from '@doorbuster/report'
import type { LevelSeen } from './ask-level.ts'
import type { Calibrated, Search } from './calibrate.ts'
import type { CalibrationKind, Maximum, SecondOpinion, StoredCalibration } from './calibration.ts'

const subjects: Readonly<Record<CalibrationKind, { readonly what: string; readonly each: string }>> = {
  urls: { what: 'bare URL', each: 'requests' },
  journeys: { what: 'journey of three requests', each: 'shoppers' },
}

const limits: Readonly<Record<Maximum['limitedBy'], string>> = {
  generator: 'this generator',
  target: 'the null target was full, so at least this',
  bounds: 'more was not asked for',
}

/** One line while the search goes on. */
export function levelLine({ kind, threads }: Search, perSec: number, { answered, latenessP99Ms, because }: LevelSeen): string {
  const who = `${subjects[kind].what}, ${sayThreads(threads)}`
  const clean = answered === 'clean' ? 'clean' : `not clean: ${because}`
  return `${who}: ${sayRate(perSec)} ${clean}${answered === 'clean' ? ` (lateness p99 ${sayMs(latenessP99Ms)})` : ''}`
}

/** Lines joined by newlines, the last without one. */
export function calibrationText({ maxima, secondOpinion, standing }: StoredCalibration, options: TerminalOptions): string {
  return [renderTable(maximaTable(maxima), options), '', opinionText(secondOpinion), ...(standing === 'trusted' ? [] : [doubt])].join('\n')
}

const doubt = 'So this calibration is doubtful. Calibrate again on a quiet machine; if they differ then, please report it.'

export function uncleanText({ search: { kind, threads }, leastPerSec, because }: Extract<Calibrated, { kind: 'unclean' }>): string {
  const { what, each } = subjects[kind]
  return `Not even ${sayCount(leastPerSec)} ${each} a second are sent cleanly here (${what}, ${sayThreads(threads)}), and nothing was kept. ${because}`
}

function maximaTable(maxima: readonly Maximum[]): Table {
  return {
    name: 'What this machine sends cleanly',
    note: 'Runs warn when their planned peak is above 80 % of it.',
    columns: [
      { title: 'what', align: 'left', leaves: 0 },
      { title: 'threads', align: 'right', leaves: 0 },
      { title: 'clean maximum', align: 'right', leaves: 0 },
      { title: 'limited by', align: 'left', leaves: 1 },
    ],
    rows: maxima.map(({ kind, threads, cleanPerSec, limitedBy }) => [
      subjects[kind].what,
      sayCount(threads),
      `${sayRate(cleanPerSec)} ${subjects[kind].each}`,
      limits[limitedBy],
    ]),
  }
}

function opinionText({ connections, doorbuster, autocannon, disagreeing }: SecondOpinion): string {
  const pairs = (['p50', 'p90', 'p99'] as const).map((name) => `${name} ${sayMs(doorbuster[name])} and ${sayMs(autocannon[name])}`)
  const samples = `${sayCount(doorbuster.samples)} and ${sayCount(autocannon.samples)} answers`
  const verdict = disagreeing.length === 0 ? 'they agree' : `they disagree about ${disagreeing.join(', ')}`
  return `Second opinion, service times by doorbuster and by autocannon over ${connections} connections: ${pairs.join(', ')} of ${samples}: ${verdict}.`
}

function sayThreads(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`
}
