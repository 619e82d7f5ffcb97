// Hands out arrivals when they are due, in order, overdue ones first, and lets the event loop breathe in between.
// Knows neither requests nor shoppers.
import type { Clock } from './clock.ts'
import type { Metronome } from './metronome.ts'

/** The next arrival: `advance` moves to it, as schedule's cursor does. */
export type Arrivals = { readonly dueMs: number; readonly nth: number; readonly stage: number; advance(): boolean }

/** Longest stretch of sending before answers are read again; a burst of thousands must not make them look late. */
const stretchMs = 2

/**
 * Calls `onArrival` for each arrival at or just after it is due. Resolves when all have been handed out or `signal` is aborted;
 * what was not handed out by then was never owed.
 */
export function pace(
  arrivals: Arrivals,
  clock: Clock,
  metronome: Metronome,
  signal: AbortSignal,
  onArrival: (arrivals: Arrivals) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let hasNext = arrivals.advance()
    let isOver = false
    const end = (): void => {
      if (isOver) return
      isOver = true
      metronome.onTick = () => {}
      signal.removeEventListener('abort', end)
      resolve()
    }
    const pump = (): void => {
      if (isOver) return
      const startMs = clock.now()
      let nowMs = startMs
      while (hasNext && arrivals.dueMs <= nowMs && !isOver) {
        onArrival(arrivals)
        hasNext = arrivals.advance()
        nowMs = clock.now()
        if (nowMs - startMs > stretchMs) break
      }
      if (!hasNext) return end()
      if (arrivals.dueMs <= nowMs) setImmediate(pump)
      else metronome.wakeAt(arrivals.dueMs)
    }
    signal.addEventListener('abort', end)
    if (signal.aborted) return end()
    metronome.onTick = pump
    pump()
  })
}
