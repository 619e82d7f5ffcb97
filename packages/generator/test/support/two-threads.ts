// A program that conducts a run of two threads and says what came of it. It never asks to end: when it ends, nothing was left behind.
// Each sending thread runs this module too.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { Tally } from '@doorbuster/measurements'
import { launch } from '@doorbuster/plan'
import { createHttp1Transport } from '@doorbuster/wire'
import { createClock } from '../../src/clock.ts'
import { conduct } from '../../src/conduct.ts'
import { follow } from '../../src/follow.ts'
import { startMetronome } from '../../src/metronome.ts'
import type { ThreadSeat } from '../../src/thread-messages.ts'

type Own = { readonly target: string }

// The silence: nothing but a pending wait keeps a thread from ending before its first arrival.
const planOf = ({ target }: Own) => launch({ name: 'two', target, traffic: 'silence for 400ms; burst 11; silence for 100ms' })
const threads = 2

if (isMainThread) {
  const own: Own = { target: process.argv[2] ?? '' }
  const clock = createClock()
  const metronome = await startMetronome(clock, threads + 1)
  const tally = new Tally()
  const end = await conduct({
    plan: planOf(own),
    threads,
    entry: new URL(import.meta.url),
    own,
    clock,
    metronome,
    limitFacts: { ceiling: { sockets: 100, shoppers: 100 }, maxRatePerSec: null },
    cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
    onWindow: (window, release) => {
      tally.add(window)
      release()
    },
    onEvent: () => {},
    onStray: (text) => process.stderr.write(text),
    stop: new AbortController(),
  })
  await metronome.stop()
  const { due, ok } = tally.scope().counts
  process.stdout.write(JSON.stringify({ stoppedBy: end.stoppedBy, due, ok }))
} else if (parentPort !== null) {
  const { seat, own } = workerData as { readonly seat: ThreadSeat; readonly own: Own }
  await follow({
    port: parentPort,
    seat,
    threadCpuMs: () => null,
    make: () =>
      Promise.resolve({
        plan: planOf(own),
        approved: () => ['127.0.0.1'],
        createTransport: (clock, approved, budget) => createHttp1Transport({ now: clock.now, approved, budget }),
      }),
  })
}
