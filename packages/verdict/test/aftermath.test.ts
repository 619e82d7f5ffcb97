import { describe, expect, test } from 'vitest'
import type { CellWords } from './support/windows.ts'
import { causes, judge, judgeOne, runStart, seconds, times } from './support/windows.ts'

const repeat = (count: number, cell: CellWords): readonly CellWords[] => Array.from({ length: count }, () => cell)

describe('time to collapse', () => {
  // 4 s of baseline, then the doors for 10 s at 200/s.
  const start = runStart(14, {
    phases: [
      { name: 'baseline', startMs: 0, lastingMs: 4_000, arrivals: 400 },
      { name: 'doors', startMs: 4_000, lastingMs: 10_000, arrivals: 2_000 },
    ],
    peak: { startMs: 6_000, lastingMs: 8_000, perSec: 200 },
  })
  const calm: CellWords = { phase: 'baseline', ok: times(100, 20) }
  const open: CellWords = { phase: 'doors', ok: times(200, 40) }
  const run = (...doors: readonly CellWords[]) => seconds(...repeat(4, calm), ...doors)
  const collapse = (...doors: readonly CellWords[]) => judgeOne('collapse > 5s', run(...doors), { start })

  test('counts from the doors to the first second in which too many were refused', () => {
    // 5 % of 200 are 10; three standard deviations more are 19.5.
    const result = collapse(...repeat(3, open), ...repeat(7, { ...open, ok: times(180, 40), failed: causes(20) }))
    expect(result).toMatchObject({ status: 'missed', observed: 3_000, firstBreachMs: 7_000 })
    expect(result.because).toBe(
      'the shop held for 3 s after the doors opened at 4 s; then 20 of 200 requests that ended in a second failed or were dropped; it must stay above 5,000 ms',
    )
    expect(collapse(...repeat(10, { ...open, ok: times(181, 40), failed: causes(19) }))).toMatchObject({ status: 'met' })
  })

  test('is reached when answers fall behind what is due, though none has failed yet', () => {
    const choked = { ...open, ok: times(100, 40), due: 200 }
    expect(collapse(...repeat(6, open), ...repeat(4, choked))).toMatchObject({ status: 'met', observed: 6_000 })
  })

  test('is not reached while a waiting room answers all whom it does not let in', () => {
    const held = { ...open, ok: times(40, 40), due: 200 }
    const doors = (queued: number) => repeat(10, held).map((cell) => ({ cells: [cell], counters: { 'waiting-room.queued': queued } }))
    expect(judgeOne('collapse > 5s', [...run(), ...doors(160)], { start })).toMatchObject({ status: 'met', observed: null })
    expect(judgeOne('collapse > 5s', [...run(), ...doors(60)], { start })).toMatchObject({ status: 'missed', observed: 2_000 })
  })

  test('is not reached by requests that we cancelled ourselves', () => {
    const stopped = { ...open, ok: times(100, 40), failed: causes(100, 'cancelled'), due: 200 }
    expect(collapse(...repeat(9, open), stopped)).toMatchObject({ status: 'met', observed: null })
    expect(collapse(...repeat(9, open), { ...stopped, failed: causes(100, 'timeout') })).toMatchObject({ observed: 9_000 })
  })

  test('is not reached by a crowd that grows faster than its answers can come', () => {
    const growing = [100, 200, 400, 800, 1_600].map(
      (due, index): CellWords => ({ phase: 'doors', ok: times(index === 0 ? 100 : due / 2, 900), due }),
    )
    expect(collapse(...growing, ...repeat(5, open))).toMatchObject({ status: 'met', observed: null })
  })

  test('is reached when the limit on a percentile is broken', () => {
    const { objectives } = judge({
      objectives: ['p(99) < 1s', 'collapse > 5s'],
      windows: run(...repeat(2, open), ...repeat(8, { ...open, ok: times(200, 1_500) })),
      start,
    })
    expect(objectives[1]).toMatchObject({ status: 'missed', observed: 2_000 })
    expect(objectives[1]?.because).toContain('then p99 was above 1,000 ms')
  })

  test('never reached is longer than any limit, and says how long was watched', () => {
    const result = collapse(...repeat(10, open))
    expect(result).toMatchObject({ status: 'met', observed: null, samples: 2_000 })
    expect(result.because).toMatch(/^the shop held in each of the 10 s that were watched after the doors opened at 4 s/)
  })

  test('is not known when the run stopped before the limit had passed', () => {
    const windows = run(...repeat(3, open))
    expect(judgeOne('collapse > 5s', windows, { start, end: { stoppedBy: 'interrupt' } })).toMatchObject({
      status: 'no-data',
      because: 'collapse was not judged: the run stopped 3 s after the doors opened',
    })
    expect(judgeOne('collapse > 2s', windows, { start, end: { stoppedBy: 'interrupt' } })).toMatchObject({ status: 'met' })
  })

  // Of 200 due, 100 were answered when Ctrl-C cut off the others.
  const cutShort = { ...open, ok: times(100, 40), failed: causes(100, 'cancelled') }
  const cutAll = { ...open, ok: [], failed: causes(200, 'cancelled') }

  test('is not reached by what a stop of ours cut off', () => {
    for (const last of [cutShort, cutAll]) {
      const stopped = { objectives: ['collapse > 2s'], windows: run(...repeat(3, open), last), start }
      const { objectives, aftermath } = judge({ ...stopped, end: { stoppedBy: 'interrupt' } })
      expect(objectives[0]).toMatchObject({ status: 'met', observed: null })
      expect(aftermath).toMatchObject({ collapseMs: { status: 'never' }, totalFailureMs: null })
    }
  })

  test('is reached where shoppers cancel their requests while others still come', () => {
    const windows = run(...repeat(3, open), cutAll, open)
    const { aftermath } = judge({ objectives: ['collapse > 2s'], windows, start, end: { stoppedBy: 'interrupt' } })
    expect(aftermath).toMatchObject({ collapseMs: { status: 'seen', value: 3_000 }, totalFailureMs: 3_000 })
  })

  test('is told of every run, with the second from which nobody was answered', () => {
    const dead = { phase: 'doors', failed: causes(200) }
    const { aftermath } = judge({
      objectives: [],
      windows: run(...repeat(2, open), { ...open, failed: causes(200) }, ...repeat(7, dead)),
      start,
    })
    expect(aftermath).toMatchObject({ collapseMs: { status: 'seen', value: 2_000 }, totalFailureMs: 3_000 })
    expect(judge({ objectives: [], windows: run(...repeat(10, open)), start }).aftermath).toMatchObject({
      collapseMs: { status: 'never', value: null },
      totalFailureMs: null,
    })
  })

  test('has no data in a closed loop', () => {
    expect(judgeOne('collapse > 5s', seconds(open), { start: runStart(1) }).because).toBe(
      'collapse was not judged: a closed loop has no moment at which the doors open',
    )
  })
})

describe('hysteresis', () => {
  // 10 s of baseline at 100/s, 5 s of doors, 20 s of aftershock at 100/s: its second half begins at 25 s.
  const start = runStart(35, {
    phases: [
      { name: 'baseline', startMs: 0, lastingMs: 10_000, arrivals: 1_000 },
      { name: 'doors', startMs: 10_000, lastingMs: 5_000, arrivals: 500 },
      { name: 'aftershock', startMs: 15_000, lastingMs: 20_000, arrivals: 2_000 },
    ],
    peak: { startMs: 10_000, lastingMs: 5_000, perSec: 100 },
  })
  const before = repeat(10, { phase: 'baseline', ok: times(100, 100) })
  const doors = repeat(5, { phase: 'doors', ok: times(100, 900) })
  const after = (cell: Partial<CellWords>): readonly CellWords[] => repeat(10, { phase: 'aftershock', ok: times(100, 100), ...cell })
  const hysteresis = (...halves: readonly (readonly CellWords[])[]) =>
    judgeOne('hysteresis <= 1.2', seconds(...before, ...doors, ...halves.flat()), { start })

  test('is the p99 of the aftershock by that of the baseline', () => {
    const result = hysteresis(after({}), after({ ok: times(100, 150) }))
    expect(result).toMatchObject({ status: 'missed', observed: 1.5, samples: 1_000, firstBreachMs: 15_000 })
    expect(result.because).toBe(
      'p99 was 100 ms in the baseline and 150 ms at the end of the aftershock (100/s before and 100/s after), 1.5× of it; at most 1.2× is allowed',
    )
  })

  test('leaves out the first half, which is the recovery', () => {
    expect(hysteresis(after({ ok: times(100, 5_000) }), after({}))).toMatchObject({ status: 'met', observed: 1 })
  })

  test('does not take ten more milliseconds for a sickness', () => {
    expect(
      judgeOne('hysteresis <= 1', seconds(...before, ...doors, ...after({}), ...after({ ok: times(100, 109) })), { start }),
    ).toMatchObject({
      status: 'met',
      observed: 1,
    })
  })

  // Of 1,000 requests ten may be above p99; up to 19 are explained by chance (10 + 3·√9.9), 30 are not.
  test('is not seen where chance explains it', () => {
    const [first, ...rest] = after({})
    const result = hysteresis(after({}), [{ ...first, ok: [...times(88, 100), ...times(12, 900)] }, ...rest])
    expect(result).toMatchObject({ status: 'met', observed: 1 })
    expect(result.because).toContain('900 ms at the end of the aftershock (100/s before and 100/s after), which chance explains')
    expect(hysteresis(after({}), [{ ...first, ok: [...times(70, 100), ...times(30, 900)] }, ...rest])).toMatchObject({ status: 'missed' })
  })

  test('of a shop that no longer answers is missed without a number', () => {
    expect(hysteresis(after({}), after({ ok: times(50, 100), failed: causes(50) }))).toMatchObject({ status: 'missed', observed: null })
  })

  test('compares the same load only', () => {
    expect(hysteresis(after({}), after({ ok: times(50, 100) }))).toMatchObject({
      status: 'no-data',
      because: 'hysteresis was not judged: the load was not the same, 100/s before and 50/s after',
    })
  })

  test('without both phases has no data', () => {
    expect(judgeOne('hysteresis <= 1.2', seconds(...before)).because).toBe(
      'hysteresis was not judged: the traffic has no phases baseline and aftershock to compare',
    )
  })
})

describe('herd penalty', () => {
  const start = runStart(2, {
    phases: [
      { name: 'herd', startMs: 0, lastingMs: 1_000, arrivals: 200 },
      { name: 'jittered', startMs: 1_000, lastingMs: 1_000, arrivals: 200 },
    ],
  })
  const penalty = (herd: Partial<CellWords>, jittered: Partial<CellWords> = {}) =>
    judgeOne('herd-penalty <= 2', seconds({ phase: 'herd', ...herd }, { phase: 'jittered', ok: times(200, 50), ...jittered }), { start })

  test('is p99 all at once by p99 evenly', () => {
    const result = penalty({ ok: times(200, 150) })
    expect(result).toMatchObject({ status: 'missed', observed: 3, samples: 200 })
    expect(result.because).toBe(
      'p99 was 50 ms when the crowd came evenly and 150 ms when all came at once, 3× of it; at most 2× is allowed',
    )
    expect(penalty({ ok: times(200, 100) })).toMatchObject({ status: 'met', observed: 2 })
  })

  test('of a herd that was turned away in part is missed without a number', () => {
    expect(penalty({ ok: times(190, 50), failed: causes(10) })).toMatchObject({ status: 'missed', observed: null })
  })

  test('has no data when the even crowd was not served either, or nobody came', () => {
    expect(penalty({ ok: times(200, 50) }, { failed: causes(10) })).toMatchObject({ status: 'no-data' })
    expect(penalty({ due: 0 })).toMatchObject({ status: 'no-data' })
  })
})

test('amplification is told by phase, whether or not somebody asks', () => {
  const start = runStart(2, {
    phases: [
      { name: 'doors', startMs: 0, lastingMs: 1_000, arrivals: 10 },
      { name: 'silence', startMs: 1_000, lastingMs: 1_000, arrivals: 0 },
    ],
  })
  const { aftermath } = judge({ objectives: [], windows: seconds({ phase: 'doors', due: 15, intents: 10, attempts: 15 }, {}), start })
  expect(aftermath.amplification).toEqual([
    { phase: 'doors', factor: 1.5 },
    { phase: 'silence', factor: null },
  ])
})
