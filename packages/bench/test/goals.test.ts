import { expect, test } from 'vitest'
import type { Round, Row } from '../src/figures.ts'
import type { Goal } from '../src/goals.ts'
import { reach } from '../src/goals.ts'

const round = (cpuUsEach: number, stolenRatio = 0): Round => ({ status: 'measured', stolenRatio, figures: { cpuUsEach } })
const row = (name: string, ...rounds: readonly Round[]): Row => ({ name, rounds })
const ratio: Goal = { row: 'ours', figure: 'cpuUsEach', over: 'theirs', atMost: 1 }

test('the ratio is the median of the ratios of each round, so that a slow minute of both counts for neither', () => {
  const rows = [row('ours', round(8), round(80), round(9)), row('theirs', round(10), round(100), round(10))]
  expect(reach(ratio, rows)).toMatchObject({ status: 'reached', observed: { median: 0.8, low: 0.8, high: 0.9 } })
})

test('a goal is reached at its edge, and missed beyond it', () => {
  expect(reach(ratio, [row('ours', round(10)), row('theirs', round(10))]).status).toBe('reached')
  expect(reach(ratio, [row('ours', round(10.1)), row('theirs', round(10))]).status).toBe('missed')
})

test('a round that was robbed or failed on either side is left out', () => {
  const rows = [row('ours', round(5), round(99)), row('theirs', round(10), round(1, 0.5))]
  expect(reach(ratio, rows).observed).toMatchObject({ low: 0.5, high: 0.5 })
  expect(reach(ratio, [row('ours', round(5)), row('theirs', { status: 'failed', because: 'gone' })]).status).toBe('not measured')
})

test('without the peer nothing was reached', () => {
  expect(reach(ratio, [row('ours', round(5))])).toMatchObject({ status: 'not measured', observed: null })
})

test('an error counts alike above and below the truth', () => {
  const within: Goal = { row: 'ours', figure: 'p99ErrorRatio', over: null, atMost: 0.02 }
  const off = (p99ErrorRatio: number) => row('ours', { status: 'measured', stolenRatio: null, figures: { p99ErrorRatio } })
  expect(reach(within, [off(-0.03)]).status).toBe('missed')
  expect(reach(within, [off(-0.01)]).status).toBe('reached')
})
