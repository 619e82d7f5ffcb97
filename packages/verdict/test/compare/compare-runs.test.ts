// What a comparison says of runs whose difference is known.
import { expect, test } from 'vitest'
import type { RunInSeries } from '../../src/compare/compare-runs.ts'
import { compareRuns, isWhole } from '../../src/compare/compare-runs.ts'
import type { ComparedRow, RunComparison } from '../../src/compare/run-comparison.ts'
import { usualRules } from '../../src/compare/run-comparison.ts'
import { seededRun, stretchOf } from '../support/seeded-run.ts'

const rules = { ...usualRules, resamples: 200 }
const compare = (base: RunInSeries, fresh: RunInSeries, noise: readonly RunInSeries[] = []): RunComparison =>
  compareRuns(base, [fresh], { rules, noise })
const rowsOf = (comparison: RunComparison): readonly ComparedRow[] => comparison.runs[0]?.rows ?? []
const wholeRow = (comparison: RunComparison, measure: ComparedRow['measure']): ComparedRow | undefined =>
  rowsOf(comparison).find((row) => isWhole(row) && row.measure === measure)

/** So many equal seconds with 20 answers of the same time each. */
function constantRun(ms: number, seconds = 30, failed = 0): RunInSeries {
  const stretches = Array.from({ length: seconds }, () =>
    stretchOf(
      Array.from({ length: 20 }, () => ms * 1e3),
      failed,
    ),
  )
  const { start } = seededRun(1)
  const phases = [{ phase: null, lastingMs: seconds * 1e3, stretches: seconds }]
  return { start, series: { phases, cells: [{ phase: null, step: 'page', stretches }] } }
}

test('a run differs from itself by exactly nothing, and is not worse than itself', () => {
  const comparison = compare(seededRun(7), seededRun(7))
  expect(comparison.answer).toBe('not-worse')
  for (const { difference, ratio, measure } of rowsOf(comparison).filter((row) => row.difference !== null)) {
    expect(difference).toEqual({ value: 0, low: 0, high: 0 })
    if (measure !== 'failures') expect(ratio).toEqual({ value: 1, low: 1, high: 1 })
  }
})

test('where nothing varies, the interval is the difference itself', () => {
  const row = wholeRow(compare(constantRun(100), constantRun(150)), 'p95')
  expect(row?.answer).toBe('worse')
  expect(row?.difference?.low).toBe(row?.difference?.value)
  expect(row?.difference?.high).toBe(row?.difference?.value)
  expect(row?.ratio?.value).toBeCloseTo(1.5, 1)
})

test('swapping the runs turns the interval of the ratio upside down', () => {
  const forth = wholeRow(compare(seededRun(1), seededRun(2, { slower: 1.3 })), 'p95')?.ratio
  const back = wholeRow(compare(seededRun(2, { slower: 1.3 }), seededRun(1)), 'p95')?.ratio
  expect((forth?.low ?? 0) * (back?.high ?? 0)).toBeCloseTo(1, 10)
  expect((forth?.value ?? 0) * (back?.value ?? 0)).toBeCloseTo(1, 10)
})

test('the order in which cells and phases were met changes nothing', () => {
  const turned = ({ start, series: { phases, cells } }: RunInSeries): RunInSeries => ({
    start,
    series: { phases, cells: cells.toReversed() },
  })
  const [base, fresh] = [seededRun(3), seededRun(4)]
  expect(compare(turned(base), fresh)).toEqual(compare(base, turned(fresh)))
})

test('the same seed says the same, another seed another interval', () => {
  const [base, fresh] = [seededRun(5), seededRun(6)]
  expect(compare(base, fresh)).toEqual(compare(base, fresh))
  const other = compareRuns(base, [fresh], { rules: { ...rules, seed: 2 } })
  expect(wholeRow(other, 'p95')?.ratio).not.toEqual(wholeRow(compare(base, fresh), 'p95')?.ratio)
})

test('one step that got slower by half is named, though the whole run hides it', () => {
  const comparison = compare(seededRun(8), seededRun(9, { slower: 1.5, of: 'product' }))
  const { reasons = [] } = comparison.runs[0] ?? {}
  expect(comparison.answer).toBe('worse')
  expect(reasons.some((reason) => reason.includes('of product'))).toBe(true)
  const checkout = rowsOf(comparison).find((row) => row.step === 'checkout' && row.phase === null && row.measure === 'p50')
  expect(checkout?.answer).not.toBe('worse')
})

test('a run of which every request failed is worse, though it has no response time to compare', () => {
  const nothingButFailures = constantRun(100, 30, 20)
  for (const { stretches } of nothingButFailures.series.cells) {
    for (const stretch of stretches) Object.assign(stretch, { answered: 0, times: stretchOf([], 0).times })
  }
  const comparison = compare(constantRun(100), nothingButFailures)
  expect(comparison.answer).toBe('worse')
  expect(wholeRow(comparison, 'failures')).toMatchObject({ base: 0, new: 1, answer: 'worse' })
})

test('more failures and less goodput are worse too', () => {
  const comparison = compare(constantRun(100), constantRun(100, 30, 5))
  expect(wholeRow(comparison, 'failures')).toMatchObject({ base: 0, new: 0.2, answer: 'worse' })
  expect(wholeRow(comparison, 'p95')?.answer).toBe('not-worse')
})

test('a change within what equal runs differ by counts as none', () => {
  const [base, fresh] = [constantRun(100), constantRun(120)]
  expect(compare(base, fresh).answer).toBe('worse')
  const noisy = compare(base, fresh, [constantRun(100), constantRun(130)])
  expect(noisy.answer).toBe('not-worse')
  expect(wholeRow(noisy, 'p95')?.band).toBeCloseTo(0.3, 1)
})

test('few seconds and few answers cannot tell, and say why', () => {
  const short = compare(constantRun(100, 4), constantRun(200, 4))
  expect(short.answer).toBe('cannot-tell')
  expect(wholeRow(short, 'p50')?.because).toContain('too short')
  expect(wholeRow(short, 'p99')?.because).toBe('80 response times are too few: p99 takes 500')
})

test('the worst of several new runs is the answer', () => {
  const base = constantRun(100)
  const { answer, runs } = compareRuns(base, [constantRun(100), constantRun(150)], { rules })
  expect([answer, ...runs.map((run) => run.answer)]).toEqual(['worse', 'not-worse', 'worse'])
})
