import { parseObjective } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { grossLateness, trustedLatenessMs } from '../src/lateness-check.ts'
import { check, judge, runStart, times } from './support/windows.ts'

describe('lateness', () => {
  test.each([
    [[], 10],
    [['errors < 1%'], 10],
    [['p(95) < 20ms'], 10],
    [['p(95) < 500ms', 'p(99) < 300ms', 'max < 5s'], 30],
    [['p(99) < 8s'], 100],
    [['p(50) > 1s'], 10],
  ])('of %j may be %i ms: a tenth of the tightest limit, within bounds', (texts, allowedMs) =>
    expect(trustedLatenessMs(texts.map((text) => parseObjective(text)))).toBe(allowedMs),
  )

  test('names what the host took, when it took much', () => {
    const { because } = check('lateness', [{ latenessMs: times(1_000, 50) }], { end: { stolenCpuRatio: 0.31 } })
    expect(because).toContain("Meanwhile this machine's host gave 31 % of its CPU time to others.")
  })

  test('is trusted up to a p99 of 10 ms', () => {
    expect(check('lateness', [{ latenessMs: times(1_000, 9.9) }]).status).toBe('passed')
    expect(check('lateness', [{ latenessMs: times(1_000, 10.1) }]).status).toBe('failed')
  })

  test('fails at two late in a hundred of many, and tells the cure', () => {
    const { status, because } = check('lateness', [{ latenessMs: [...times(980, 1), ...times(20, 50)] }])
    expect(status).toBe('failed')
    expect(because).toBe(
      'The generator fell behind: lateness p99 was 50 ms over 1,000 requests, and at most 10 ms is trusted. To cure it, send with more threads (--threads 2), at a lower rate, or from a fleet of machines.',
    )
  })

  test('one late request of twenty is too few to tell from chance, twenty of twenty are not', () => {
    expect(check('lateness', [{ latenessMs: [...times(19, 1), 50] }]).status).toBe('passed')
    expect(check('lateness', [{ latenessMs: times(20, 50) }]).status).toBe('failed')
  })

  // Half may be slower in p(50), so a twentieth may leave late; in a maximum nothing may.
  test.each([
    [[], [[1_000, 0.001]]],
    [['errors < 1%', 'avg < 200ms'], [[1_000, 0.001]]],
    [['p(99) < 300ms'], [[300, 0.001]]],
    [
      ['p(95) < 20ms', 'p(50) < 8s'],
      [
        [100, 0.005],
        [1_000, 0.05],
      ],
    ],
    [
      ['max < 2s', 'p(100) < 400ms'],
      [
        [1_000, null],
        [400, null],
      ],
    ],
  ] as const)('as gross as the limit of %j itself may be a tenth of what the objective lets be slower', (texts, expected) => {
    const found = grossLateness(texts.map((text) => parseObjective(text)))
    expect(found.map(({ aboveMs, allowedRatio }) => [aboveMs, allowedRatio === null ? null : Number(allowedRatio.toFixed(9))])).toEqual(
      expected,
    )
  })

  // [objective, requests, of which so many ms late] → status
  test.each([
    ['p(99) < 300ms', 10_000, 10, 301, 'passed'],
    ['p(99) < 300ms', 10_000, 11, 301, 'failed'],
    ['p(99) < 300ms', 10_000, 90, 299, 'passed'],
    ['p(99) < 300ms', 100, 1, 301, 'passed'],
    ['p(99) < 300ms', 1_999, 2, 301, 'failed'],
    ['p(95) < 300ms', 10_000, 50, 301, 'passed'],
    ['p(95) < 300ms', 10_000, 51, 301, 'failed'],
    ['max < 300ms', 10_000, 1, 299, 'passed'],
    ['max < 300ms', 10_000, 1, 301, 'failed'],
    ['errors < 100%', 10_000, 90, 999, 'passed'],
    ['errors < 100%', 10_000, 11, 1_001, 'failed'],
  ] as const)('judged for %s: of %i requests %i were %i ms late: %s', (objective, requests, late, lateMs, status) => {
    const windows = [{ latenessMs: [...times(requests - late, 1), ...times(late, lateMs)] }]
    expect(judge({ objectives: [objective], windows }).trust.find(({ name }) => name === 'lateness')?.status).toBe(status)
  })

  test('says how many left too late, and how late the latest was', () => {
    const windows = [{ latenessMs: [...times(1_990, 1), ...times(9, 400), 812] }]
    const [found] = judge({ objectives: ['p(99) < 300ms'], windows }).trust
    expect(found?.because).toMatch(
      /^The generator stood still: 10 of 2,000 requests left more than 300 ms late \(the latest 812 ms\), and 2 may\. To cure it, send with/,
    )
    expect(check('lateness', windows).because).toMatch(/^Requests left on time: .*; the latest was 812 ms late\.$/)
  })

  test('is not judged in a closed loop, nor when nothing was sent', () => {
    expect(check('lateness', [{ latenessMs: times(100, 99) }], { start: runStart(1, { model: 'closed' }) }).status).toBe('not-judged')
    expect(check('lateness', [{}]).status).toBe('not-judged')
  })
})
