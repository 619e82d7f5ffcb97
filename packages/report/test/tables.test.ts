import { expect, test } from 'vitest'
import { atMost, withoutFinest } from '../src/table.ts'
import { failuresTable, ordersTable, phasesTable, stepsTable, trustTable } from '../src/tables.ts'
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

const product = {
  ...{ sku: 'tv-55', stock: 500, confirmed: 498, unknown: 7, refused: 90, cancelled: 0 },
  ...{ shopSold: null, shopStock: null, sold: { least: 498, most: 505 }, oversold: { least: 0, most: 5 } },
}
const books = {
  ...{ orders: { confirmed: 498, unknown: 7, refused: 90, cancelled: 0 }, products: [product], duplicates: 2, mismatches: [], silent: [] },
  lost: { orders: 12, cents: null, text: 'about 12 orders were lost' },
}

test('orders that nobody could tell of are shown as a range, and what is not known as a dash', () => {
  const table = ordersTable({ ...summary, ledger: books })
  expect(table.rows).toEqual([['tv-55', '500', '498 to 505', '0 to 5', '498', '7', '90', '0', '–', '–']])
  expect(table.note).toBe('Pieces, of 498 confirmed orders; 2 beyond the first of their key. An estimate: about 12 orders were lost.')
})

test('a run without orders has no table of them', () => {
  const { ledger: _, ...without } = summary
  expect(ordersTable(without).rows).toEqual([])
})
