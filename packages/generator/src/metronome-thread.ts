// The thread behind metronome.ts: sleeps until the moment it was given, says so, and sleeps again.
import { workerData } from 'node:worker_threads'
import { commandSlot, momentByte, tickSlot } from './metronome.ts'

const memory = workerData as SharedArrayBuffer
const counters = new Int32Array(memory, 0, 2)
const moment = new Float64Array(memory, momentByte, 1)

for (;;) {
  // The counter is read before the moment: a command that comes in between ends the wait at once.
  const command = Atomics.load(counters, commandSlot)
  const leftMs = (moment[0] ?? Number.POSITIVE_INFINITY) - (performance.timeOrigin + performance.now())
  if (leftMs > 0) {
    Atomics.wait(counters, commandSlot, command, leftMs)
    continue
  }
  Atomics.add(counters, tickSlot, 1)
  Atomics.notify(counters, tickSlot)
  Atomics.wait(counters, commandSlot, command)
}
