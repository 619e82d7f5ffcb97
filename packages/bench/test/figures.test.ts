import { expect, test } from 'vitest'
import type { Round, Row } from '../src/figures.ts'
import { figureIn, keptIn, spreadIn } from '../src/figures.ts'

const round = (peakMb: number, stolenRatio: number | null = 0): Round => ({ status: 'measured', stolenRatio, figures: { peakMb } })
const failed: Round = { status: 'failed', because: 'it fell over' }
const row = (...rounds: readonly Round[]): Row => ({ name: 'x', rounds })

test('a round with more than 5 % of a CPU stolen does not count, one with 5 % does', () => {
  const two = row(round(10, 0.05), round(90, 0.051))
  expect(keptIn(two)).toBe(1)
  expect(spreadIn(two, 'peakMb')).toMatchObject({ low: 10, high: 10 })
})

test('a round on a machine that does not tell what was stolen counts', () => expect(keptIn(row(round(1, null)))).toBe(1))

test('a row whose rounds all failed or were robbed has no figure at all', () => {
  const none = row(failed, round(1, 0.9))
  expect(keptIn(none)).toBe(0)
  expect(spreadIn(none, 'peakMb')).toBeNull()
})

test('a figure that a round never measured is none', () => {
  expect(figureIn(round(10), 'perSec')).toBeUndefined()
  expect(figureIn(round(10), 'peakMb')).toBe(10)
  expect(figureIn(undefined, 'peakMb')).toBeUndefined()
})
