import { describe, expect, test } from 'vitest'
import type { CutWords, WindowWords } from './support/windows.ts'
import { causes, judgeOne, runStart, seconds, times } from './support/windows.ts'

const phases = [
  { name: 'baseline', startMs: 0, lastingMs: 1_000, arrivals: 100 },
  { name: 'doors', startMs: 1_000, lastingMs: 1_000, arrivals: 100 },
]
const start = runStart(2, { phases })
const cut = (by: CutWords['by'], name: string, more: Partial<CutWords> = {}): CutWords => ({ by, name, phase: 'doors', ...more })
const withCuts = (...cuts: readonly CutWords[]): readonly WindowWords[] => [{}, { cuts, arrivals: 100 }]

describe('shoppers', () => {
  // 100 ended: 96 finished (3 of them degraded), 2 gave up, 1 was turned away, 1 was cut off by the end.
  const ended = [{ shoppers: { due: 100, started: 100, finished: 96, finishedDegraded: 3, gaveUp: 2, turnedAway: 1, cut: 1 } }]

  test.each([
    ['finished > 95%', 'met', 0.96],
    ['finished > 96%', 'missed', 0.96],
    ['gave-up < 2%', 'missed', 0.02],
    ['turned-away <= 1%', 'met', 0.01],
  ])('%s is a share of all whose visit ended', (text, status, observed) => {
    expect(judgeOne(text, ended)).toMatchObject({ status, observed, samples: 100 })
  })

  test('who never got in is lost as well, so a full house cannot pass', () => {
    expect(judgeOne('finished > 90%', [{ shoppers: { due: 100, finished: 80, dropped: 20 } }])).toMatchObject({
      status: 'missed',
      observed: 0.8,
    })
  })

  // 90 finished, 10 gave up, and 100 were still under way when the run was stopped.
  const stopped = [{ shoppers: { due: 100, finished: 90, gaveUp: 10 } }, { shoppers: { due: 100, cut: 100 } }]

  test.each(['interrupt', 'abort'] as const)('whom an %s of the run cut off are neither finished nor lost', (stoppedBy) => {
    for (const span of ['', ' within 1s']) {
      const end = { stoppedBy }
      expect(judgeOne(`finished >= 90%${span}`, stopped, { end })).toMatchObject({ status: 'met', observed: 0.9, samples: 100 })
      expect(judgeOne(`gave-up < 10%${span}`, stopped, { end })).toMatchObject({ status: 'missed', observed: 0.1 })
    }
    expect(judgeOne('finished >= 90%, abort', stopped, { end: { stoppedBy } })).toMatchObject({ status: 'met' })
  })

  test('who are still under way are neither finished nor lost', () => {
    expect(judgeOne('finished > 99%', [{ shoppers: { due: 100, started: 100, finished: 10 } }])).toMatchObject({ samples: 10, observed: 1 })
    expect(judgeOne('finished > 99%', [{ shoppers: { due: 100, started: 100 } }])).toMatchObject({ status: 'no-data' })
  })

  test('whom a stop of ours cut off the shop did not lose, and who still waits at a run’s own end it did', () => {
    const cutOff = [{ shoppers: { due: 100, started: 100, finished: 60, cut: 40 } }]
    expect(judgeOne('finished > 99%', cutOff, { end: { stoppedBy: 'interrupt' } })).toMatchObject({ samples: 60, observed: 1 })
    expect(judgeOne('finished > 99%', cutOff)).toMatchObject({ samples: 100, observed: 0.6 })
  })

  // 0 of 100: Wilson's upper end is 1.96² ÷ (100 + 1.96²) = 3.7 %.
  test('the share has an interval, and the sentence says what it is of', () => {
    const result = judgeOne('gave-up < 1%', [{ shoppers: { due: 100, finished: 100 } }])
    expect(result.high).toBeCloseTo(0.037, 3)
    expect(result.because).toBe(
      'share of shoppers who gave up was 0 % over 100 shoppers; it must stay below 1 %; within noise: the 95 % interval from 0 % to 3.7 % holds the limit',
    )
  })

  test('by class and phase they are told by how they left', () => {
    const buyers = cut('shoppers', 'buyer', { ok: times(7, 9_000), degraded: [9_000], failed: ['gave-up:product', 'turned-away:sold-out'] })
    const lookers = cut('shoppers', 'looker', { ok: times(90, 1_000) })
    const windows = withCuts(buyers, lookers, { ...lookers, phase: 'baseline', ok: [], failed: causes(50, 'threw') })
    expect(judgeOne('finished of class buyer > 99%', windows, { start })).toMatchObject({ observed: 0.8, samples: 10 })
    expect(judgeOne('gave-up of class buyer < 1%', windows, { start })).toMatchObject({ observed: 0.1 })
    expect(judgeOne('finished > 99% in doors', windows, { start })).toMatchObject({ samples: 100 })
    expect(judgeOne('finished of class looker > 99%', windows, { start })).toMatchObject({ samples: 140 })
  })

  test('by device they are those who came with it', () => {
    const windows = withCuts(
      cut('device', 'mobile', { ok: times(50, 20) }),
      cut('device', 'mobile (visits)', { ok: times(3, 9_000), failed: ['gave-up:product'] }),
    )
    expect(judgeOne('gave-up of device mobile < 1%', windows, { start })).toMatchObject({ status: 'missed', observed: 0.25, samples: 4 })
  })

  test('ten seconds in which nobody finishes are seen although the day was good', () => {
    const good = { shoppers: { due: 1_000, finished: 1_000 } }
    const bad = { shoppers: { due: 10, gaveUp: 10 } }
    const windows = [good, bad, bad, good]
    expect(judgeOne('finished > 90%', windows)).toMatchObject({ status: 'met' })
    expect(judgeOne('finished > 90% within 2s', windows)).toMatchObject({ status: 'missed', observed: 0, firstBreachMs: 1_000 })
  })
})

describe('scopes beside steps', () => {
  const mobile = cut('device', 'mobile', { ok: times(100, 900) })
  const desktop = cut('device', 'desktop', { ok: times(900, 50), failed: causes(100) })

  test('a class hidden in the blend is seen by its own percentile', () => {
    const windows = [{ cells: [{ ok: [...times(900, 50), ...times(100, 900)] }], cuts: [mobile, desktop] }]
    expect(judgeOne('p(50) < 100ms', windows)).toMatchObject({ status: 'met' })
    expect(judgeOne('p(50) of device mobile < 100ms', windows)).toMatchObject({ status: 'missed', observed: 900, samples: 100 })
    expect(judgeOne('errors of device desktop < 5%', windows)).toMatchObject({ observed: 0.1 })
  })

  test('of a phase holds that phase alone', () => {
    const windows = withCuts(mobile, { ...mobile, phase: 'baseline', ok: times(50, 10) })
    expect(judgeOne('max of device mobile < 1s in baseline', windows, { start })).toMatchObject({ observed: 10, samples: 50 })
  })

  test('that nobody came to has no data, and the sentence names it', () => {
    expect(judgeOne('p(50) of device tablet < 1s', withCuts(mobile))).toMatchObject({
      status: 'no-data',
      because: 'p50 of device tablet has no samples, so nothing is known about it',
    })
  })

  test('transactions and answerers are judged like requests', () => {
    const windows = withCuts(cut('group', 'checkout', { ok: times(10, 4_000) }), cut('answered-by', 'queue page', { ok: times(10, 5) }))
    expect(judgeOne('p(95) of group checkout < 3s', windows)).toMatchObject({ status: 'missed', observed: 4_000 })
    expect(judgeOne('max of answered-by "queue page" < 10ms within 1s', windows)).toMatchObject({ status: 'met', observed: 5 })
  })

  test('degraded answers have times of their own, by step if asked', () => {
    const windows = withCuts(cut('degraded', 'landing', { degraded: times(9, 20) }), cut('degraded', 'product', { degraded: [700] }))
    expect(judgeOne('degraded max < 500ms', windows)).toMatchObject({ status: 'missed', observed: 700, samples: 10 })
    expect(judgeOne('degraded max of landing < 500ms', windows)).toMatchObject({ status: 'met', observed: 20 })
  })
})

describe('amplification', () => {
  // 100 wanted something and tried 173 times.
  const stormy = seconds({ phase: 'doors', due: 173, intents: 100, attempts: 173 }, { phase: 'aftershock', due: 100 })
  const storm = runStart(2, {
    phases: [
      { name: 'doors', startMs: 0, lastingMs: 1_000, arrivals: 100 },
      { name: 'aftershock', startMs: 1_000, lastingMs: 1_000, arrivals: 100 },
    ],
  })

  test('is tries by intent, in a phase as in all', () => {
    expect(judgeOne('amplification <= 1.2', stormy)).toMatchObject({ status: 'missed', observed: 1.365, samples: 200 })
    const result = judgeOne('amplification <= 1.2 in doors', stormy, { start: storm })
    expect(result.because).toBe('amplification in doors was 1.73× over 100 intents; at most 1.2× is allowed')
    expect(judgeOne('amplification <= 1.2 in aftershock', stormy, { start: storm })).toMatchObject({ status: 'met', observed: 1 })
  })

  test('where nobody wanted anything is not one', () => {
    expect(judgeOne('amplification <= 1.2', seconds({ due: 5, intents: 0, attempts: 0 }))).toMatchObject({ status: 'no-data' })
  })
})
