// The one place of this package that reads time: fractional ms on a monotonic clock, counted from the run's zero.
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Clock {
  /** ms since the run's zero; negative before it. */
  now(): number
  /** The same moment on a scale that every thread of this process shares. */
  shared(ms: number): number
  /** Puts the zero `inMs` from now. */
  zeroIn(inMs: number): void
}

export function createClock(): Clock {
  let zeroMs = performance.now()
  return {
    now: () => performance.now() - zeroMs,
    shared: (ms) => performance.timeOrigin + zeroMs + ms,
    zeroIn: (inMs) => {
      zeroMs = performance.now() + inMs
    },
  }
}

/** Resolution of the event-loop delay, ms. A timer of that length is what is measured, so its own length is taken off. */
const resolutionMs = 10

/** Delay of this thread's event loop since it was asked last, in ms; `stop` ends the measurement. */
export function watchLoopDelay(): { read(): { p99: number; max: number }; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  const late = (ns: number): number => (histogram.count === 0 ? 0 : Math.max(0, ns / 1e6 - resolutionMs))
  return {
    read: () => {
      const delay = { p99: late(histogram.percentile(99)), max: late(histogram.max) }
      histogram.reset()
      return delay
    },
    stop: () => histogram.disable(),
  }
}
