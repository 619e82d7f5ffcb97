import { expect, test } from 'vitest'
import type { Round } from '../src/figures.ts'
import { figuresOf } from '../src/figures.ts'

function round(count: number, cpuMs: number, stolenRatio: number | null = 0): Round {
  return { status: 'measured', count, lastingMs: 2_000, cpuMs, latenessP99Ms: null, stolenRatio }
}

test('1.5 s of CPU for 100,000 requests in 2 s are 15 µs each, 50,000/s and three quarters of a core', () => {
  expect(figuresOf({ name: 'x', rounds: [round(100_000, 1_500)] })).toMatchObject({
    cpuUsEach: { median: 15 },
    perSec: { median: 50_000 },
    coreRatio: { median: 0.75 },
  })
})

test('a round with more than 5 % of a CPU stolen does not count, one with 5 % does', () => {
  const figures = figuresOf({ name: 'x', rounds: [round(100, 1, 0.05), round(100, 9, 0.051)] })
  expect(figures).toMatchObject({ kept: 1, of: 2, cpuUsEach: { low: 10, high: 10 } })
})

test('a round on a machine that does not tell what was stolen counts', () => {
  expect(figuresOf({ name: 'x', rounds: [round(100, 1, null)] }).kept).toBe(1)
})

test('a row whose rounds all failed or were robbed has no figure at all', () => {
  const rounds: Round[] = [{ status: 'failed', because: 'it fell over' }, round(100, 1, 0.9)]
  expect(figuresOf({ name: 'x', rounds })).toEqual({ kept: 0, of: 2, cpuUsEach: null, perSec: null, coreRatio: null, latenessP99Ms: null })
})
