import type { ObjectiveResult, Summary } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import { allowedText, causeWords, errorRatio, headline, intervalText, keyNumbers, observedText, standing } from '../src/words.ts'
import { sampleReport } from './support/sample-report.ts'

const summaryOf = (verdict: Summary['verdict']): Summary => sampleReport({ verdict }).summary
const [first] = summaryOf('no-go').objectives
const objective = (more: Partial<ObjectiveResult>): ObjectiveResult => ({ ...(first as ObjectiveResult), ...more })
const judged = (verdict: Summary['verdict'], objectives: readonly ObjectiveResult[], more: Partial<Summary> = {}): string =>
  headline({ ...summaryOf(verdict), objectives, ...more })

describe('the headline', () => {
  const met = objective({ status: 'met' })
  const missed = objective({ status: 'missed' })
  const unknown = objective({ status: 'no-data' })

  test('counts only objectives that decide', () => {
    expect(headline(summaryOf('no-go'))).toBe('3 of 4 objectives were missed.')
    expect(headline(summaryOf('go'))).toBe('All 4 objectives were met, with 1 warning.')
  })

  test('is grammatical for one and for all', () => {
    expect(judged('no-go', [missed])).toBe('The only objective was missed.')
    expect(judged('no-go', [missed, missed])).toBe('All 2 objectives were missed.')
    expect(judged('no-go', [missed, met])).toBe('1 of 2 objectives was missed.')
    expect(judged('go', [met])).toBe('The objective was met.')
  })

  test('never says that an unfinished or empty run passed', () => {
    expect(judged('inconclusive', [unknown, met])).toBe('This run cannot tell: 1 of 2 objectives was left without data.')
    expect(judged('inconclusive', [met], { finished: false })).toBe('This run cannot tell: it did not run to its end.')
    expect(judged('inconclusive', [met], { finished: true })).toBe('This run cannot tell.')
  })

  test('blames the instrument, not the target, for an invalid run', () => {
    expect(headline(summaryOf('invalid'))).toBe('The instrument failed 2 of its 5 checks, so nothing here says anything about the target.')
  })
})

test('a miss that only warns is a warning, and one without data stays without data', () => {
  expect(standing(objective({ status: 'missed', warnOnly: true }))).toBe('warning')
  expect(standing(objective({ status: 'no-data', warnOnly: true }))).toBe('no data')
})

test('a miss without a number says which kind of nothing it is', () => {
  expect(observedText(objective({ observed: null, status: 'missed' }))).toBe('no answer')
  expect(observedText(objective({ observed: null, status: 'missed', text: 'recovery < 30s' }))).toBe('not recovered')
  expect(observedText(objective({ observed: null, status: 'no-data' }))).toBe('–')
})

test('a limit keeps the comparison of its objective', () => {
  expect(allowedText(objective({ text: 'p(95) <= 500ms' }))).toBe('<= 500 ms')
  expect(allowedText(objective({ text: 'goodput > 250/s', limit: 250, unit: 'perSec' }))).toBe('> 250/s')
})

test('an interval says where it is open, and is none where nothing is known', () => {
  expect(intervalText(objective({ low: 480, high: 530 }))).toBe('480 ms to 530 ms')
  expect(intervalText(objective({ low: 480, high: null }))).toBe('≥ 480 ms')
  expect(intervalText(objective({ low: null, high: 530 }))).toBe('≤ 530 ms')
  expect(intervalText(objective({ low: null, high: null }))).toBe('')
})

test('causes are said in words, and unknown ones are left to their names', () => {
  expect(causeWords('status:503')).toBe('the target answered with status 503')
  expect(causeWords('dropped:theirs-no-socket')).toBe('never sent: slow answers held every slot')
  expect(causeWords('dropped:ours-ports')).toBe('never sent: this machine had no port left')
  expect([causeWords('my own cause'), causeWords('__proto__'), causeWords('constructor')]).toEqual(['', '', ''])
})

test('the share of errors counts what was never sent, and of nothing it is unknown', () => {
  const { totals, ...rest } = summaryOf('go')
  expect(errorRatio({ ...rest, totals: { ...totals, done: 90, failed: 5, dropped: 10 } })).toBe(0.15)
  expect(errorRatio({ ...rest, totals: { ...totals, done: 0, failed: 0, dropped: 0 } })).toBeNull()
})

test('percentiles name the answers behind them, and say when failed requests are not among them', () => {
  const noteOf = (verdict: Summary['verdict']): string | undefined =>
    keyNumbers(summaryOf(verdict)).find((one) => one.note.startsWith('p95'))?.note
  expect(noteOf('go')).toBe('p95 of 11,413 answers')
  expect(noteOf('no-go')).toBe('p95 of the 9,980 answered')
})
