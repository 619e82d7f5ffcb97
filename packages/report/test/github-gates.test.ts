import type { CapacityResult, ComparedAnswer, RunComparison } from '@doorbuster/verdict'
import { usualRules } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import {
  capacityOutputs,
  capacityRemarks,
  comparisonOutputs,
  comparisonRemarks,
  historyOutputs,
  historyRemarks,
} from '../src/github-gates.ts'
import type { Past } from '../src/history.ts'

describe('of a search', () => {
  const found = {
    name: 'shop',
    verdict: 'no-go',
    finished: true,
    reasons: [
      'Safe up to 80 shoppers a second.',
      'Headroom is 0.80 over the forecast of 100/s: not enough.',
      'At 82/s: slow.',
      'And more.',
    ],
    answer: { perSec: 80, atLeast: false },
    slo: { perSec: 80 },
    knee: { perSec: null },
    forecastPerSec: 100,
    headroom: { ratio: 0.8, forecastPerSec: 100 },
  } as unknown as CapacityResult

  test('the figures are outputs, and what was not found is empty', () => {
    expect(capacityOutputs(found)).toMatchObject({
      verdict: 'no-go',
      headline: 'Safe up to 80 shoppers a second.',
      'answer-per-sec': 80,
      'at-least': 'false',
      'knee-per-sec': null,
      'headroom-ratio': 0.8,
    })
    expect(capacityOutputs({ ...found, answer: null })).toMatchObject({ 'answer-per-sec': null, 'at-least': null })
  })

  test('what does not pass is one error with the answer and what decides on it', () => {
    expect(capacityRemarks(found, false)).toEqual([{ kind: 'error', title: 'shop', text: found.reasons.slice(0, 3).join(' ') }])
  })

  test('little headroom and a search that was cut off are warnings where it passes, and the rest is silent', () => {
    const kinds = (more: Partial<CapacityResult>) => capacityRemarks({ ...found, ...more }, true).map(({ kind }) => kind)
    expect([kinds({ verdict: 'warn' }), kinds({ verdict: 'go', finished: false }), kinds({ verdict: 'go' })]).toEqual([
      ['warning'],
      ['warning'],
      [],
    ])
  })
})

test('of a comparison each worse run is an error and each that nobody can tell a warning', () => {
  const run = (name: string, answer: ComparedAnswer) => ({
    name,
    answer,
    startedAt: '2026-11-20T08:00:00.000Z',
    planHash: 'abc',
    reasons: [`${name} for a reason.`],
    rows: [],
  })
  const comparison: RunComparison = {
    schema: 'doorbuster/comparison@1',
    base: { name: 'base', startedAt: '2026-11-19T08:00:00.000Z', planHash: 'abc' },
    answer: 'worse',
    rules: usualRules,
    noiseRuns: 0,
    remarks: [],
    runs: [run('odd', 'cannot-tell'), run('fine', 'not-worse'), run('slow', 'worse')],
  }
  expect(comparisonRemarks(comparison).map(({ kind, title }) => [kind, title])).toEqual([
    ['error', 'slow: WORSE'],
    ['warning', 'odd: CANNOT TELL'],
  ])
  expect(comparisonRemarks(comparison)[0]?.text).toMatch(/^slow of .* is worse than base of .*\. slow for a reason\.$/)
  expect(comparisonOutputs(comparison)).toMatchObject({
    answer: 'worse',
    base: 'base',
    reasons: 'odd for a reason.\nfine for a reason.\nslow for a reason.',
  })
})

test('of rehearsals it is told whether one is young enough, and which', () => {
  const lastRehearsal = { folder: 'b', startedAt: '2026-11-01T08:00:00.000Z', ageMs: 86_400e3 }
  const past: Past = { schema: 'doorbuster/history@1', runs: [], unreadable: [], lastRehearsal, maxAgeMs: 2 * 86_400e3, isReady: true }
  expect(historyOutputs(past)).toMatchObject({ ready: 'true', runs: 0, 'last-folder': 'b', 'last-age-ms': 86_400e3 })
  expect(historyRemarks(past)).toEqual([])
  const none = { ...past, lastRehearsal: null, isReady: false }
  expect(historyOutputs(none)).toMatchObject({ ready: 'false', 'last-folder': null })
  expect(historyRemarks(none)).toMatchObject([{ kind: 'error', text: expect.stringContaining('NOT READY') }])
})
