import { expect, test } from 'vitest'
import type { Round, Row } from '../src/figures.ts'
import { notesOn, renderTable } from '../src/table.ts'

const round = (cpuMs: number, stolenRatio = 0): Round => ({
  status: 'measured',
  count: 1_000,
  lastingMs: 1_000,
  cpuMs,
  latenessP99Ms: null,
  stolenRatio,
})
const good: Row = { name: 'good', rounds: [round(10), round(30), round(12)] }
const bad: Row = { name: 'bad', rounds: [round(10, 0.3), { status: 'failed', because: 'no such option' }] }

test('a row gives the median with the lowest and highest round', () => {
  expect(renderTable([good]).split('\n')[2]).toMatch(/^good +12 \(10–30\) +1,000 +1\.2 \(1–3\) +– +3$/)
})

test('a row without a round that counts shows no number', () => {
  expect(renderTable([bad]).split('\n')[2]).toMatch(/^bad +– +– +– +– +0 of 2$/)
})

test('all lines of a table have one length', () => {
  const lengths = renderTable([good, bad])
    .split('\n')
    .map((line) => line.length)
  expect(new Set(lengths).size).toBe(1)
})

test('what is missing from a row is said, with the reason, and only then', () => {
  expect(notesOn([good])).toEqual([])
  expect(notesOn([bad])).toEqual([
    'bad: a round failed: no such option',
    "bad: 1 of 2 rounds left out, since this machine's host gave up to 30 % of a CPU to others meanwhile (at most 5 % is trusted)",
  ])
})
