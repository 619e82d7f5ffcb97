// Wakes the sending threads when something is due, to a fraction of a millisecond, without burning a core. One for all of them.
//
//   sending thread k                           metronome thread
//     wakeAt(t): write t, asked k++, command++ ──▶  Atomics.wait(command, until the earliest t)
//     Atomics.waitAsync(ticks k)  ◀── ticks k++ at t, then sleep again
//
// A timer of the event loop is good to 1 ms; a sleeping thread to about 0.1 ms, at less than one per cent of a core.
import { Worker } from 'node:worker_threads'
import type { Clock } from './clock.ts'
import type { MetronomeMemory } from './metronome-memory.ts'
import { askedAt, asleepUntilAt, commandAt, metronomeMemory, metronomeViews, momentAt, thenAt, ticksAt } from './metronome-memory.ts'

/** Waking more often than this costs more than it gains: what is due within is sent together. */
const shortestMs = 0.2

/** A thread's own place at the metronome. It does not hold the event loop open: a pending waitAsync never does. */
export interface Metronome {
  /**
   * Calls `onTick` at or just after that moment of the clock, and at `thenMs`, the one after it, if that is known: while the caller is still
   * busy with the first, the metronome sleeps towards the second, and need not be woken to be told. A new call replaces the one before, but
   * a tick that was on its way still comes: who is called looks at the clock.
   */
  wakeAt(ms: number, thenMs?: number): void
  onTick: () => void
  stop(): Promise<void>
}

/** The metronome of a run, which other threads may join by its memory. The starting thread has seat 0. */
export type RunMetronome = Metronome & { readonly memory: MetronomeMemory }

/** Resolves once the thread is awake: its start takes tens of ms, in which nothing would be sent on time. */
export async function startMetronome(clock: Clock, seats = 1): Promise<RunMetronome> {
  const memory = metronomeMemory(seats)
  const thread = new Worker(new URL(import.meta.url.endsWith('.ts') ? './metronome-thread.ts' : './metronome-thread.js', import.meta.url), {
    workerData: memory,
  })
  const metronome = joinMetronome(memory, 0, clock)
  await new Promise<void>((resolve, reject) => {
    metronome.onTick = resolve
    thread.once('error', reject)
    metronome.wakeAt(clock.now())
  })
  metronome.onTick = () => {}
  const { stop: leave } = metronome
  const stop = async (): Promise<void> => {
    await leave()
    await thread.terminate()
  }
  return Object.assign(metronome, { memory, stop })
}

/** A seat, counted from 0, at a metronome that another thread started. Two must not take the same one. */
export function joinMetronome(memory: MetronomeMemory, seat: number, clock: Clock): Metronome {
  const { counters, moments } = metronomeViews(memory)
  let isStopped = false
  const metronome: Metronome = {
    wakeAt: (ms, thenMs = Number.POSITIVE_INFINITY) => {
      const momentMs = clock.shared(Math.max(ms, clock.now() + shortestMs))
      moments[momentAt(seat)] = momentMs
      moments[thenAt(seat)] = Math.max(momentMs + shortestMs, clock.shared(thenMs))
      Atomics.add(counters, askedAt(seat), 1)
      Atomics.add(counters, commandAt, 1)
      // A metronome that wakes before this moment anyway looks at every seat then.
      if (momentMs < (moments[asleepUntilAt] ?? 0)) Atomics.notify(counters, commandAt)
    },
    onTick: () => {},
    stop: () => {
      isStopped = true
      Atomics.add(counters, ticksAt(seat), 1)
      Atomics.notify(counters, ticksAt(seat))
      return Promise.resolve()
    },
  }
  const listen = (): void => {
    const seen = Atomics.load(counters, ticksAt(seat))
    const { async, value } = Atomics.waitAsync(counters, ticksAt(seat), seen)
    const heard = (): void => {
      if (isStopped) return
      listen()
      metronome.onTick()
    }
    if (async) void value.then(heard)
    else queueMicrotask(heard)
  }
  listen()
  return metronome
}
