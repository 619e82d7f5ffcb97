import type { RunStart } from '@doorbuster/measurements'
import { describe, expect, test } from 'vitest'
import type { CellWords, WindowWords } from './support/windows.ts'
import { causes, check, judge, runStart, seconds, times } from './support/windows.ts'

describe('the cure', () => {
  const cure = (more: Partial<RunStart>): string =>
    /To cure it, (.*)\.$/.exec(check('lateness', [{ latenessMs: times(1_000, 50) }], { start: runStart(1, more) }).because)?.[1] ?? ''
  const machine = (cores: number): RunStart['machine'] => ({ cpu: '', memoryBytes: 1, os: '', cores })

  test.each([
    [1, 8, 'send with more threads (--threads 2), at a lower rate, or from a fleet of machines'],
    [3, 4, 'send with more threads (--threads 4), at a lower rate, or from a fleet of machines'],
    [4, 4, 'send at a lower rate, or from a fleet of machines (all 4 cores of this one send already)'],
    [1, 1, 'send at a lower rate, or from a fleet of machines (the one core of this one sends already)'],
  ])('for %i threads on %i cores', (threads, cores, expected) => expect(cure({ threads, machine: machine(cores) })).toBe(expected))

  test('names a rate where the machine was calibrated: four fifths of what it sends cleanly', () => {
    const calibration = { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 20_000, kind: 'urls', peakRatio: 2 } as const
    expect(cure({ calibration })).toContain("at a lower rate (at most 16,000/s, by this machine's calibration)")
  })
})

describe('drops', () => {
  const dropping = (cause: string, dropped: number): readonly WindowWords[] =>
    seconds({ ok: times(1_000 - dropped, 1), dropped: causes(dropped, cause) })

  test('of our own may be one in a thousand', () => {
    expect(check('dropped-by-us', dropping('dropped:ours-no-socket', 1)).status).toBe('passed')
    expect(check('dropped-by-us', dropping('dropped:ours-no-socket', 2)).status).toBe('failed')
  })

  test('for the target’s sake are no fault of the generator', () =>
    expect(check('dropped-by-us', dropping('dropped:theirs-no-socket', 500)).status).toBe('passed'))

  test('are told by cause, with the cure', () => {
    expect(check('dropped-by-us', dropping('dropped:ours-no-socket', 20)).because).toMatch(
      /^The generator itself dropped 20 of 1,000 requests due \(2 %\), and at most 0\.1 % is trusted \(no-socket 20\)\. To cure it, raise --max-sockets \(it was 100\) and the limit on open files \(ulimit -n\), or send from a fleet of machines\.$/,
    )
  })

  test.each([
    ['descriptors', 'raise the limit on open files (ulimit -n)'],
    ['shoppers', 'raise --max-shoppers (it was 100)'],
    ['ports', 'source addresses'],
    ['memory', 'more memory'],
    ['patience', 'give the generator more patience'],
  ])('for want of %s have a cure of their own', (want, cure) =>
    expect(check('dropped-by-us', dropping(`dropped:ours-${want}`, 20)).because).toContain(cure),
  )
})

describe("Little's law", () => {
  // 100/s answered in 100 ms each: ten under way.
  const cell: CellWords = { ok: times(100, 100) }
  const windows = (mean: number, seconds = 10): readonly WindowWords[] =>
    times(seconds, 0).map(() => ({ cells: [cell], inFlight: { mean, max: 20 } }))

  test('holds for what rate and service time give', () => {
    expect(check('little', windows(10))).toMatchObject({
      status: 'passed',
      because: "Little's law holds: 10.0 requests under way on average, where rate × mean service time gives 10.0.",
    })
  })

  test('is broken by more than a tenth', () => {
    expect(check('little', windows(11.1)).status).toBe('passed')
    expect(check('little', windows(11.2)).status).toBe('failed')
    expect(check('little', windows(9.1)).status).toBe('passed')
    expect(check('little', windows(9)).status).toBe('failed')
  })

  test('counts failed requests as under way too', () => {
    // 100 answered in 100 ms and 900 failed in 1 ms: 10.9 requests under way.
    const failing = times(10, 0).map(() => ({
      cells: [{ ...cell, failed: causes(900) }],
      inFlight: { mean: 10.9, max: 20 },
    }))
    expect(check('little', failing).because).toContain('gives 10.9')
  })

  test('does not take our own lateness for time under way, which the times of failed requests hold', () => {
    // Ten under way from answered ones, and 9,000/s that failed 1 ms after they were due: nine more, or one where each left 0.9 ms late.
    const failing = (lateMs: number) =>
      times(10, 0).map(() => ({
        cells: [{ ...cell, failed: causes(9_000) }],
        inFlight: { mean: 11, max: 20 },
        latenessMs: times(9_000, lateMs),
      }))
    expect(check('little', failing(0)).status).toBe('failed')
    expect(check('little', failing(0.9)).status).toBe('passed')
  })

  test('counts what links of shoppers added to it, which no service time holds', () => {
    // 100/s answered in 100 ms, of which each spent 150 ms more on its link: 10 + 15 under way.
    const linked = windows(25).map((each) => ({ ...each, counters: { 'link.ms': { count: 100, sum: 15_000, min: 150, max: 150 } } }))
    expect(check('little', linked).because).toContain('gives 25.0')
  })

  test.each(['abort', 'interrupt'] as const)('is judged after an end by %s, which drains too', (stoppedBy) => {
    const end = { finished: false, stoppedBy }
    expect(check('little', windows(10), { end }).status).toBe('passed')
    expect(check('little', windows(12), { end }).status).toBe('failed')
  })

  test('is not judged on little: few under way, few requests, or a run cut off', () => {
    expect(check('little', windows(4.9)).status).toBe('not-judged')
    expect(check('little', windows(10, 1)).because).toContain('only 100 requests')
    expect(check('little', windows(10), { end: { finished: false, stoppedBy: 'cut-off' } }).status).toBe('not-judged')
  })
})

describe('the books', () => {
  test('balance when everything due came to an end', () => {
    expect(
      check('sent', seconds({ ok: times(5, 1), degraded: [1], failed: causes(2), dropped: causes(1, 'dropped:theirs-no-socket') })),
    ).toMatchObject({
      status: 'passed',
      because: 'Every request is accounted for: 9 due = 5 ok + 1 degraded + 2 failed + 1 dropped.',
    })
  })

  test('do not balance when one is lost, which is our defect', () => {
    const { status, because } = check('sent', seconds({ ok: times(5, 1), due: 6 }))
    expect(status).toBe('failed')
    expect(because).toContain('6 due, but 5 ok + 0 degraded + 0 failed + 0 dropped = 5. This is a defect of doorbuster')
  })

  test.each(['abort', 'interrupt'] as const)('are judged after an end by %s, which drains too', (stoppedBy) => {
    const end = { finished: false, stoppedBy }
    expect(check('sent', seconds({ ok: times(5, 1) }), { end }).status).toBe('passed')
    expect(check('sent', seconds({ ok: times(5, 1), due: 6 }), { end }).status).toBe('failed')
  })

  test('are not judged when the run was cut off with requests under way', () => {
    expect(check('sent', seconds({ ok: times(5, 1), due: 6 }), { end: { finished: false, stoppedBy: 'cut-off' } }).status).toBe(
      'not-judged',
    )
  })
})

describe('threads that died', () => {
  test.each([
    [{}, 'passed', 'No sending thread died.'],
    [{ lost: { threads: 0, arrivals: 0 } }, 'passed', 'No sending thread died.'],
    [
      { lost: { threads: 1, arrivals: 412 }, finished: false, stoppedBy: 'bug' },
      'failed',
      '1 sending thread died, and nobody accounted for 412 arrivals of its stripe. This is a defect of doorbuster; please report it with the run folder.',
    ],
    [{ lost: { threads: 2, arrivals: 1 } }, 'failed', /^2 sending threads died, and nobody accounted for 1 arrival of their stripes\./],
    [{ finished: false, stoppedBy: 'cut-off' }, 'not-judged', /^The run was cut off/],
  ] as const)('after %j: %s', (end, status, because) =>
    expect(check('lost', seconds({ ok: [1] }), { end })).toMatchObject({
      status,
      because: typeof because === 'string' ? because : expect.stringMatching(because),
    }),
  )
})

describe('what stands all the same', () => {
  const invalid = (windows: readonly WindowWords[]): readonly string[] =>
    judge({ objectives: ['errors < 100%'], windows, end: { lost: { threads: 1, arrivals: 1 } } }).reasons.slice(2)

  test('are the answers, in all and in the best second, and how long they took less our own longest stall', () => {
    const rows = [{ cells: [{ ok: times(30, 700) }] }, { cells: [{ ok: times(70, 812), degraded: [812] }], loopP99Ms: 12 }]
    expect(invalid(rows)).toEqual([
      'At least 101 requests were answered, 71 of them in the best second. The slowest 1 % of them took at least 800 ms from being sent (p99 812 ms, less our own longest stall).',
    ])
  })

  test('is no time where our own stall may explain all of it, or where there are too few for a percentile', () => {
    expect(invalid([{ cells: [{ ok: times(200, 30) }], gcPauseMs: { total: 40, max: 40 } }])).toEqual([
      'At least 200 requests were answered, 200 of them in the best second.',
    ])
    expect(invalid(seconds({ ok: [900] }))).toEqual(['At least 1 request was answered, 1 of them in the best second.'])
  })

  test('are the failures by their most frequent causes, without what was never sent', () => {
    const failed = [...causes(4), ...causes(3, 'reset'), ...causes(2, 'timeout'), 'dns']
    expect(invalid(seconds({ failed, dropped: causes(50, 'dropped:theirs-no-socket') }))[0]).toBe(
      'At least 10 requests failed (status:503 4, reset 3, timeout 2).',
    )
  })
})

describe('a calibrated machine', () => {
  test.each([
    [0.8, []],
    [
      0.91,
      [
        'Remark: the planned peak is 91 % of what this machine sends cleanly (calibrated 2026-11-20), and above 80 % a bad second leaves no room.',
      ],
    ],
  ])('with a planned peak of %d of its clean maximum', (peakRatio, remarks) => {
    const calibration = { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 1_000, kind: 'urls', peakRatio } as const
    const { verdict, reasons } = judge({
      objectives: ['errors < 1%'],
      windows: seconds({ ok: times(100, 1) }),
      start: runStart(1, { calibration }),
    })
    expect(verdict).toBe('go')
    expect(reasons.slice(2)).toEqual(remarks)
  })
})
