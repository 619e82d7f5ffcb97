import { describe, expect, test } from 'vitest'
import { asideTables, crowdTables } from '../src/all-tables.ts'
import { aftermathTable, findingsTable, hostileTable, waitingRoomTable } from '../src/aside-tables.ts'
import { countedText } from '../src/facts.ts'
import { renderHtml } from '../src/html.ts'
import { renderMarkdown } from '../src/markdown.ts'
import { funnelTable, shoppersTable } from '../src/shopper-tables.ts'
import type { Table } from '../src/table.ts'
import { renderTerminal } from '../src/terminal.ts'
import { hostileTexts } from './support/hostile.ts'
import { noPct, sampleReport } from './support/sample-report.ts'

const report = sampleReport()
const { summary } = report
const rowOf = (table: Table, nth = 0): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(table.columns.map(({ title }, i) => [title, table.rows[nth]?.[i]]))

const nobody = {
  ...summary,
  amplification: 1,
  degradedMs: noPct,
  visits: [],
  deviceVisits: [],
  classes: [],
  devices: [],
  answeredBy: [],
  groups: [],
  counters: {},
  trends: {},
  findings: [],
  outside: [],
  ...(summary.budget && { budget: { ...summary.budget, isDeclared: false, spentMs: 0 } }),
  aftermath: {
    ...summary.aftermath,
    collapseMs: summary.aftermath.herdPenalty,
    recoveryMs: summary.aftermath.herdPenalty,
    hysteresis: summary.aftermath.herdPenalty,
    amplification: [{ phase: 'doors', factor: 1 }],
  },
}

test('a run of plain requests draws none of the tables of a crowd', () => {
  expect([...crowdTables(nobody), ...asideTables(nobody)].flatMap(({ rows }) => rows)).toEqual([])
})

test('every row has a cell for every column', () => {
  for (const { name, rows, columns } of [...crowdTables(summary), ...asideTables(summary)]) {
    expect(rows.length, name).toBeGreaterThan(0)
    expect(rows.every((row) => row.length === columns.length)).toBe(true)
  }
})

test('shoppers are told by class, with where most of them were lost', () => {
  expect(rowOf(shoppersTable(summary))).toMatchObject({
    class: 'buyer',
    arrived: '2,000',
    finished: '1,620',
    share: '81 %',
    'gave up': '320',
    'turned away': '60',
    'visit p95': '37.6 s',
    'lost after': '14.0 s',
    'most were lost': 'gave-up:checkout (320)',
  })
})

test('a funnel is what was wanted at a step by a hundred shoppers', () => {
  const steps = summary.steps.map((step, i) => ({ ...step, intents: 1_000 / (i + 1) }))
  expect(rowOf(funnelTable({ ...summary, shoppers: { ...summary.shoppers, due: 2_000 }, steps }), 1)).toMatchObject({
    step: 'product',
    wanted: '500',
    'by 100 shoppers': '25',
  })
})

test('the confusion matrix says what of either was stopped', () => {
  expect(hostileTable(summary).rows).toEqual([
    ['hostile', '40', '960', '96 %'],
    ['legitimate', '9,990', '10', '0.1 %'],
  ])
})

// 900 admitted in 150.4 s.
test('a waiting room admits so many a minute', () => {
  expect(rowOf(waitingRoomTable(summary))).toMatchObject({ what: 'admitted', counted: '900', 'a minute': '359' })
  expect(rowOf(waitingRoomTable(summary), 1)).toMatchObject({ what: 'wait', p50: '12.0 s' })
})

test('findings say how far a leak reached, and show no more than the masked sample', () => {
  const table = findingsTable(summary)
  expect(table.note).toBe(
    'Data of at least 3 shoppers (email) was shown to at least 4 others, in answers of 1 step, over 34 s from 01:01 on.',
  )
  expect(rowOf(table)).toMatchObject({ times: '31', owners: '3', 'seen by': '4', 'sample, masked': 'a…@example.test' })
})

test('what came after the peak is told where it is known, and what never came says so', () => {
  expect(aftermathTable(summary).rows.map((row) => row.slice(0, 2))).toEqual([
    ['time to collapse', '12 s'],
    ['recovery', 'not recovered'],
    ['hysteresis', '1.42×'],
    ['amplification in baseline', '1×'],
    ['amplification in doors', '1.73×'],
  ])
})

test('shoppers, intents, attempts and requests are four numbers wherever they differ', () => {
  const four = {
    ...summary,
    totals: { ...summary.totals, intents: 200, attempts: 262, due: 300 },
    shoppers: { ...summary.shoppers, due: 50 },
  }
  expect(countedText(four)).toBe('50 shoppers, 200 intents, 262 attempts (1.31×), 300 requests')
  for (const text of [
    renderTerminal({ ...report, summary: four }, { colour: false, width: 120 }),
    renderMarkdown({ ...report, summary: four }),
  ])
    expect(text).toContain('Counted: 50 shoppers, 200 intents')
  expect(renderHtml({ ...report, summary: four })).toContain('<dt>Counted</dt>')
})

describe('every renderer', () => {
  const names = ['Shoppers', 'Hostile traffic', 'Waiting room', 'Funnel', 'Devices', 'Who answered', 'Transactions', 'Counters', 'Findings']

  const [terminal, markdown, page] = [renderTerminal(report, { colour: false, width: 120 }), renderMarkdown(report), renderHtml(report)]

  test.each(names)('draws the table %s', (name) => {
    expect(terminal).toContain(`\n${name}\n`)
    expect(markdown).toContain(`### ${name}\n`)
    expect(page).toMatch(new RegExp(`<h3 id="[a-z-]+-title">${name}</h3>`))
  })

  test.each(hostileTexts)('keeps %j in a name of the crowd from doing anything', (other) => {
    const hostile = sampleReport({ words: { other } })
    expect(renderTerminal(hostile, { colour: false, width: 120 }).split('\n').join('')).not.toMatch(/\p{Cc}/u)
    expect(renderMarkdown(hostile).replace(/<\/?sub>/g, '')).not.toContain('<')
    // The page's own script is a constant; a test holds it to its hash.
    expect(renderHtml(hostile).replace(/<script>[^<]*<\/script>\n<\/body>/, '')).not.toMatch(/<(?:script|img|x\/|svg onload)/)
  })
})

test('thousands of names and findings keep the page under 600 kB', () => {
  const long = 'x'.repeat(3_000)
  const many = <Of>(one: Of | undefined): readonly Of[] => (one === undefined ? [] : Array.from({ length: 3_000 }, () => one))
  const counters = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`${long}${i}`, { count: 1, sum: 1, min: 1, max: 1 }]))
  const [finding] = summary.findings
  const findings = many(finding && { ...finding, sample: long, cache: long, node: long })
  const crowd = { visits: many(summary.visits[0]), devices: many(summary.devices[0]), counters, findings }
  expect(Buffer.byteLength(renderHtml({ ...sampleReport({ seconds: 3_600 }), summary: { ...summary, ...crowd } }))).toBeLessThan(600_000)
})
