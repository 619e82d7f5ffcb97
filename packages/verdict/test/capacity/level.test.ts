import { Tally } from '@doorbuster/measurements'
import { parseObjective } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { hopelessBecause } from '../../src/capacity/hopeless.ts'
import { levelOf } from '../../src/capacity/level-of-run.ts'
import { levelLastingMs, samplesFor } from '../../src/capacity/samples.ts'
import { startJudging } from '../../src/judge.ts'
import { summarise } from '../../src/summarise.ts'
import type { TargetFacts } from '../../src/target-facts.ts'
import type { CellWords } from '../support/windows.ts'
import { causes, runEnd, runStart, seconds, times, windowsOf } from '../support/windows.ts'

const objectives = ['p(99) < 250ms', 'errors < 1%'].map((text) => parseObjective(text))

function tallied(...cells: readonly CellWords[]): Tally {
  const tally = new Tally()
  for (const window of windowsOf(seconds(...cells))) tally.add(window)
  return tally
}

describe('a level is hopeless', () => {
  // 100 of 200 arrivals so far: 300 requests at most in the end, of which 3 may be slow or fail.
  test('once more are slow than may be in all, and not before', () => {
    expect(hopelessBecause(objectives, tallied({ ok: [...times(97, 5), ...times(3, 300)] }), 200)).toBeNull()
    expect(hopelessBecause(objectives, tallied({ ok: [...times(96, 5), ...times(4, 300)] }), 200)).toContain('"p(99) < 250ms"')
  })

  test('once more failed than may fail', () => {
    expect(hopelessBecause(objectives.slice(1), tallied({ ok: times(97, 5), failed: causes(3) }), 200)).toBeNull()
    expect(hopelessBecause(objectives.slice(1), tallied({ ok: times(96, 5), failed: causes(4) }), 200)).toContain('"errors < 1%"')
  })

  test('never in its first fifth or its last tenth', () => {
    const slow = tallied({ ok: times(100, 300) })
    expect(hopelessBecause(objectives, slow, 1_000)).toBeNull()
    expect(hopelessBecause(objectives, slow, 105)).toBeNull()
    expect(hopelessBecause(objectives, slow, 200)).not.toBeNull()
  })

  test('never for an objective that only warns, or is of a stretch', () => {
    const lenient = ['p(99) < 250ms, warn', 'p(99) < 250ms for 3s'].map((text) => parseObjective(text))
    expect(hopelessBecause(lenient, tallied({ ok: times(100, 300) }), 200)).toBeNull()
  })
})

describe('a level lasts', () => {
  test('as long as was asked, where that is enough for its percentiles', () => {
    // 0.99^368 is the first power below 0.025.
    expect(samplesFor(0.99)).toBe(368)
    expect(levelLastingMs(objectives, 100, 20_000)).toBe(20_000)
    expect(levelLastingMs([], 1, 20_000)).toBe(20_000)
  })

  test('longer at a low rate, and never more than three times as long', () => {
    expect(levelLastingMs(objectives, 10, 20_000)).toBe(36_800)
    expect(levelLastingMs(objectives, 1, 20_000)).toBe(60_000)
    // One arrival takes four seconds.
    expect(levelLastingMs(objectives, 0.25, 1_000)).toBe(4_000)
  })
})

test('what is answered after the last arrival is no part of what was served a second', () => {
  const start = runStart(3)
  const tally = new Tally()
  const judge = startJudging({ objectives, start, tally })
  const cells = [
    { ok: times(6, 100), due: 10, sent: 10 },
    { ok: times(10, 100) },
    { ok: times(10, 100) },
    { ok: times(4, 100), due: 0, sent: 0 },
  ]
  for (const window of windowsOf(seconds(...cells))) {
    tally.add(window)
    judge.window(window)
  }
  const row = (second: number, ok: number, inFlight = 1) => ({
    startMs: second * 1_000,
    lastingMs: 1_000,
    due: 10,
    sent: 10,
    ok,
    degraded: 0,
    failed: 0,
    dropped: 0,
    inFlight,
    p50: 100,
    p95: 100,
    p99: 100,
    max: 100,
    latenessP99: 0,
  })
  const summary = summarise(tally.facts(start, runEnd({ durationMs: 4_000 })), judge.finish(runEnd({ durationMs: 4_000 })))
  const run = { summary, start, purpose: 'bracket', ratePerSec: 10, folder: 'levels/1', hasEndedEarly: false } as const
  const steady = levelOf({ ...run, timeline: [row(0, 6), row(1, 10), row(2, 10), row(3, 4)] })
  expect(steady).toMatchObject({ standing: 'met', lastingMs: 3_000, answeredPerSec: 10, isSteady: true, answers: 30 })
  // Ten a second, 0.1 s each: one under way.
  expect(steady.concurrency).toBeCloseTo(1, 1)
  const target = { series: [{ name: 'cpu' }], saturated: [{ page: 'shop', name: 'cpu', kind: 'ceiling', atMs: 3_000 }] }
  const full = { ...summary, target: target as unknown as TargetFacts }
  expect(levelOf({ ...run, summary: full, timeline: [] }).saturated).toEqual([{ page: 'shop', name: 'cpu', atMs: 3_000 }])
  expect(steady).not.toHaveProperty('saturated')
  expect(levelOf({ ...run, timeline: [row(0, 6, 5), row(1, 10, 20), row(2, 10, 40), row(3, 4)] }).isSteady).toBe(false)

  // Five of ten a second, for twelve seconds: five more are under way after each.
  const behind = Array.from({ length: 12 }, (_, second) => row(second, 5, 5 * second))
  const long = { summary: { ...summary, durationMs: 12_000 }, start: runStart(12), timeline: behind }
  expect(levelOf({ ...run, ...long })).toMatchObject({ standing: 'missed', because: expect.stringContaining('would not have held') })
})

describe('a level in which nobody got an order', () => {
  const asked = ['p(99) < 250ms', 'oversold == 0'].map((text) => parseObjective(text))
  const levelWith = (ok: readonly number[]) => {
    const start = runStart(1)
    const tally = new Tally()
    const judge = startJudging({ objectives: asked, start, tally })
    for (const window of windowsOf(seconds({ ok }))) {
      tally.add(window)
      judge.window(window)
    }
    const summary = summarise(tally.facts(start, runEnd({ durationMs: 1_000 })), judge.finish(runEnd({ durationMs: 1_000 })))
    return levelOf({ summary, start, timeline: [], purpose: 'bracket', ratePerSec: 10, folder: 'levels/1', hasEndedEarly: false })
  }

  test('is judged by everything else, and says so', () => {
    expect(levelWith(times(10, 100))).toMatchObject({ standing: 'met', hasNoOrders: true })
  })

  test('is missed where everything else is, and unknown where nothing else is known', () => {
    expect(levelWith(times(10, 300)).standing).toBe('missed')
    expect(levelWith([]).standing).toBe('unknown')
  })
})
