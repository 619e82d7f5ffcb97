import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CellWords, WindowWords } from './support/windows.ts'
import { causes, judge, judgeOne, runStart, seconds, times } from './support/windows.ts'

const good: CellWords = { ok: times(100, 10) }
const bad: CellWords = { ok: times(90, 10), failed: causes(10) }
const worse: CellWords = { ok: times(50, 10), failed: causes(50) }
const empty: CellWords = { due: 0 }

describe('for: every second in a row', () => {
  test('three bad seconds in a row miss "for 3s", two and two do not', () => {
    expect(judgeOne('errors < 5% for 3s', seconds(good, bad, bad, bad, good)).status).toBe('missed')
    expect(judgeOne('errors < 5% for 3s', seconds(bad, bad, good, bad, bad)).status).toBe('met')
  })

  test('a second without samples neither breaks the row nor lengthens it', () => {
    expect(judgeOne('errors < 5% for 3s', seconds(bad, bad, empty, bad, good)).status).toBe('missed')
    expect(judgeOne('errors < 5% for 3s', seconds(bad, empty, empty, bad, good)).status).toBe('met')
  })

  test('observed is the mildest second of the worst row: what held for all of it', () => {
    const result = judgeOne('errors < 5% for 2s', seconds(good, worse, bad, good))
    expect(result).toMatchObject({ status: 'missed', observed: 0.1, firstBreachMs: 1_000, samples: 400 })
    expect(result.because).toBe('error share was 10 % or worse in every second for 2 s in a row, from 1 s on; it must stay below 5 %')
  })

  test('met says how near it came', () => {
    expect(judgeOne('errors < 5% for 2s', seconds(good, worse, good)).because).toBe(
      'error share never broke its limit for 2 s in a row (in the worst such stretch its best second had 0 %); it must stay below 5 %',
    )
  })

  test('broken throughout a time shorter than its span is neither met nor missed', () => {
    expect(judgeOne('errors < 5% for 5s', seconds(bad, bad, bad)).status).toBe('no-data')
    expect(judgeOne('errors < 5% for 5s', seconds(bad, good, bad))).toMatchObject({ status: 'met', observed: 0 })
  })

  test('a target that answers nothing breaks a goodput in every second in which something was due', () => {
    const hanging: CellWords = { due: 10, sent: 10 }
    expect(judgeOne('goodput > 5/s for 2s', seconds(good, hanging, empty, hanging, good)).status).toBe('missed')
    expect(judgeOne('p(95) < 1s for 2s', seconds(good, hanging, hanging, good)).status).toBe('met')
  })

  test('agrees with looking for the row by eye', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(good, bad, empty), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 4 }),
        (cells, span) => {
          const sampled = cells.filter((cell) => cell !== empty)
          const isMissed = sampled.some(
            (_, at) => at + span <= sampled.length && sampled.slice(at, at + span).every((cell) => cell === bad),
          )
          const { status } = judgeOne(`errors < 5% for ${span}s`, seconds(...cells, { due: 1 }))
          expect(status === 'missed').toBe(isMissed)
          if (sampled.length === 0) expect(status).toBe('no-data')
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('within: the sum of any moving stretch', () => {
  // 10 failed of 200 in the worst two seconds is 5 %, of 300 in the worst three 3.3 %.
  test('one bad second breaks the sum of two, not of three', () => {
    expect(judgeOne('errors < 5% within 2s', seconds(good, bad, good, good))).toMatchObject({
      status: 'missed',
      observed: 0.05,
      samples: 200,
    })
    expect(judgeOne('errors < 5% within 3s', seconds(good, bad, good, good))).toMatchObject({ status: 'met', samples: 300 })
  })

  test('says which stretch was the worst', () => {
    const result = judgeOne('errors < 5% within 2s', seconds(good, good, bad, worse, good))
    expect(result.because).toMatch(/^error share was 30 % over 200 samples in its worst 2 s \(from 2 s on\); it must stay below 5 %/)
    expect(result.firstBreachMs).toBe(1_000)
  })

  test('percentiles are of the whole stretch, not a mean of its seconds', () => {
    // 190 of 10 ms and 10 of 900 ms: the 190th of 200 is 10 ms, although the second second alone has p95 = 900 ms.
    const windows = seconds({ ok: times(100, 10) }, { ok: [...times(90, 10), ...times(10, 900)] })
    expect(judgeOne('p(95) < 500ms within 2s', windows)).toMatchObject({ status: 'met', samples: 200 })
    expect(judgeOne('p(95) < 500ms within 1s', windows).status).toBe('missed')
  })

  test('a scope shorter than the span is one stretch', () => {
    expect(judgeOne('errors < 5% within 1m', seconds(good, worse))).toMatchObject({ status: 'missed', observed: 0.25 })
  })

  test('agrees with adding up every stretch by hand', () => {
    const amounts = fc.record({ ok: fc.nat({ max: 6 }), failed: fc.nat({ max: 2 }) })
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (all, span) => {
        const last = { ok: 1, failed: 0 }
        const counted = [...all, last]
        const starts = Array.from({ length: Math.max(1, counted.length - span + 1) }, (_, at) => counted.slice(at, at + span))
        const ratios = starts.map((stretch) => {
          const failed = stretch.reduce((sum, each) => sum + each.failed, 0)
          return failed / (failed + stretch.reduce((sum, each) => sum + each.ok, 0))
        })
        const worst = Math.max(...ratios.filter((ratio) => !Number.isNaN(ratio)))
        const cells = counted.map(({ ok, failed }, at) => ({
          ok: times(ok, 5),
          failed: causes(failed),
          due: at === all.length ? 1 : ok + failed,
        }))
        const result = judgeOne(`errors < 25% within ${span}s`, seconds(...cells))
        expect(result.observed).toBeCloseTo(worst, 12)
        expect(result.status).toBe(worst < 0.25 ? 'met' : 'missed')
      }),
      { numRuns: 60 },
    )
  })
})

describe('the time of a phase', () => {
  const start = runStart(8, {
    phases: [
      { name: 'baseline', startMs: 0, lastingMs: 2_000, arrivals: 200 },
      { name: 'doors', startMs: 2_500, lastingMs: 2_500, arrivals: 250 },
    ],
  })
  const inDoors = (cell: CellWords): CellWords => ({ ...cell, phase: 'doors' })

  test('other phases neither break nor heal', () => {
    const windows = seconds({ ...bad, phase: 'baseline' }, { ...bad, phase: 'baseline' }, inDoors(bad), inDoors(good), inDoors(good))
    expect(judgeOne('errors < 5% in doors for 2s', windows, { start }).status).toBe('met')
    expect(judgeOne('errors < 5% in baseline for 2s', windows, { start }).status).toBe('missed')
  })

  test('a rate in the second in which the phase begins is over the part that belongs to it', () => {
    // 50 in the half second from 2.5 s on are 100/s.
    const windows = seconds({}, {}, inDoors({ ok: times(50, 1) }), inDoors({ ok: times(100, 1) }), inDoors({ ok: times(100, 1) }))
    expect(judgeOne('rate >= 100/s in doors for 1s', windows, { start }).status).toBe('met')
    expect(judgeOne('rate > 100/s in doors within 1s', windows, { start })).toMatchObject({ status: 'missed', observed: 100 })
  })

  test('half a second at the edge of a phase is half a second of a row of rates', () => {
    // Below 200/s throughout the 2.5 s of the doors: long enough for 2 s in a row, too short for 3 s.
    const windows = seconds({}, {}, inDoors({ ok: times(50, 1) }), inDoors({ ok: times(100, 1) }), inDoors({ ok: times(100, 1) }))
    expect(judgeOne('rate > 200/s in doors for 2s', windows, { start }).status).toBe('missed')
    expect(judgeOne('rate > 200/s in doors for 3s', windows, { start }).status).toBe('no-data')
  })
})

describe('answers that come in after the last arrival', () => {
  // One timeout in a hundred: 1 % all told, yet 100 % of what is left to come in once the others are answered.
  const steady: CellWords = { ok: times(99, 10), due: 100, sent: 100 }
  const timeout: CellWords = { failed: ['timeout'], due: 0, sent: 0 }
  const late = (count: number): WindowWords => ({ cells: [{ failed: causes(count, 'timeout'), due: 0, sent: 0 }] })

  test('do not turn a few timeouts into seconds of 100 % errors', () => {
    const windows = seconds(steady, steady, steady, steady, timeout, timeout, timeout, timeout)
    for (const span of ['for 2s', 'within 2s']) {
      expect(judgeOne(`errors < 5% ${span}`, windows, { start: runStart(4) })).toMatchObject({ status: 'met', firstBreachMs: null })
    }
  })

  test('count when the whole scope breaks the limit with them', () => {
    const hanging: CellWords = { due: 100, sent: 100 }
    const windows = [...seconds(steady, steady, hanging, hanging), late(100), late(100)]
    for (const span of ['for 2s', 'within 2s']) {
      expect(judgeOne(`errors < 5% ${span}`, windows, { start: runStart(4) }).status).toBe('missed')
    }
  })

  test('are settled at once when somebody arrives after them', () => {
    const windows = seconds(good, { ...bad, due: 0 }, { ...bad, due: 0 }, good, good)
    const { breaches } = judge({ objectives: ['errors < 5% for 2s'], windows })
    expect(breaches.map(({ atMs }) => atMs)).toEqual([4_000])
  })
})

describe('a span that breaks while the run goes on', () => {
  test('is told once, when its stretch is complete', () => {
    const { breaches } = judge({ objectives: ['errors < 5% for 2s'], windows: seconds(good, bad, bad, bad, bad) })
    expect(breaches.map(({ atMs, abort }) => ({ atMs, abort }))).toEqual([{ atMs: 3_000, abort: false }])
  })

  test('aborts once its time has come, if it is broken then', () => {
    const windows = seconds(bad, bad, bad, bad, bad)
    const told = (objective: string): readonly (readonly [number, boolean])[] =>
      judge({ objectives: [objective], windows }).breaches.map(({ atMs, abort }) => [atMs, abort] as const)
    expect(told('errors < 5% for 2s, abort')).toEqual([[2_000, true]])
    expect(told('errors < 5% for 2s, abort after 4s')).toEqual([
      [2_000, false],
      [4_000, true],
    ])
    const healed = judge({ objectives: ['errors < 5% for 2s, abort after 4s'], windows: seconds(bad, bad, good, good, good) })
    expect(healed.breaches.map(({ abort }) => abort)).toEqual([false])
    expect(healed.verdict).toBe('no-go')
  })
})
