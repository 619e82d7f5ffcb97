import type { RunStart } from '@doorbuster/measurements'
import { describe, expect, test } from 'vitest'
import type { WindowWords } from './support/windows.ts'
import { judge, runStart, times } from './support/windows.ts'

const plan = { shoppers: [{ steps: ['landing', 'checkout'] }, { steps: ['checkout', 'pay'] }] }
const phases = ['baseline', 'doors', 'rest'].map((name, i) => ({
  name,
  startMs: i * 1_000,
  lastingMs: 1_000,
  arrivals: name === 'rest' ? 0 : 10,
}))
const peak = { startMs: 0, lastingMs: 1_000, perSec: 10 }
const calibration = { startedAt: '2026-11-01T00:00:00.000Z', cleanPerSec: 8_000, kind: 'urls', peakRatio: 0.25 } as const

const landing = (count: number, more: WindowWords = {}): WindowWords => ({
  cells: [{ phase: 'baseline', step: 'landing', ok: times(count, 5) }],
  ...more,
})

/** The sentences of a run of so many windows; its plan lasts three seconds unless told. */
function toldOf(windows: readonly WindowWords[], more: Partial<RunStart> = {}): string {
  const start = runStart(3, { plan, phases, peak, calibration, ...more })
  return (judge({ objectives: ['errors < 1%'], windows, start }).notMeasured ?? []).join('\n')
}

describe('what a run says nothing about', () => {
  test('are the phases that nobody came to, those left out that nobody was meant to come to', () => {
    expect(toldOf([landing(10), {}, {}])).toContain('Phases without load: doors.\n')
  })

  test('are the steps that no shopper reached, each once', () => {
    expect(toldOf([landing(10)])).toContain('Steps that no shopper reached: checkout, pay.\n')
  })

  test('are no steps where too many were counted as one, and none that a plan does not say', () => {
    expect(toldOf([{ cells: [{ step: '(other steps)', ok: [5] }] }])).not.toContain('reached')
    for (const strange of [null, {}, { shoppers: 'all' }, { shoppers: [null, { steps: 5 }, { steps: [5] }] }])
      expect(toldOf([landing(10)], { plan: strange })).not.toContain('reached')
  })

  test('is the rest of a plan that was cut short', () => {
    expect(toldOf([landing(10)])).toContain('The last 2 s of the plan were not run.')
    expect(toldOf([landing(10), {}, {}])).not.toContain('were not run')
  })

  test('is trust where nothing of it was looked at, and what of it was not', () => {
    expect(toldOf([landing(10)])).toContain('Trust was not rehearsed: no canary was planted, no probe asked and no order counted.')
    const looked = toldOf([landing(10, { counters: { 'privacy.scanned': 1, 'privacy.sessions': 1, 'privacy.public': 1 } })])
    expect(looked).toContain('Of trust this was not looked at: doors that must stay shut (probes); orders against the stock.')
  })

  test('are the tracks that cannot be rehearsed yet', () => {
    expect(toldOf([landing(10)])).toMatch(/Resilience was not rehearsed: .*\nResponse was not rehearsed: /)
  })

  // 3,688 are needed for p99.9, and 368 for p99.
  test('are percentiles of too few samples, and how many are missing where', () => {
    expect(toldOf([landing(300)])).toContain(
      'p99 is not known from above: it needs 368 samples, 68 missing in the whole run.\np99.9 is not known from above: it needs 3,688 samples, 3,388 missing in the whole run.\n',
    )
    const doors: WindowWords = { cells: [{ phase: 'doors', step: 'checkout', ok: times(400, 5) }] }
    expect(toldOf([landing(3_400), doors])).toContain(
      'p99.9 is not known from above: it needs 3,688 samples, 288 missing in phase baseline, 3,288 missing in phase doors, 288 missing in step landing, 3,288 missing in step checkout.',
    )
    expect(toldOf([landing(4_000)])).not.toContain('not known from above')
  })

  test('is what lies beyond the calibrated maximum, or all of it where the machine was never calibrated', () => {
    expect(toldOf([landing(10)])).toContain(
      'Anything beyond 8,000 requests/s, the most that this machine was found to send cleanly: the peak used 25 % of that.',
    )
    expect(toldOf([landing(10)], { calibration: null })).toContain('this machine was never calibrated for such a run')
  })

  test('is what many addresses do, unless requests left from several', () => {
    expect(toldOf([landing(10)])).toContain('all requests came from one')
    expect(toldOf([landing(10)], { sources: 2 })).not.toContain('all requests came from one')
  })

  test('is what a crowd feels, in a closed loop', () => {
    expect(toldOf([landing(10)], { model: 'closed', peak: null })).toContain('a closed loop waits for the shop')
  })
})
