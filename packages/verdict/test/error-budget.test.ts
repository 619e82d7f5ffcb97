import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorBudget } from '../src/error-budget.ts'
import type { JudgeWords, WindowWords } from './support/windows.ts'
import { causes, judge, runStart, times } from './support/windows.ts'

/** A second in which so many came and so many of them failed. */
const second = (due: number, failed: number, cause = 'status:503'): WindowWords => ({
  cells: [{ ok: times(due - failed, 5), failed: causes(failed, cause) }],
})
const repeated = (count: number, due: number, failed: number): readonly WindowWords[] =>
  Array.from({ length: count }, () => second(due, failed))
/** Nobody comes any more; so many requests fail late. */
const late = (failed: number, cause = 'timeout'): WindowWords => ({ cells: [{ failed: causes(failed, cause), due: 0, sent: 0 }] })

function budgetOf(windows: readonly WindowWords[], more: Partial<JudgeWords> = {}): ErrorBudget {
  const { budget } = judge({ objectives: ['errors < 100%'], windows, ...more })
  if (budget === undefined) throw new Error('requests ended, so there is a budget')
  return budget
}

describe('the error budget', () => {
  test('of 99.9 % over two hours is 7.2 s of total outage, of which 5 s leave 2.2 s', () => {
    const { totalMs, spentMs, leftMs, goneAtMs, isDeclared } = budgetOf([...repeated(20, 10, 0), ...repeated(5, 10, 10)])
    expect([totalMs, spentMs, leftMs, goneAtMs, isDeclared]).toEqual([7_200, 5_000, 2_200, null, false])
  })

  test('is gone 7.2 s into a total outage: one that begins at 20 s, at 27.2 s', () => {
    expect(budgetOf([...repeated(20, 10, 0), ...repeated(10, 10, 10)])).toMatchObject({ leftMs: -2_800, goneAtMs: 27_200 })
  })

  test('pays for half of the requests half as much', () => {
    expect(budgetOf(repeated(10, 10, 5)).spentMs).toBe(5_000)
  })

  test('is the plan’s own where it says one', () => {
    const start = runStart(10, { plan: { budget: { availabilityRatio: 0.99, overMs: 3_600_000 } } })
    expect(budgetOf(repeated(10, 10, 0), { start })).toMatchObject({ totalMs: 36_000, leftMs: 36_000, isDeclared: true })
  })

  // Allowed is a thousandth: 10 s of nothing but failures are 1,000 times that, and in a minute of 600 requests 100 of them are 166.7 times.
  test('burns by the worst 10 s and the worst 60 s, each as many times as fast as allowed', () => {
    const { burns } = budgetOf([...repeated(60, 10, 0), ...repeated(10, 10, 10), ...repeated(60, 10, 0)])
    expect(burns).toEqual([
      { everyMs: 10_000, worst: 1_000, fromMs: 60_000 },
      { everyMs: 60_000, worst: expect.closeTo(166.67, 1), fromMs: 10_000 },
    ])
  })

  test('has no worst minute in a run of half a minute', () => {
    expect(budgetOf(repeated(30, 10, 0)).burns).toEqual([
      { everyMs: 10_000, worst: 0, fromMs: null },
      { everyMs: 60_000, worst: null, fromMs: null },
    ])
  })

  test('weighs those who are late after the last arrival as what they are: two of a hundred, and not all there were', () => {
    expect(budgetOf([...repeated(10, 100, 0), late(2)]).spentMs).toBeCloseTo(20)
    expect(budgetOf([...repeated(10, 100, 0), ...Array.from({ length: 3 }, () => late(100))]).spentMs).toBe(3_000)
  })

  test('pays nothing for those whom a stop of ours cut off, and everything for shoppers who gave up waiting', () => {
    const stopped = [...repeated(10, 100, 0), second(100, 50, 'cancelled')]
    expect(budgetOf(stopped, { end: { stoppedBy: 'abort' } }).spentMs).toBe(0)
    expect(budgetOf(stopped).spentMs).toBe(500)
    expect(budgetOf([...stopped, second(100, 0)], { end: { stoppedBy: 'abort' } }).spentMs).toBe(500)
  })

  test('is not there when nothing ended', () => {
    expect(judge({ objectives: ['errors < 100%'], windows: [{}] })).not.toHaveProperty('budget')
  })

  test('is spent by the sum of its seconds, burns no faster than everything failing, and is gone exactly when nothing is left', () => {
    const one = fc.integer({ min: 1, max: 30 }).chain((due) => fc.tuple(fc.constant(due), fc.integer({ min: 0, max: due })))
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 30 }), (all) => {
        const { spentMs, totalMs, leftMs, goneAtMs, burns } = budgetOf(all.map(([due, failed]) => second(due, failed)))
        expect(spentMs).toBeCloseTo(
          all.reduce((sum, [due, failed]) => sum + (1_000 * failed) / due, 0),
          6,
        )
        expect(spentMs + leftMs).toBeCloseTo(totalMs, 9)
        expect(goneAtMs === null).toBe(leftMs > 0)
        for (const { worst } of burns) expect(worst ?? 0).toBeLessThanOrEqual(1_000 + 1e-9)
      }),
      { numRuns: 30 },
    )
  })

  test('is told in one sentence, with what the worst stretch would make of it', () => {
    expect(budgetOf([...repeated(20, 10, 0), ...repeated(10, 10, 1)]).because).toBe(
      '1 s of the 7.2 s of outage that 99.9 % over 2 h allows was spent; in the 10 s from 20 s on 100 times as fast as allowed: at that rate all of it lasts 72 s',
    )
    expect(budgetOf(repeated(10, 10, 0)).because).toBe('nothing of the 7.2 s of outage that 99.9 % over 2 h allows was spent')
  })
})
