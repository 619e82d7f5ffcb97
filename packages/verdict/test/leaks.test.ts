// `leaks`: judged from what was found, never met without a search, on by default where there was one, and told at once.
import type { Finding } from '@doorbuster/measurements'
import { Tally } from '@doorbuster/measurements'
import { parseObjective } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import { startJudging } from '../src/judge.ts'
import { leakBrief, sayLeaks } from '../src/leak-brief.ts'
import { judge, judgeOne, runStart, times } from './support/windows.ts'

const leak = (more: Partial<Finding> = {}): Finding => ({
  kind: 'leak',
  step: 'account',
  where: 'body',
  field: 'email',
  count: 3,
  firstMs: 12_300,
  lastMs: 19_900,
  owners: [1, 2],
  viewers: [3],
  cache: 'age: 5',
  node: null,
  sample: null,
  ...more,
})

const ok = [{ ok: times(100, 10) }]

describe('leaks', () => {
  test('are met when answers were searched and nothing was found', () => {
    const result = judgeOne('leaks == 0', [
      { cells: ok, scanned: 40 },
      { cells: ok, scanned: 60 },
    ])
    expect(result).toMatchObject({ status: 'met', observed: 0, samples: 100 })
    expect(result.because).toBe("nobody was shown another shopper's data; 100 answers searched; it must be exactly 0")
  })

  test('are never met without a search', () => {
    const result = judgeOne('leaks == 0', [{ cells: ok }])
    expect(result.status).toBe('no-data')
    expect(result.because).toContain('no journey sent a canary')
  })

  test('are missed by one, and the reasons hold the brief', () => {
    const windows = [{ cells: ok, scanned: 10, findings: [leak({ firstMs: 300, lastMs: 400 })] }]
    const { verdict, reasons, objectives } = judge({ objectives: ['leaks == 0'], windows })
    expect(verdict).toBe('no-go')
    expect(objectives[0]).toMatchObject({ status: 'missed', observed: 3, samples: 10, firstBreachMs: 300 })
    expect(reasons[0]).toMatch(/^Shoppers were shown other shoppers' data: 2 owners, 1 viewer, 3 times, field email, account, in body/)
  })

  test('may be few where an objective says so, and other kinds of findings are none', () => {
    const windows = [{ cells: ok, scanned: 10, findings: [leak(), leak({ kind: 'personal-data' }), leak({ kind: 'shared-session' })] }]
    expect(judgeOne('leaks <= 3', windows)).toMatchObject({ status: 'met', observed: 3 })
    expect(judgeOne('leaks < 3', windows)).toMatchObject({ status: 'missed', observed: 3 })
  })
})

describe('the default', () => {
  test('is judged beside the plan’s own objectives as soon as answers were searched, and stops the run', () => {
    const windows = [{ cells: ok, scanned: 5 }, { cells: ok, scanned: 5, findings: [leak()] }, { cells: ok }]
    const judged = judge({ objectives: ['p(95) < 500ms'], windows })
    expect(judged.objectives.map(({ text, status }) => [text, status])).toEqual([
      ['p(95) < 500ms', 'met'],
      ['leaks == 0, abort', 'missed'],
    ])
    expect(judged.breaches.map(({ atMs, abort, isAtOnce }) => ({ atMs, abort, isAtOnce }))).toEqual([
      { atMs: 2_000, abort: true, isAtOnce: true },
    ])
  })

  test('is left out of a run in which nothing was searched', () => {
    const { verdict, objectives } = judge({ objectives: ['p(95) < 500ms'], windows: [{ cells: ok }] })
    expect([verdict, objectives.map(({ text }) => text)]).toEqual(['go', ['p(95) < 500ms']])
  })

  test('gives way to an objective on leaks of the plan’s own', () => {
    const windows = [{ cells: ok, scanned: 5, findings: [leak()] }]
    const judged = judge({ objectives: ['leaks == 0, warn', 'errors < 1%'], windows })
    expect(judged.objectives.map(({ text }) => text)).toEqual(['leaks == 0, warn', 'errors < 1%'])
    expect([judged.verdict, judged.breaches.map(({ abort }) => abort)]).toEqual(['go', [false]])
  })
})

describe('one leak, told as it is seen', () => {
  const told = (objective: string) => {
    const judge = startJudging({ objectives: [parseObjective(objective)], start: runStart(10), tally: new Tally() })
    return (finding: Finding, atMs: number) => judge.event({ atMs, kind: 'warn', text: 'leak', finding })
  }

  test('stops the run before its window has ended, once', () => {
    const event = told('leaks == 0, abort')
    expect(event(leak({ count: 1 }), 120)).toMatchObject([{ atMs: 120, abort: true, isAtOnce: true }])
    expect(event(leak({ count: 1 }), 121)).toEqual([])
  })

  test('is only told where the objective does not abort, and nothing else is told', () => {
    const event = told('leaks < 2')
    expect(event(leak({ kind: 'personal-data' }), 100)).toEqual([])
    expect(event(leak({ count: 1 }), 120)).toEqual([])
    expect(event(leak({ count: 1 }), 130)).toMatchObject([{ abort: false }])
  })
})

describe('the brief', () => {
  test('says how, when, what and how far', () => {
    const brief = leakBrief([
      leak({ firstMs: 59_000, lastMs: 61_000, owners: [1, 2], viewers: [7] }),
      leak({ where: 'header location', field: 'address', count: 2, firstMs: 12_000, lastMs: 12_000, owners: [2, 3], viewers: [7, 8] }),
      leak({ kind: 'open-door', owners: [99] }),
    ])
    expect(brief).toMatchObject({
      count: 5,
      firstMs: 12_000,
      lastMs: 61_000,
      minutes: 2,
      owners: 3,
      viewers: 2,
      isCapped: false,
      fields: ['address', 'email'],
      steps: ['account'],
      places: ['header location', 'body'],
      caches: ['age: 5'],
      nodes: [],
    })
    expect(brief === null ? '' : sayLeaks(brief)).toBe(
      "shoppers were shown other shoppers' data: 3 owners, 2 viewers, 5 times, fields address and email, account, in header location and body, " +
        'from 0:12 to 1:01, in answers with "age: 5", which name no machine',
    )
  })

  test('of nothing is none, and of more people than a finding names says "at least"', () => {
    expect(leakBrief([leak({ kind: 'personal-data' })])).toBeNull()
    const brief = leakBrief([leak({ owners: Array.from({ length: 200 }, (_, index) => index + 1) })])
    expect(brief === null ? '' : sayLeaks(brief)).toContain('at least 200 owners')
  })
})
