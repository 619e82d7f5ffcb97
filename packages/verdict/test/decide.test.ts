import { describe, expect, test } from 'vitest'
import type { Findings } from '../src/decide.ts'
import { decide } from '../src/decide.ts'
import type { ObjectiveResult, TrustCheck } from '../src/judgement.ts'
import { runEnd } from './support/windows.ts'

const result = (status: ObjectiveResult['status'], warnOnly = false): ObjectiveResult => ({
  text: 'max < 1s',
  status,
  warnOnly,
  step: null,
  of: null,
  phase: null,
  observed: 1,
  limit: 1_000,
  unit: 'ms',
  samples: 1,
  low: null,
  high: null,
  firstBreachMs: null,
  because: `it is ${status}`,
})
const met = result('met')
const missed = result('missed')
const unknown = result('no-data')
const late: TrustCheck = { name: 'lateness', status: 'failed', because: 'The generator fell behind. To cure it, send less.' }
const findings = (more: Partial<Findings>): Findings => ({
  objectives: [met],
  certain: [],
  trust: [],
  remarks: [],
  atLeast: [],
  end: runEnd(),
  sent: 100,
  threw: 0,
  defaults: null,
  ...more,
})

describe('the verdict', () => {
  test.each([
    ['go', { objectives: [met] }],
    ['no-go', { objectives: [met, missed] }],
    ['inconclusive', { objectives: [met, unknown] }],
    ['no-go', { objectives: [missed, unknown] }],
    ['invalid', { objectives: [missed], trust: [late] }],
    ['no-go', { objectives: [missed], certain: [missed], trust: [late] }],
    ['no-go', { objectives: [missed], certain: [missed], end: runEnd({ stoppedBy: 'interrupt' }) }],
    ['invalid', { objectives: [unknown], trust: [late], sent: 0 }],
    ['go', { objectives: [met], trust: [{ ...late, status: 'not-judged' }] }],
    ['inconclusive', { sent: 0 }],
    ['no-go', { objectives: [missed], sent: 0 }],
    ['inconclusive', { end: runEnd({ stoppedBy: 'interrupt' }) }],
    ['inconclusive', { end: runEnd({ finished: false, stoppedBy: 'cut-off' }) }],
    ['inconclusive', { end: runEnd({ stoppedBy: 'journey' }) }],
    ['inconclusive', { objectives: [missed], end: runEnd({ stoppedBy: 'interrupt' }) }],
    ['inconclusive', { threw: 1 }],
    ['no-go', { objectives: [missed], threw: 1 }],
    ['no-go', { end: runEnd({ stoppedBy: 'abort' }) }],
    ['go', { objectives: [met, result('missed', true)] }],
    ['go', { objectives: [met, result('no-data', true)] }],
  ] as const)('is %s', (verdict, more) => expect(decide(findings(more)).verdict).toBe(verdict))
})

describe('the reasons', () => {
  test('put what decided first', () =>
    expect(decide(findings({ objectives: [met, unknown, missed] })).reasons).toEqual(['It is missed.', 'It is no-data.']))

  test('of an invalid run give the cure, and what was seen as a lower bound', () => {
    expect(decide(findings({ objectives: [missed], trust: [late], atLeast: ['At least 5 requests were answered.'] })).reasons).toEqual([
      'The generator fell behind. To cure it, send less.',
      'So this run is no verdict on the target, good or bad.',
      'At least 5 requests were answered.',
      'At least this was seen all the same: it is missed.',
    ])
  })

  test('of a certain fault stand before those of the instrument, which are told all the same', () => {
    const slow = { ...missed, because: 'p95 was 9 s' }
    const { reasons } = decide(
      findings({ objectives: [missed, slow], certain: [missed], trust: [late], atLeast: ['At least 5 requests were answered.'] }),
    )
    expect(reasons).toEqual([
      'It is missed.',
      'That stands whatever the instrument did; of times and rates this run is no verdict, good or bad.',
      'The generator fell behind. To cure it, send less.',
      'At least 5 requests were answered.',
      'At least this was seen all the same: p95 was 9 s.',
    ])
    expect(decide(findings({ objectives: [missed, slow], certain: [missed], end: runEnd({ stoppedBy: 'interrupt' }) })).reasons).toEqual([
      'It is missed.',
      expect.stringMatching(/^The run was interrupted after .*, so nothing else is decided\.$/),
      'At least this was seen all the same: p95 was 9 s.',
    ])
  })

  test('of a run that can be trusted give no lower bounds, and end with what is to be known of the instrument', () => {
    expect(decide(findings({ remarks: ['Remark: no CPU was left.'], atLeast: ['At least 5 requests were answered.'] })).reasons).toEqual([
      'The objective was met.',
      'It is met.',
      'Remark: no CPU was left.',
    ])
  })

  test('tell a warning after the decision', () => {
    expect(decide(findings({ objectives: [met, result('missed', true)] })).reasons).toEqual([
      'The objective was met.',
      'It is met.',
      'Warning: it is missed.',
    ])
  })

  test('say when and why the run was cut short', () => {
    const end = runEnd({ stoppedBy: 'interrupt', durationMs: 12_000, note: 'Ctrl-C' })
    expect(decide(findings({ end })).reasons[0]).toBe(
      'The run was interrupted after 12 s (Ctrl-C); what it saw until then missed nothing, which is not enough.',
    )
  })

  test('say that a default was judged', () => {
    expect(decide(findings({ defaults: 'errors < 0.1%' })).reasons.at(-1)).toBe(
      'The plan has no objectives, so the default was judged: errors < 0.1%.',
    )
  })

  test('are never empty', () => {
    for (const objectives of [[met], [missed], [unknown], [result('met', true)]])
      expect(decide(findings({ objectives })).reasons).not.toEqual([])
  })
})
