// A sending thread watches itself: how late its event loop is, how long collecting garbage stopped it, and how much CPU it used.
import { PerformanceObserver } from 'node:perf_hooks'
import type { Window } from '@doorbuster/measurements'
import type { Clock } from './clock.ts'
import { delayExceeded } from './delay-exceeded.ts'

/** Each says what happened since it was asked last. */
export type SelfWatch = {
  readonly loopDelay: () => Window['loopDelayMs']
  readonly gcPause: () => NonNullable<Window['gcPauseMs']>
  readonly cpuMs: () => number | null
  readonly stop: () => void
}

/** `threadCpuMs` is this thread's CPU time so far; null where nobody can tell. */
export function watchSelf(clock: Clock, threadCpuMs: () => number | null): SelfWatch {
  const delays = watchDelays(clock)
  const pauses = watchPauses()
  let beforeMs = threadCpuMs()
  const cpuMs = (): number | null => {
    const nowMs = threadCpuMs()
    const usedMs = nowMs === null || beforeMs === null ? null : nowMs - beforeMs
    beforeMs = nowMs
    return usedMs
  }
  const stop = (): void => {
    delays.stop()
    pauses.stop()
  }
  return { loopDelay: delays.read, gcPause: pauses.read, cpuMs, stop }
}

/** Twice as often costs twice the CPU of an idle run. A stall may look shorter by as much as this. */
const everyMs = 20

/**
 * By a timer of our own: `monitorEventLoopDelay` forgets, whenever it is reset, what happens until its next timer fires, and counts a stall
 * of a second as one sample among a hundred.
 */
function watchDelays(clock: Clock): { read(): Window['loopDelayMs']; stop(): void } {
  let stallsMs: number[] = []
  let readMs = clock.now()
  let lastMs = readMs
  const timer = setInterval(() => {
    const nowMs = clock.now()
    stallsMs.push(Math.max(0, nowMs - lastMs - everyMs))
    lastMs = nowMs
  }, everyMs)
  timer.unref()
  return {
    read: () => {
      const nowMs = clock.now()
      const delay = { p99: delayExceeded(0.01, stallsMs, nowMs - readMs), max: Math.max(0, ...stallsMs) }
      stallsMs = []
      readMs = nowMs
      return delay
    },
    stop: () => clearInterval(timer),
  }
}

function watchPauses(): { read(): NonNullable<Window['gcPauseMs']>; stop(): void } {
  let total = 0
  let max = 0
  const note = (pauses: readonly { readonly duration: number }[]): void => {
    for (const { duration } of pauses) {
      total += duration
      max = Math.max(max, duration)
    }
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })
  return {
    read: () => {
      note(observer.takeRecords())
      const pause = { total, max }
      total = 0
      max = 0
      return pause
    },
    stop: () => observer.disconnect(),
  }
}
