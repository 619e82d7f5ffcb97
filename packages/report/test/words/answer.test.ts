import type { ObjectiveResult, Summary } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report.ts'
import { answer } from '../../src/words/answer.ts'
import { sampleReport } from '../support/sample-report.ts'

const missed: ObjectiveResult = {
  text: 'errors < 0.1%',
  status: 'missed',
  warnOnly: false,
  step: null,
  of: null,
  phase: null,
  observed: 0.07,
  limit: 0.001,
  unit: 'ratio',
  samples: 1_000,
  low: null,
  high: null,
  firstBreachMs: 0,
  because: 'errors were 7 %; they must stay below 0.1 %',
}
const slow: ObjectiveResult = { ...missed, text: 'p(95) < 500ms', observed: 2_084, limit: 500, unit: 'ms', because: 'p95 was 2,084 ms' }
const oversold: ObjectiveResult = { ...missed, text: 'oversold == 0', observed: 23, limit: 0, unit: 'count', because: 'oversold was 23' }
const leaks: ObjectiveResult = { ...missed, text: 'leaks == 0', observed: 31, limit: 0, unit: 'count', because: 'leaks were 31' }

function noGo(objectives: readonly ObjectiveResult[], more: Partial<Summary> = {}): Report {
  const report = sampleReport({ verdict: 'no-go' })
  return { ...report, summary: { ...report.summary, objectives, ...more } }
}

/** 1,400 wanted to check out, 1,300 could: 1 in 14 could not. */
const checkout = sampleReport().summary.steps.map((step) =>
  step.name === 'checkout' ? { ...step, intents: 1_400, ok: 1_300, degraded: 0 } : step,
)

describe('a no-go', () => {
  test('says how many could not check out, and at which crowd', () =>
    expect(answer(noGo([missed], { steps: checkout }))[0]).toBe('With up to 340 requests a second, 1 in 14 could not check out.'))

  test('names what costs most first, whatever order the plan has: data, orders, lost shoppers, waiting', () => {
    expect(answer(noGo([slow, missed, oversold, leaks]))).toEqual([
      'Private data of 3 shoppers was shown to 4 others.',
      '23 more pieces were sold than there were.',
    ])
    expect(answer(noGo([slow, missed], { steps: checkout }))).toEqual([
      'With up to 340 requests a second, 1 in 14 could not check out.',
      'The slowest 1 in 20 waited 2.08 s or more, where 500 ms is allowed.',
    ])
  })

  test('counts the requests of the peak where nobody pays: 30 of 100 there, not the 1,000 good ones before', () => {
    const report = noGo([missed], { steps: [] })
    const [row] = report.timeline
    if (row === undefined) throw new Error('the sample has rows')
    const quiet = { ...row, startMs: 0, lastingMs: 1_000, ok: 1_000, failed: 0, dropped: 0 }
    const peak = { ...row, startMs: 50_000, lastingMs: 1_000, ok: 70, degraded: 0, failed: 20, dropped: 10 }
    expect(answer({ ...report, timeline: [quiet, peak] })[0]).toBe(
      'At the planned peak of 340 requests a second, 1 in 3 requests got no good answer.',
    )
  })

  test('says nothing of times and rates when the instrument failed: only what was sold or shown stands', () => {
    const { trust } = sampleReport({ verdict: 'invalid' }).summary
    expect(answer(noGo([slow, oversold], { trust }))).toEqual([
      '23 more pieces were sold than there were.',
      'Of times and rates this rehearsal says nothing: our own machine failed its checks.',
    ])
  })
})

test('a go names the peak, the share that was answered and the time', () => {
  expect(answer(sampleReport({ verdict: 'go' }))).toEqual([
    'At the planned peak of 340 requests a second, every request was answered, 19 in 20 within 56 ms.',
    'All 4 objectives were met.',
  ])
})

test('an invalid run blames the machine that sent, and says so of nobody else', () => {
  const [why = '', after] = answer(sampleReport({ verdict: 'invalid' }))
  expect(why).toBe('This rehearsal does not count: our own machine fell behind, and sent 1 in 100 requests 81 ms or more after their time.')
  expect(after).toBe('Nothing here speaks for or against the launch: rehearse again.')
})

test('an inconclusive run says what was missing', () => {
  expect(answer(sampleReport({ verdict: 'inconclusive' }))[0]).toContain('1 of 4 objectives had nothing to be judged by')
})

test.each(['go', 'no-go', 'inconclusive', 'invalid'] as const)('the answer of a %s has no jargon in it', (verdict) => {
  expect(answer(sampleReport({ verdict })).join(' ')).not.toMatch(
    /\bp\(?\d|percentile|latency|lateness|interval|goodput|SLO|null|NaN|undefined|–/,
  )
})
