import type { RunStart } from '@doorbuster/measurements'
import { describe, expect, test } from 'vitest'
import type { WindowWords } from './support/windows.ts'
import { check, judge, runStart, times } from './support/windows.ts'

describe('event-loop delay', () => {
  const windows = (slow: number, of: number): readonly WindowWords[] =>
    Array.from({ length: of }, (_, index) => ({ loopP99Ms: index < slow ? 51 : 50 }))

  test('may be long in one window, or in one of twenty', () => {
    expect(check('loop-delay', windows(1, 3)).status).toBe('passed')
    expect(check('loop-delay', windows(2, 3)).status).toBe('failed')
    expect(check('loop-delay', windows(2, 40)).status).toBe('passed')
    expect(check('loop-delay', windows(3, 40)).status).toBe('failed')
  })

  test('says how often and how long', () => {
    expect(check('loop-delay', windows(3, 40)).because).toMatch(
      /^The sending thread was held up: event-loop delay p99 was above 50 ms in 3 of 40 windows \(worst 51 ms\), and 2 may be\. To cure it, /,
    )
  })
})

describe('pauses for garbage', () => {
  const windows = (total: number, max: number, of = 40, paused = of): readonly WindowWords[] =>
    Array.from({ length: of }, (_, index) => ({ gcPauseMs: index < paused ? { total, max } : { total: 0, max: 0 } }))

  // Each window is 1 s: 100 ms in each of them are a tenth of the time; of 40 windows 2 may have a pause of more than 50 ms.
  test.each([
    [windows(100, 5), 1, 'passed'],
    [windows(101, 5), 1, 'failed'],
    [windows(200, 5), 2, 'passed'],
    [windows(60, 51, 40, 2), 1, 'passed'],
    [windows(60, 51, 40, 3), 1, 'failed'],
    [windows(60, 50), 1, 'passed'],
    [[{}], 1, 'not-judged'],
  ] as const)('%#: of the time of all threads, and the longest in each window', (rows, threads, status) =>
    expect(check('gc', rows, { start: runStart(rows.length, { threads }) }).status).toBe(status),
  )

  test('are told as a share and by their longest', () => {
    expect(check('gc', windows(250, 80)).because).toMatch(
      /^The sending threads stood still to collect garbage: garbage collection took 25 % of the time, where 10 % is trusted, and paused for more than 50 ms in 40 of 40 windows \(longest 80 ms\), where 2 may\. To cure it, keep less/,
    )
  })
})

describe('CPU of the sending threads', () => {
  const windows = (busy: number, latenessMs: number, of = 40): readonly WindowWords[] =>
    Array.from({ length: of }, (_, index) => ({ cpuMs: [100, index < busy ? 960 : 950], latenessMs: times(100, latenessMs) }))

  // 10 ms of lateness are trusted, and 5 of a thread that has no idle moment.
  test.each([
    [windows(40, 5), {}, 'passed'],
    [windows(40, 5.1), {}, 'failed'],
    [windows(3, 5.1), {}, 'failed'],
    [windows(2, 5.1), {}, 'passed'],
    [windows(40, 5.1), { model: 'closed' }, 'passed'],
    [[{ cpuMs: [null] }], {}, 'not-judged'],
    [[{}], {}, 'not-judged'],
  ] as const)('%#: at its limit in more than a twentieth of the windows, and late', (rows, more, status) =>
    expect(check('cpu', rows, { start: runStart(rows.length, more) }).status).toBe(status),
  )

  test('at its limit is told with what it did', () => {
    expect(check('cpu', windows(40, 6), { start: runStart(40, { threads: 2 }) }).because).toBe(
      'The sending threads were at their limit: the busiest of 2 sending threads used more than 95 % of a core in 40 of 40 windows; lateness p99 was 6 ms, and of a thread without an idle moment at most 5 ms is trusted. To cure it, send at a lower rate, or from a fleet of machines (all 2 cores of this one send already).',
    )
  })

  const remarks = (rows: readonly WindowWords[], more: Partial<RunStart> = {}): readonly string[] =>
    judge({ objectives: ['errors < 100%'], windows: rows, start: runStart(rows.length, more) }).reasons.filter((each) =>
      each.startsWith('Remark'),
    )

  test('is remarked where nothing suffered by it, and is said once where something did', () => {
    expect(remarks(windows(2, 1))).toEqual([])
    expect(remarks(windows(40, 6))).toEqual([])
    expect(remarks(windows(40, 1))).toEqual([
      'Remark: the sending thread used more than 95 % of a core in 40 of 40 windows, so nothing more can be sent on time in this way. To go further, send with more threads (--threads 2), at a lower rate, or from a fleet of machines.',
    ])
  })

  test('makes the throughput of a closed loop our own', () => {
    expect(remarks(windows(40, 6), { model: 'closed' })[0]).toContain(
      "so the throughput that was seen is this machine's, and the target may be able to do more",
    )
  })
})
