import { expect, test } from 'vitest'
import type { Round, Row } from '../src/figures.ts'
import { notesOn, renderGoals, renderRows } from '../src/table.ts'

const round = (cpuUsEach: number, stolenRatio = 0): Round => ({
  status: 'measured',
  stolenRatio,
  figures: { cpuUsEach, p99ErrorRatio: 0.013 },
})
const good: Row = { name: 'good', rounds: [round(10), round(30), round(12)] }
const bad: Row = { name: 'bad', rounds: [round(10, 0.3), { status: 'failed', because: 'no such option' }] }

test('a row gives the median with the lowest and highest round, and an error its sign', () => {
  expect(renderRows([good], ['cpuUsEach', 'p99ErrorRatio']).split('\n')[2]).toMatch(/^\| good \| 12 \(10 to 30\) \| +\+1\.3 \| +3 \|$/)
})

test('a row without a round that counts shows no number', () => {
  expect(renderRows([bad], ['cpuUsEach', 'perSec']).split('\n')[2]).toMatch(/^\| bad \| +– \| +– \| 0 of 2 \|$/)
})

test('all lines of a table have one length, and the second is the rule of a Markdown table', () => {
  const lines = renderRows([good, bad], ['cpuUsEach']).split('\n')
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[1]).toMatch(/^\| -+ \| -+: \| -+: \|$/)
})

test('what is missing from a row is said once, with the reason, and only then', () => {
  expect(notesOn([good])).toEqual([])
  const twice: Row = { name: 'bad', rounds: [...bad.rounds, { status: 'failed', because: 'no such option' }] }
  expect(notesOn([twice])).toEqual([
    'bad: a round failed: no such option',
    "bad: 1 of 3 rounds left out, since this machine's host gave up to 30 % of a CPU to others meanwhile (at most 5 % is trusted)",
  ])
})

test('a ratio stands as it is, an error in percent', () => {
  const observed = { median: 0.015, low: 0.015, high: 0.015, mad: 0 }
  const goals = renderGoals([
    {
      work: '(a) loop',
      goal: { row: 'x', figure: 'cpuUsEach', over: 'y', atMost: 0.45 },
      observed: { ...observed, median: 0.4 },
      status: 'reached',
    },
    { work: '(f) truth', goal: { row: 'x', figure: 'p99ErrorRatio', over: null, atMost: 0.02 }, observed, status: 'reached' },
    { work: '(g) spike', goal: { row: 'x', figure: 'peakMb', over: null, atMost: 200 }, observed: null, status: 'not measured' },
  ])
  expect(goals).toMatch(/\(a\) loop: x ÷ y, CPU µs each +\| +≤ 0\.45 \| +0\.4 \| +reached/)
  expect(goals).toMatch(/\(f\) truth: x, p99 off by % +\| +≤ 2 \| +1\.5 \| +reached/)
  expect(goals).toMatch(/\| +≤ 200 \| +– \| not measured \|/)
})
