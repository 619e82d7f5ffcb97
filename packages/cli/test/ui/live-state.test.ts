import type { RunStart, TimelineRow } from '@doorbuster/measurements'
import { noShoppers } from '@doorbuster/measurements'
import { expect, test } from 'vitest'
import { liveStates } from '../../src/live-state.ts'

const start = {
  name: 'told',
  model: 'open',
  phases: [
    { name: 'baseline', startMs: 0, lastingMs: 2_000, arrivals: 20 },
    { name: 'doors', startMs: 2_000, lastingMs: 1_000, arrivals: 30 },
  ],
  lastingMs: 3_000,
  planned: { everyMs: 1_000, arrivals: [10, 10, 30] },
} as Partial<RunStart> as RunStart
const noTimes = { p50: null, p95: null, p99: null, max: null, latenessP99: null }
const row = (second: number, counts: Partial<TimelineRow>): TimelineRow => ({
  ...{ startMs: second * 1e3, lastingMs: 1_000, due: 10, sent: 10, ok: 10, degraded: 0, failed: 0, dropped: 0, inFlight: 0 },
  ...noTimes,
  ...counts,
})

test('the share of failures counts what was never sent, and everything since the start', () => {
  const next = liveStates(start)
  const seen = (each: TimelineRow) => next(each, {}, noShoppers(), []).failedRatio
  expect(seen(row(0, { ok: 0 }))).toBe(null)
  expect(seen(row(1, { ok: 6, failed: 2, dropped: 2 }))).toBe(4 / 10)
  expect(seen(row(2, { ok: 30 }))).toBe(4 / 40)
})

test('each second has its phase and its plan beside it', () => {
  const next = liveStates(start)
  const states = [0, 1, 2].map((second) => next(row(second, { sent: 9 }), {}, noShoppers(), []))
  expect(states.map(({ phase, plannedPerSec, sentPerSec }) => [phase, plannedPerSec, sentPerSec])).toEqual([
    ['baseline', 10, 9],
    ['baseline', 10, 9],
    ['doors', 30, 9],
  ])
  expect(states.at(-1)?.plannedRecent).toEqual([10, 10, 30])
})
