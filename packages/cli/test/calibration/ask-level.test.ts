import { Recorder, Tally } from '@doorbuster/measurements'
import type { TrustCheck } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import { judgeLevel } from '../../src/calibration/ask-level.ts'
import { levelPlan } from '../../src/calibration/level-plan.ts'
import { describeStart } from '../../src/run-start.ts'

/** Facts of a level in which so many of ten requests were answered. */
function factsOf(answered: number) {
  const tally = new Tally()
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    release()
  })
  const slot = recorder.slot(null, 'a')
  for (let i = 0; i < 10; i++) {
    recorder.due(slot)
    recorder.sent(slot, 2)
    recorder.landed(slot, 1, 1)
    if (i < answered) recorder.answered(slot, false, 1, 1)
    else recorder.failed(slot, 'reset', 1)
  }
  recorder.finish(500)
  const plan = levelPlan({ kind: 'urls', target: 'http://127.0.0.1:1', perSec: 10, lastingMs: 1_000 })
  const start = describeStart(plan, {
    startedAt: new Date(0),
    runId: 'a1b2c3d4e5f6',
    ceiling: { sockets: 1, shoppers: 1 },
    transport: 'none',
    threads: 1,
    nodeVersion: 'v26',
  })
  return tally.facts(start, { finished: true, stoppedBy: 'end', durationMs: 500, cpuSeconds: 0 })
}

const passed: TrustCheck = { name: 'lateness', status: 'passed', because: 'Requests left on time.' }
const failed: TrustCheck = { name: 'lateness', status: 'failed', because: 'The generator fell behind: by much. To cure it, send less.' }
const unjudged: TrustCheck = { name: 'cpu', status: 'not-judged', because: 'Not known.' }

describe('a level', () => {
  test.each([
    ['is clean when no check failed and all was answered', { answered: 10, trust: [passed, unjudged], busy: 0.5 }, 'clean', 'on time'],
    ['is lost by the generator when a check failed', { answered: 10, trust: [passed, failed], busy: 0.5 }, 'generator', 'fell behind'],
    ['is lost by a target without an idle moment', { answered: 10, trust: [passed], busy: 0.97 }, 'target', 'busy for 97 %'],
    ['is put down to the target when both were at their end', { answered: 10, trust: [failed], busy: 0.97 }, 'target', 'busy for 97 %'],
    ['is lost by a target that did not answer', { answered: 9, trust: [passed], busy: 0.5 }, 'target', '9 of 10 requests'],
  ])('%s', (_, { answered, trust, busy }, expected, because) => {
    const seen = judgeLevel({ facts: factsOf(answered), trust }, busy)
    expect(seen).toMatchObject({ answered: expected, because: expect.stringContaining(because) })
    expect(seen.latenessP99Ms).toBeCloseTo(2, 2)
  })

  test('tells what was seen, and leaves the cure to runs', () => {
    expect(judgeLevel({ facts: factsOf(10), trust: [failed] }, 0).because).toBe('The generator fell behind: by much.')
  })
})
