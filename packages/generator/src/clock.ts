// The one place of this package that reads time: fractional ms on a monotonic clock, counted from the run's zero.
import { hrtime } from 'node:process'

export interface Clock {
  /** ms since the run's zero; negative before it. */
  now(): number
  /** The same moment on a scale that every thread of this process shares. */
  shared(ms: number): number
  /** Puts the zero at a moment of the shared scale. */
  zeroAt(sharedMs: number): void
}

/** Its zero is now, until it is put elsewhere. */
export function createClock(): Clock {
  const aheadMs = sharedAheadMs()
  let zeroMs = performance.now()
  return {
    now: () => performance.now() - zeroMs,
    shared: (ms) => aheadMs + zeroMs + ms,
    zeroAt: (sharedMs) => {
      zeroMs = sharedMs - aheadMs
    },
  }
}

const comparisons = 20

/**
 * How far the shared scale, the system's monotonic clock, is ahead of this thread's `performance.now()`, ms. Both tick alike, so that one
 * comparison lasts; the shortest of several is the one that was not interrupted. Where a thread's own scale begins is nowhere promised.
 */
function sharedAheadMs(): number {
  let shortestMs = Number.POSITIVE_INFINITY
  let aheadMs = 0
  for (let i = 0; i < comparisons; i++) {
    const beforeMs = performance.now()
    const [seconds, nanoseconds] = hrtime()
    const afterMs = performance.now()
    if (afterMs - beforeMs >= shortestMs) continue
    shortestMs = afterMs - beforeMs
    aheadMs = seconds * 1e3 + nanoseconds / 1e6 - (beforeMs + afterMs) / 2
  }
  return aheadMs
}
