import { describe, expect, test } from 'vitest'
import { judge, judgeOne, seconds, times } from './support/windows.ts'

describe('a counter', () => {
  const windows = [30, 0, 25].map((sum) => ({ arrivals: 1, ...(sum > 0 && { counters: { 'cart.value': sum } }) }))

  test('is what was counted in all', () => {
    expect(judgeOne('counter cart.value > 50', windows)).toMatchObject({ status: 'met', observed: 55, unit: 'number' })
  })

  test('breaks an upper limit in the second in which the sum passes it', () => {
    expect(judgeOne('counter cart.value < 50', windows)).toMatchObject({ status: 'missed', firstBreachMs: 2_000 })
  })

  test('of a second is less than of the run', () => {
    expect(judgeOne('counter cart.value < 31 within 1s', windows)).toMatchObject({ status: 'met', observed: 30 })
  })

  test('that nobody counted has no data, not nought', () => {
    expect(judgeOne('counter refunds == 0', windows)).toMatchObject({ status: 'no-data' })
    expect(judgeOne('counter refunds == 0', [{ counters: { refunds: 0 } }])).toMatchObject({ status: 'met', observed: 0 })
  })

  test('stops the run when it is told to', () => {
    const { breaches } = judge({ objectives: ['counter cart.value < 50, abort'], windows })
    expect(breaches).toMatchObject([{ atMs: 3_000, abort: true }])
  })
})

test('a trend is judged by its percentiles, as a time where its limit is one', () => {
  const windows = [{ trends: { 'first-offer': times(90, 100) } }, { trends: { 'first-offer': times(10, 3_000) } }]
  const result = judgeOne('trend first-offer p(95) < 2s', windows)
  expect(result).toMatchObject({ status: 'missed', observed: 3_000, unit: 'ms', samples: 100 })
  expect(result.because).toMatch(/^p95 of first-offer was 3,000 ms over 100 samples; it must stay below 2,000 ms/)
  expect(judgeOne('trend first-offer p(50) < 101', windows)).toMatchObject({ status: 'met', unit: 'number' })
})

test('legitimate shoppers that a defence stopped are a share of those that met one', () => {
  const windows = [{ counters: { 'legitimate.passed': 998, 'legitimate.stopped': 2, 'hostile.passed': 500 } }]
  expect(judgeOne('stopped < 0.1%', windows)).toMatchObject({ status: 'missed', observed: 0.002, samples: 1_000 })
  expect(judgeOne('stopped < 0.1%', seconds({ ok: [1] }))).toMatchObject({ status: 'no-data' })
})

describe('findings', () => {
  const found = { findings: [{ kind: 'personal-data', count: 2 } as const] }

  test('are counted by kind, and say where', () => {
    const result = judgeOne('personal-data == 0', [{}, found, found])
    expect(result).toMatchObject({ status: 'missed', observed: 4, firstBreachMs: 1_000 })
    expect(result.because).toBe(
      'personal data in answers that any cache may keep: 4 found, first after 1 s, most often email in body of account; it must be exactly 0',
    )
    expect(judgeOne('open-doors == 0', [found])).toMatchObject({ status: 'no-data' })
  })

  test('that are none pass only when the run says that it looked', () => {
    expect(judgeOne('personal-data == 0', [{}])).toMatchObject({ status: 'no-data' })
    expect(judgeOne('personal-data == 0', [{ counters: { 'privacy.scanned': 900 } }])).toMatchObject({
      status: 'met',
      observed: 0,
      samples: 900,
    })
    const others = ['open-doors == 0', 'shared-sessions == 0']
    for (const other of others) expect(judgeOne(other, [{ counters: { 'privacy.scanned': 900 } }])).toMatchObject({ status: 'no-data' })
    const looked = { counters: { 'privacy.doors': 3, 'privacy.sessions': 40 } }
    expect(others.map((other) => judgeOne(other, [looked, looked]).samples)).toEqual([6, 80])
  })

  test('are judged by default where they were looked for: sessions and doors decide, personal data warns when there is some', () => {
    const looked = { counters: { 'privacy.doors': 3, 'privacy.sessions': 40, 'privacy.public': 5 } }
    const clean = judge({ objectives: ['shared-sessions == 0'], windows: [looked] })
    expect(clean.objectives.map(({ text, status }) => [text, status])).toEqual([
      ['shared-sessions == 0', 'met'],
      ['open-doors == 0', 'met'],
    ])
    const opened = judge({ objectives: ['shared-sessions == 0'], windows: [looked, { findings: [{ kind: 'open-door', count: 1 }] }] })
    expect([opened.verdict, opened.reasons[0]]).toEqual([
      'no-go',
      expect.stringMatching(/^Doors that should have been shut: 1 found in 3 looks/),
    ])
    const shown = judge({ objectives: ['shared-sessions == 0'], windows: [{ ...looked, cells: [{ ok: times(9, 10) }] }, found] })
    expect([shown.verdict, shown.reasons.at(-1)]).toEqual([
      'go',
      expect.stringMatching(/^Warning: personal data in answers that any cache may keep: 2 found/),
    ])
  })

  test('stop the run in the second in which they are seen, once', () => {
    expect(judge({ objectives: ['personal-data == 0, abort'], windows: [{}, found, found] }).breaches).toMatchObject([
      { atMs: 2_000, abort: true },
    ])
  })
})
