import { describe, expect, test } from 'vitest'
import type { CellWords } from './support/windows.ts'
import { causes, judge, judgeOne, runStart, seconds, times } from './support/windows.ts'

// 10 s of baseline at 100/s answered in 20 ms, 5 s of peak, 15 s of aftershock: the peak ends at 15 s.
const baseline: CellWords = { phase: 'baseline', ok: times(100, 20) }
const peak: CellWords = { phase: 'doors', ok: times(300, 900), due: 1_000 }
const calm = (cell: CellWords): CellWords => ({ phase: 'aftershock', ok: times(100, 20), ...cell })
const slow = calm({ ok: times(100, 500) })
const start = runStart(30, {
  phases: [
    { name: 'baseline', startMs: 0, lastingMs: 10_000, arrivals: 1_000 },
    { name: 'doors', startMs: 10_000, lastingMs: 5_000, arrivals: 5_000 },
    { name: 'aftershock', startMs: 15_000, lastingMs: 15_000, arrivals: 1_500 },
  ],
  peak: { startMs: 10_000, lastingMs: 5_000, perSec: 1_000 },
})

const repeat = (count: number, cell: CellWords): readonly CellWords[] => Array.from({ length: count }, () => cell)
const run = (...after: readonly CellWords[]) => seconds(...repeat(10, baseline), ...repeat(5, peak), ...after)
const recovery = (after: readonly CellWords[], more: object = {}) => judgeOne('recovery < 10s', run(...after), { start, ...more })

describe('recovery', () => {
  test('is nought when the first window after the peak is as good as the baseline', () => {
    expect(recovery(repeat(15, calm({})))).toMatchObject({ status: 'met', observed: 0 })
  })

  test('ends where the last bad second is left behind', () => {
    const result = recovery([...repeat(4, slow), ...repeat(11, calm({}))])
    expect(result).toMatchObject({ status: 'met', observed: 4_000 })
    expect(result.because).toBe(
      "recovery took 4 s from the end of the peak (goodput like the baseline's 100.0/s and p99 up to 30 ms); it must stay below 10 s",
    )
  })

  test('a relapse starts it anew: it counts for good only', () => {
    expect(recovery([...repeat(2, slow), ...repeat(7, calm({})), slow, ...repeat(5, calm({}))])).toMatchObject({
      status: 'missed',
      observed: 10_000,
      firstBreachMs: 25_000,
    })
  })

  test('never back to the baseline has no time, and says how long was watched', () => {
    const result = recovery(repeat(15, slow))
    expect(result).toMatchObject({ status: 'missed', observed: null })
    expect(result.because).toMatch(/^not recovered within the 15 s that were watched after the peak/)
  })

  test('needs the goodput back, not only the times', () => {
    expect(recovery(repeat(15, calm({ ok: times(70, 20), due: 100 })))).toMatchObject({ status: 'missed', observed: null })
    expect(recovery(repeat(15, calm({ ok: times(95, 20), failed: [], due: 100 })))).toMatchObject({ status: 'met' })
  })

  test('failures keep it from being over, however fast they are', () => {
    expect(recovery(repeat(15, calm({ ok: times(100, 20), failed: causes(20) })))).toMatchObject({ status: 'missed', observed: null })
  })

  test('a quieter aftershock need not reach the goodput of the baseline', () => {
    expect(recovery(repeat(15, calm({ ok: times(20, 20) })))).toMatchObject({ status: 'met', observed: 0 })
  })

  // One slow request in each second at 20/s is 5 of 100 in every 5 s. Of a hundred, one should lie above p99; up to five is what chance explains.
  test('a slow request now and then at a low rate is no relapse', () => {
    expect(recovery(repeat(15, calm({ ok: [...times(19, 20), 300] })))).toMatchObject({ status: 'met', observed: 0 })
  })

  test('up to 10 ms above the p99 of the baseline is as good as the baseline', () => {
    expect(recovery(repeat(15, calm({ ok: times(100, 29.9) })))).toMatchObject({ status: 'met', observed: 0 })
    expect(recovery(repeat(15, calm({ ok: times(100, 30.5) })))).toMatchObject({ status: 'missed' })
  })

  test('what comes in after the traffic has ended does not undo it', () => {
    const drained = [...repeat(15, calm({})), calm({ ok: times(100, 9_000), due: 0 })]
    expect(recovery(drained)).toMatchObject({ status: 'met', observed: 0 })
  })

  test('an interrupted aftershock does not read as a lost goodput', () => {
    const cut = [...repeat(8, calm({})), calm({ ok: times(40, 20) }), calm({ ok: [], due: 0 })]
    expect(recovery(cut, { end: { stoppedBy: 'interrupt' } })).toMatchObject({ status: 'met', observed: 0 })
  })
})

describe('recovery without data', () => {
  const why = (text: string) => ({ status: 'no-data', because: `recovery was not judged: ${text}` })
  const calmly = run(...repeat(15, calm({})))

  test('in a closed loop', () =>
    expect(judgeOne('recovery < 10s', calmly, { start: { ...start, peak: null } })).toMatchObject(
      why('a closed loop has no peak to recover from'),
    ))

  test('without a baseline phase', () => {
    expect(judgeOne('recovery < 10s', calmly, { start: { ...start, phases: start.phases.slice(1) } })).toMatchObject(
      why('the traffic has no phase baseline to return to'),
    )
  })

  test('when the baseline is part of the peak', () => {
    const early = { ...start, peak: { startMs: 0, lastingMs: 5_000, perSec: 1_000 } }
    expect(judgeOne('recovery < 10s', calmly, { start: early })).toMatchObject(why('the phase baseline is not over before the peak is'))
  })

  test('when the baseline itself was broken', () => {
    const broken = seconds(...repeat(10, { ...baseline, failed: causes(2) }), ...repeat(5, peak), ...repeat(15, calm({})))
    expect(judgeOne('recovery < 10s', broken, { start })).toMatchObject(
      why('the phase baseline itself failed more than 1 % of its requests'),
    )
  })

  test('when too little traffic follows the peak', () => {
    const short = { ...start, lastingMs: 18_000 }
    expect(judgeOne('recovery < 10s', run(...repeat(3, calm({}))), { start: short })).toMatchObject(
      why('only 3 s of traffic follow the peak, and 5 s are needed; add a hold after it'),
    )
  })

  test('when the run was stopped before', () => {
    const { objectives } = judge({ objectives: ['recovery < 10s'], windows: run(), start, end: { stoppedBy: 'interrupt' } })
    expect(objectives[0]).toMatchObject(why('the run stopped before the time after the peak could be watched'))
  })

  test('when nobody came after the peak', () => {
    expect(recovery(repeat(15, { due: 0 }))).toMatchObject(why('nobody came after the peak'))
  })
})
