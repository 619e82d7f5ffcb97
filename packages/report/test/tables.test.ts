import { expect, test } from 'vitest'
import { atMost, failuresTable, phasesTable, stepsTable, trustTable, withoutFinest } from '../src/tables.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

const { summary } = sampleReport()

test('every row has a cell for every column', () => {
  for (const table of [phasesTable(summary), stepsTable(summary), failuresTable(summary), trustTable(summary)]) {
    expect(table.rows.length).toBeGreaterThan(0)
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
  }
})

test('a phase without answers shows dashes for its times, never a 0', () => {
  const [phase] = summary.phases
  const table = phasesTable({ ...summary, phases: phase === undefined ? [] : [{ ...phase, ok: 0, responseMs: noPct }] })
  const cell = (title: string): string | undefined => table.rows[0]?.[table.columns.findIndex((column) => column.title === title)]
  expect(['p50', 'p90', 'p95', 'p99', 'p99.9', 'max'].map(cell)).toEqual(['–', '–', '–', '–', '–', '–'])
  expect(cell('answers')).toBe('0')
})

test('the most frequent cause comes first, with its share of all', () => {
  const table = failuresTable({ ...summary, failures: { timeout: 10, 'status:503': 30 } })
  expect(table.rows.map((row) => row.slice(0, 3))).toEqual([
    ['status:503', '30', '75 %'],
    ['timeout', '10', '25 %'],
  ])
})

test('a cut table says how much is missing', () => {
  expect(atMost(stepsTable(summary), 2)).toMatchObject({ rows: { length: 2 }, note: '1 more row in summary.json.' })
  expect(atMost(stepsTable(summary), 3).note).toBe('')
})

test('leaving columns out takes their cells along', () => {
  const table = withoutFinest(stepsTable(summary), 11)
  expect(table.columns.map((column) => column.title)).not.toContain('p99.9')
  expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
})
