import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TimeOutside } from '../src/outside.ts'
import type { JudgeWords, WindowWords } from './support/windows.ts'
import { causes, judge, runStart, times } from './support/windows.ts'

const good: WindowWords = { cells: [{ phase: 'doors', ok: times(10, 5) }] }
const bad: WindowWords = { cells: [{ phase: 'doors', ok: times(8, 5), failed: causes(2) }] }
const nobody: WindowWords = {}

function outsideOf(objectives: readonly string[], windows: readonly WindowWords[], more: Partial<JudgeWords> = {}): readonly TimeOutside[] {
  return judge({ objectives, windows, ...more }).outside ?? []
}

describe('time outside an objective', () => {
  test('is the seconds that broke it, from the first one on, and the longest stretch of them', () => {
    expect(outsideOf(['errors < 1%'], [good, bad, bad, good, bad, bad, bad, good])).toEqual([
      { text: 'errors < 1%', watchedMs: 8_000, outsideMs: 5_000, firstMs: 1_000, longestMs: 3_000, longestFromMs: 4_000 },
    ])
  })

  test('is none for a run that held', () => {
    expect(outsideOf(['errors < 1%'], [good, good])).toMatchObject([{ outsideMs: 0, firstMs: null, longestMs: 0, longestFromMs: null }])
  })

  test('neither counts a second without anybody, nor ends a stretch there', () => {
    expect(outsideOf(['errors < 1%'], [bad, nobody, bad])).toMatchObject([{ watchedMs: 2_000, outsideMs: 2_000, longestMs: 2_000 }])
  })

  test('does not count those who come in late, once nobody comes any more', () => {
    const straggler = { cells: [{ failed: causes(1, 'timeout'), due: 0, sent: 0 }] }
    expect(outsideOf(['errors < 1%'], [good, straggler], { start: runStart(5) })).toMatchObject([{ watchedMs: 1_000, outsideMs: 0 }])
  })

  test('is of the objective’s own phase', () => {
    const start = runStart(4, { phases: [{ name: 'doors', startMs: 1_000, lastingMs: 1_500, arrivals: 10 }] })
    expect(outsideOf(['errors < 1% in doors'], [bad, bad, bad, bad], { start })).toMatchObject([
      { watchedMs: 1_500, outsideMs: 1_500, firstMs: 1_000 },
    ])
  })

  test('is told of every objective that a second can be held against, and of no other', () => {
    const objectives = ['p(95) < 1s', 'goodput > 1/s', 'recovery < 5s', 'oversold == 0', 'counter cart < 5', 'errors < 1% for 5s']
    expect(outsideOf(objectives, [good]).map(({ text }) => text)).toEqual(['p(95) < 1s', 'goodput > 1/s', 'errors < 1% for 5s'])
  })

  test('of a rate leaves out the seconds that lie in two phases', () => {
    const start = runStart(3, { phases: [{ name: 'doors', startMs: 500, lastingMs: 2_000, arrivals: 20 }] })
    expect(outsideOf(['goodput > 9/s in doors'], [good, good, good], { start })).toMatchObject([{ watchedMs: 1_000, outsideMs: 0 }])
  })

  test('is the sum of the bad seconds and at least as long as any stretch, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (all) => {
        const [told] = outsideOf(
          ['errors < 1%'],
          all.map((isBad) => (isBad ? bad : good)),
        )
        const runs = all
          .map((isBad) => (isBad ? 'x' : ' '))
          .join('')
          .split(' ')
        expect(told?.outsideMs).toBe(all.filter(Boolean).length * 1_000)
        expect(told?.longestMs).toBe(Math.max(...runs.map(({ length }) => length)) * 1_000)
        expect(told?.firstMs).toBe(all.includes(true) ? all.indexOf(true) * 1_000 : null)
      }),
      { numRuns: 30 },
    )
  })
})
