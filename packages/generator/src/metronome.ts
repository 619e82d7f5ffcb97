// Wakes the sending thread when something is due, to a fraction of a millisecond, without burning a core.
//
//   sending thread                       metronome thread
//     wakeAt(t): write t, command++ ──▶  Atomics.wait(command, until t)
//     Atomics.waitAsync(tick) ◀── tick++ at t, then sleep until the next command
//
// A timer of the event loop is good to 1 ms; a sleeping thread to about 0.1 ms, at a few per cent of a core.
import { Worker } from 'node:worker_threads'
import type { Clock } from './clock.ts'

/** Slots of the shared memory: two 32-bit counters, then one 64-bit moment at byte 8. */
export const commandSlot = 0
export const tickSlot = 1
const memoryBytes = 16
export const momentByte = 8

/** Waking more often than this costs more than it gains: what is due within is sent together. */
const shortestMs = 0.2

export interface Metronome {
  /** Calls `onTick` once, at or just after that moment of the clock. A new call replaces the one before. */
  wakeAt(ms: number): void
  onTick: () => void
  stop(): Promise<void>
}

/** Resolves once the thread is awake: its start takes tens of ms, in which nothing would be sent on time. */
export async function startMetronome(clock: Clock): Promise<Metronome> {
  const memory = new SharedArrayBuffer(memoryBytes)
  const counters = new Int32Array(memory, 0, 2)
  const moment = new Float64Array(memory, momentByte, 1)
  const thread = new Worker(new URL(import.meta.url.endsWith('.ts') ? './metronome-thread.ts' : './metronome-thread.js', import.meta.url), {
    workerData: memory,
  })
  let isStopped = false
  const metronome: Metronome = {
    wakeAt: (ms) => {
      moment[0] = clock.shared(Math.max(ms, clock.now() + shortestMs))
      Atomics.add(counters, commandSlot, 1)
      Atomics.notify(counters, commandSlot)
    },
    onTick: () => {},
    stop: async () => {
      isStopped = true
      Atomics.add(counters, tickSlot, 1)
      Atomics.notify(counters, tickSlot)
      await thread.terminate()
    },
  }
  const listen = (): void => {
    const seen = Atomics.load(counters, tickSlot)
    const { async, value } = Atomics.waitAsync(counters, tickSlot, seen)
    const heard = (): void => {
      if (isStopped) return
      listen()
      metronome.onTick()
    }
    if (async) void value.then(heard)
    else queueMicrotask(heard)
  }
  await new Promise<void>((resolve, reject) => {
    // The moment is 0, long past: the thread's first act is a tick.
    metronome.onTick = resolve
    thread.once('error', reject)
    listen()
  })
  metronome.onTick = () => {}
  return metronome
}
