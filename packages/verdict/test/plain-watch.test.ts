import { describe, expect, test } from 'vitest'
import { causes, judge, judgeOne, runStart, seconds, times } from './support/windows.ts'

const phases = [
  { name: 'baseline', startMs: 0, lastingMs: 2_000, arrivals: 20 },
  { name: 'doors', startMs: 2_000, lastingMs: 2_000, arrivals: 200 },
]

describe('an objective over its whole scope', () => {
  test.each([
    ['p(95) < 500ms', times(100, 400), 'met', 400],
    ['p(95) < 500ms', [...times(94, 400), ...times(6, 800)], 'missed', 800],
    ['p(95) < 500ms', [...times(95, 400), ...times(5, 800)], 'met', 400],
    ['p(95) <= 800ms', times(100, 800), 'met', 800],
    ['avg < 500ms', [...times(50, 400), ...times(50, 600)], 'missed', 500],
    ['max < 800ms', [400, 800], 'missed', 800],
    ['rate >= 50/s', times(100, 1), 'met', 50],
    ['goodput > 50/s', times(100, 1), 'missed', 50],
  ] as const)('%s over %j is %4$s', (objective, ok, status, observed) => {
    const result = judgeOne(objective, seconds({ ok }, {}))
    expect(result.status).toBe(status)
    expect(result.observed).toBeCloseTo(observed, 0)
    expect(result.samples).toBe(ok.length)
  })

  test('names step, phase, figures and limit in one sentence', () => {
    const windows = seconds({ phase: 'doors', step: 'checkout', ok: times(1_200, 812) })
    const { because } = judgeOne('p(95) of checkout < 500ms in doors', windows, {
      start: runStart(1, { phases: [{ name: 'doors', startMs: 0, lastingMs: 1_000, arrivals: 1_200 }] }),
    })
    expect(because).toBe('p95 of checkout in doors was 812 ms over 1,200 samples; it must stay below 500 ms')
  })

  test('sees the cells of its step and phase only', () => {
    const windows = seconds(
      { phase: 'baseline', step: 'landing', ok: [10] },
      {},
      { phase: 'doors', step: 'landing', ok: [20] },
      { phase: 'doors', step: 'checkout', ok: [30] },
    )
    const start = runStart(4, { phases })
    expect(judgeOne('max < 1s', windows, { start }).observed).toBe(30)
    expect(judgeOne('max < 1s in baseline', windows, { start }).observed).toBe(10)
    expect(judgeOne('max of landing < 1s', windows, { start }).observed).toBe(20)
    expect(judgeOne('max of landing < 1s in doors', windows, { start }).observed).toBe(20)
    expect(judgeOne('max of checkout < 1s in baseline', windows, { start }).status).toBe('no-data')
  })

  test('a phase has its rate over its own time, however late the answers come', () => {
    const windows = seconds(
      { phase: 'baseline', ok: times(20, 1) },
      {},
      { phase: 'doors', due: 200, sent: 200 },
      {},
      { phase: 'doors', ok: times(200, 2_000), due: 0, sent: 0 },
    )
    const start = runStart(4, { phases })
    expect(judgeOne('goodput > 1/s in doors', windows, { start }).observed).toBe(100)
    expect(judgeOne('rate > 1/s in baseline', windows, { start }).observed).toBe(10)
  })

  test('a run that was interrupted has its rate over the time in which shoppers arrived', () => {
    const windows = seconds({ ok: times(100, 1) }, { ok: times(100, 1) }, { due: 0 })
    const interrupted = judgeOne('rate > 1/s', windows, { start: runStart(10), end: { stoppedBy: 'interrupt' } })
    expect(interrupted.observed).toBe(100)
    expect(judgeOne('rate > 1/s', windows, { start: runStart(10) }).observed).toBe(20)
  })

  test('a percentile among the unanswered has no value, is missed, and says how many failed', () => {
    const result = judgeOne('p(95) < 500ms', seconds({ ok: times(920, 10), failed: causes(80) }))
    expect(result).toMatchObject({ status: 'missed', observed: null, samples: 1_000, low: null, high: null })
    expect(result.because).toBe(
      '8 % of 1,000 requests failed or were dropped, so the 95th percentile has no finite value; it must stay below 500 ms',
    )
  })

  test('a mean says so when more than one in a hundred was never answered', () => {
    expect(judgeOne('avg < 500ms', seconds({ ok: times(98, 10), failed: causes(2) })).because).toContain(
      'of the answered ones only, and 2 % were never answered',
    )
    expect(judgeOne('avg < 500ms', seconds({ ok: times(99, 10), failed: causes(1) })).because).not.toContain('never answered')
  })

  test('a target that answers nobody misses every limit on its times', () => {
    for (const objective of ['avg < 1h', 'max < 1h', 'p(1) < 1h'])
      expect(judgeOne(objective, seconds({ failed: causes(10) })).status).toBe('missed')
  })

  // Wilson: none of 1,000 leaves room for 0.38 %, none of 10,000 for 0.038 %.
  test('says "within noise" when the interval holds the limit, and not when it is clear of it', () => {
    expect(judgeOne('errors < 0.1%', seconds({ ok: times(1_000, 1) })).because).toContain(
      'within noise: the 95 % interval from 0 % to 0.383 % holds the limit',
    )
    expect(judgeOne('errors < 0.1%', seconds({ ok: times(10_000, 1) })).because).not.toContain('within noise')
    expect(judgeOne('p(99) < 500ms', seconds({ ok: times(20, 10) })).because).toContain(
      'within noise: over 20 samples the 95 % interval is open upwards',
    )
  })

  test('the first breach is the first second that breaks the limit by itself', () => {
    const windows = seconds({ ok: times(50, 10) }, { ok: [...times(49, 10), 900] }, { ok: times(50, 900) }, { ok: times(50, 900) })
    expect(judgeOne('p(90) < 500ms', windows).firstBreachMs).toBe(2_000)
    expect(judgeOne('p(20) < 500ms', windows)).toMatchObject({ status: 'met', firstBreachMs: null })
  })

  test('lateness is judged by itself, and by the seconds of a phase', () => {
    const windows = [{ latenessMs: times(9, 1) }, {}, { latenessMs: times(9, 7) }]
    const start = runStart(4, { phases })
    expect(judgeOne('lateness p(99) < 5ms', windows, { start }).observed).toBe(7)
    expect(judgeOne('lateness p(99) < 5ms in baseline', windows, { start })).toMatchObject({ observed: 1, status: 'met', samples: 9 })
  })
})

describe('an objective without data', () => {
  test('has no samples and says so', () => {
    expect(judgeOne('p(95) of checkout < 1s', seconds({ ok: [1] }))).toMatchObject({
      status: 'no-data',
      observed: null,
      because: 'p95 of checkout has no samples, so nothing is known about it',
    })
  })

  test('says when the run stopped before its phase began', () => {
    const windows = seconds({ phase: 'baseline', ok: [1] }, {}, {})
    const { because, status } = judgeOne('p(95) < 1s in doors', windows, {
      start: runStart(4, { phases }),
      end: { stoppedBy: 'interrupt' },
    })
    expect(status).toBe('no-data')
    expect(because).toBe('p95 in doors was not judged: the run stopped before doors began at 2 s')
  })

  test('says when no ledger was kept', () => {
    expect(judgeOne('oversold == 0', seconds({ ok: [1] }))).toMatchObject({
      status: 'no-data',
      because: 'oversold cannot be judged: this run kept no order ledger',
    })
  })
})

describe('an objective that aborts', () => {
  const broken = seconds({ ok: times(99, 1), failed: causes(1) }, { ok: times(90, 1), failed: causes(10) }, { ok: times(5_000, 1) })

  test('stops the run at the first second whose sum so far breaks it', () => {
    const { breaches } = judge({ objectives: ['errors < 5%, abort'], windows: broken })
    expect(breaches.map(({ atMs, abort }) => ({ atMs, abort }))).toEqual([{ atMs: 2_000, abort: true }])
    expect(breaches[0]?.because).toBe(
      'error share was 5.5 % over 200 samples by 2 s, which stops the run; it must stay below 5 %; within noise: the 95 % interval from 3.1 % to 9.58 % holds the limit',
    )
  })

  test('stays missed although later answers mend the sum', () => {
    const result = judgeOne('errors < 5%, abort', broken)
    expect(result).toMatchObject({ status: 'missed', samples: 200, firstBreachMs: 1_000 })
    expect(judgeOne('errors < 5%', broken).status).toBe('met')
  })

  test('waits for its time, counted from the start of its phase', () => {
    const failing = seconds(...Array.from({ length: 4 }, (_, index) => ({ phase: index < 2 ? 'baseline' : 'doors', failed: causes(5) })))
    const atMs = (objective: string): readonly number[] =>
      judge({ objectives: [objective], windows: failing, start: runStart(4, { phases }) }).breaches.map((breach) => breach.atMs)
    expect(atMs('errors < 5%, abort')).toEqual([1_000])
    expect(atMs('errors < 5%, abort after 3s')).toEqual([3_000])
    expect(atMs('errors < 5% in doors, abort after 2s')).toEqual([4_000])
  })

  test('one that only judges stops nothing', () => expect(judge({ objectives: ['errors < 5%'], windows: broken }).breaches).toEqual([]))
})
