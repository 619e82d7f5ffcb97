// A comparison as a page of its own.
import { expect, test } from 'vitest'
import { comparisonPage, historyPage } from '../src/plain-page.ts'
import { sampleComparison } from './support/sample-comparison.ts'
import { samplePast } from './support/sample-past.ts'

const placesIn = (table: string): readonly string[] => [...table.matchAll(/<tr><th scope="row">([^<]*)/g)].map(([, place = '']) => place)
const tablesOf = (page: string): readonly string[] =>
  [...page.matchAll(/aria-label="Base against new.*?<\/table>/gs)].map(([table]) => table)

test('the whole run and what got worse stand open, everything else is folded away', () => {
  const comparison = sampleComparison()
  const [run] = comparison.runs
  if (run === undefined) throw new Error('no run')
  const rows = run.rows.map((row) => (row.step === null ? row : ({ ...row, answer: 'not-worse' } as const)))
  const [open, folded] = tablesOf(comparisonPage({ ...comparison, runs: [{ ...run, rows }] }))
  expect(new Set(placesIn(open ?? ''))).toEqual(new Set(['whole run', 'in doors']))
  expect(new Set(placesIn(folded ?? ''))).toEqual(new Set(['checkout', 'checkout in doors']))
})

test('of two runs each has a part of its own, and the headline says how many are worse', () => {
  const page = comparisonPage(sampleComparison('spring-drop', 2))
  expect(page).toContain('1 of 2 runs is worse than spring-drop')
  expect(page.match(/<section class="part/g)).toHaveLength(2)
})

test('an interval stands below its figure', () => {
  expect(comparisonPage(sampleComparison())).toContain('+3.6 ms <small class="interval">[+3.2 ms to +4.0 ms]</small>')
})

test('a history of more runs than a page shows leaves out the oldest, and says how many', () => {
  const past = samplePast()
  const [first] = past.runs
  if (first === undefined) throw new Error('no run')
  const runs = Array.from({ length: 100 }, (_, i) => ({ ...first, folder: `run-${i}` }))
  const page = historyPage({ ...past, runs })
  expect(page).toContain('20 older ones are left out.')
  expect([page.includes('run-19<'), page.includes('run-20<'), page.includes('run-99<')]).toEqual([false, true, true])
})
