import { parseObjective } from '@doorbuster/plan'
import { describe, expect, test } from 'vitest'
import type { TrustCheck } from '../src/judgement.ts'
import { trustedLatenessMs } from '../src/trust.ts'
import type { CellWords, JudgeWords, WindowWords } from './support/windows.ts'
import { causes, judge, runStart, seconds, times } from './support/windows.ts'

function check(
  name: TrustCheck['name'],
  windows: readonly WindowWords[],
  more: Omit<JudgeWords, 'objectives' | 'windows'> = {},
): TrustCheck {
  const found = judge({ objectives: ['errors < 100%'], windows, ...more }).trust.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no check ${name}`)
  return found
}

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
      'The generator fell behind: lateness p99 was 50 ms over 1,000 requests, and at most 10 ms is trusted. To cure it, send less from this machine, or run the generator on a machine of its own.',
    )
  })

  test('one late request of twenty is too few to tell from chance, twenty of twenty are not', () => {
    expect(check('lateness', [{ latenessMs: [...times(19, 1), 50] }]).status).toBe('passed')
    expect(check('lateness', [{ latenessMs: times(20, 50) }]).status).toBe('failed')
  })

  test('is not judged in a closed loop, nor when nothing was sent', () => {
    expect(check('lateness', [{ latenessMs: times(100, 99) }], { start: runStart(1, { model: 'closed' }) }).status).toBe('not-judged')
    expect(check('lateness', [{}]).status).toBe('not-judged')
  })
})

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

describe('drops', () => {
  const dropping = (cause: string, dropped: number): readonly WindowWords[] =>
    seconds({ ok: times(1_000 - dropped, 1), dropped: causes(dropped, cause) })

  test('of our own may be one in a thousand', () => {
    expect(check('dropped-by-us', dropping('dropped:ours-sockets', 1)).status).toBe('passed')
    expect(check('dropped-by-us', dropping('dropped:ours-sockets', 2)).status).toBe('failed')
  })

  test('for the target’s sake are no fault of the generator', () =>
    expect(check('dropped-by-us', dropping('dropped:theirs-sockets', 500)).status).toBe('passed'))

  test('are told by cause, with the cure', () => {
    expect(check('dropped-by-us', dropping('dropped:ours-sockets', 20)).because).toMatch(
      /^The generator itself dropped 20 of 1,000 requests due \(2 %\), and at most 0\.1 % is trusted \(sockets 20\)\. To cure it, raise the ceiling/,
    )
  })
})

describe("Little's law", () => {
  // 100/s answered in 100 ms each: ten under way.
  const cell: CellWords = { ok: times(100, 100) }
  const windows = (mean: number, sampled = 200): readonly WindowWords[] =>
    times(10, 0).map(() => ({ cells: [cell], inFlight: { mean, max: 20, samples: sampled } }))

  test('holds for what rate and service time give', () => {
    expect(check('little', windows(10))).toMatchObject({
      status: 'passed',
      because: "Little's law holds: 10.0 requests under way on average, where rate × mean service time gives 10.0.",
    })
  })

  // Allowed at 10 in flight and 2,000 samples 5 ms apart: 10 % + 3/√20,000 (2.1 %) + 5/200 (2.5 %) = 14.6 %.
  test('is broken by more than a tenth and the noise of sampling', () => {
    expect(check('little', windows(11.6)).status).toBe('passed')
    expect(check('little', windows(11.9)).status).toBe('failed')
    expect(check('little', windows(8.8)).status).toBe('passed')
    expect(check('little', windows(8.5)).status).toBe('failed')
  })

  test('counts failed requests as under way too', () => {
    // 100 answered in 100 ms and 900 failed in 1 ms: 10.9 requests under way.
    const failing = times(10, 0).map(() => ({
      cells: [{ ...cell, failed: causes(900) }],
      inFlight: { mean: 10.9, max: 20, samples: 1_000 },
    }))
    expect(check('little', failing).because).toContain('gives 10.9')
  })

  test('is not judged on little: few under way, few samples, coarse samples, or a run cut off', () => {
    expect(check('little', windows(4.9)).status).toBe('not-judged')
    expect(check('little', windows(10, 19)).because).toContain('only 190 samples were taken')
    expect(
      check(
        'little',
        times(10, 0).map(() => ({ cells: [{ ok: times(10_000, 1) }], inFlight: { mean: 10, max: 20, samples: 100 } })),
      ).because,
    ).toContain('shorter than the 10 ms')
    expect(check('little', windows(10), { end: { finished: false, stoppedBy: 'cut-off' } }).status).toBe('not-judged')
  })
})

describe('the books', () => {
  test('balance when everything due came to an end', () => {
    expect(
      check('sent', seconds({ ok: times(5, 1), degraded: [1], failed: causes(2), dropped: causes(1, 'dropped:theirs-sockets') })),
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

  test('are not judged when the run was cut off with requests under way', () => {
    expect(check('sent', seconds({ ok: times(5, 1), due: 6 }), { end: { finished: false, stoppedBy: 'cut-off' } }).status).toBe(
      'not-judged',
    )
  })
})
