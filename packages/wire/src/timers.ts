// How long a timer can wait. Knows nothing of what is waited for.

/** setTimeout counts in 31 bits, and takes anything longer for 1 ms. */
const longestTimerMs = 2 ** 31 - 1

/** The nearest to `ms` that setTimeout can wait. */
export function timerMs(ms: number): number {
  return Math.min(longestTimerMs, Math.max(1, Math.ceil(ms)))
}
