// A run that is told, not made: a recorder fed by hand, and the start that goes with it.
import type { RunEnd, RunStart } from '../../src/facts.ts'
import { Recorder } from '../../src/recorder.ts'
import { Tally } from '../../src/tally.ts'
import type { Window } from '../../src/window.ts'

export const start: RunStart = {
  schema: 'doorbuster/run@1',
  name: 'story',
  target: 'http://127.0.0.1:4000',
  plan: { name: 'story' },
  planHash: 'abc',
  seed: 1,
  arrivalsHash: null,
  shape: 'a: hold 2/s for 3s',
  model: 'open',
  startedAt: '2026-11-20T08:00:00.000Z',
  phases: [{ name: 'a', startMs: 0, lastingMs: 3_000, arrivals: 6 }],
  peak: { startMs: 0, lastingMs: 3_000, perSec: 2 },
  lastingMs: 3_000,
  arrivals: 6,
  planned: { everyMs: 1_000, arrivals: [2, 2, 2] },
  ceiling: { sockets: 10, shoppers: 10 },
  transport: 'none',
  threads: 1,
  versions: { doorbuster: '0.1.0', node: 'v0' },
  machine: { cpu: 'none', cores: 1, memoryBytes: 1, os: 'none' },
}

export const end: RunEnd = { finished: true, stoppedBy: 'end', durationMs: 3_000, cpuSeconds: 0.5 }

/** Three seconds: ok answers, a failure, a drop; the third answer lands a window after it was sent. */
export function tell(recorder: Recorder): void {
  const landing = recorder.slot('a', 'landing')
  const order = recorder.slot('a', 'place, an order')
  const ask = (slot: typeof landing, lateMs: number): void => {
    recorder.shoppers.due++
    recorder.shoppers.started++
    recorder.due(slot)
    recorder.sent(slot, lateMs)
  }
  const land = (slot: typeof landing): void => recorder.landed(slot, 500, 100)
  recorder.gcPause = () => ({ total: 3, max: 2 })
  recorder.threadCpu = () => ({ id: 0, cpuMs: 250 })
  recorder.advance(100)
  recorder.connected(1.5, 4)
  recorder.connected(0.5, null)
  ask(landing, 0.2)
  land(landing)
  recorder.answered(landing, false, 12.5, 12.3)
  ask(order, 0.1)
  recorder.advance(1_500)
  land(order)
  recorder.answered(order, true, 1_400, 1_399.9)
  ask(order, 0.3)
  land(order)
  recorder.failed(order, 'status:503', 3)
  recorder.check('has a price', false)
  recorder.advance(2_900)
  recorder.due(order)
  recorder.dropped(order, 'dropped:theirs-no-socket')
  recorder.finish(3_000)
}

/** The windows of a story, added up the moment they are handed over. */
export function told(onWindow: (window: Window) => void = () => {}): Tally {
  const tally = new Tally()
  const recorder = new Recorder((window, release) => {
    tally.add(window)
    onWindow(window)
    release()
  })
  tell(recorder)
  return tally
}
