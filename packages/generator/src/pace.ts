// Hands out arrivals when they are due, in order, overdue ones first, and lets the event loop breathe in between.
// Knows neither requests nor shoppers.
import type { Clock } from './clock.ts'
import type { Metronome } from './metronome.ts'

export type Arrival = { readonly dueMs: number; readonly nth: number; readonly stage: number }

/** Stands before the first arrival; `advance` moves to the next, as schedule's cursor does. */
export type Arrivals = Arrival & { advance(): boolean }

/**
 * Longest stretch of sending before answers are read again: a burst of thousands must not make them look late, and every answer that is read
 * frees a socket that the next arrival would else have to open.
 */
const stretchMs = 0.25

/**
 * Calls `onArrival` for each arrival at or just after it is due; the object is the same each time. Resolves when all have been handed out
 * or `signal` is aborted; what was not handed out by then was never owed.
 */
export function pace(
  arrivals: Arrivals,
  clock: Clock,
  metronome: Metronome,
  signal: AbortSignal,
  onArrival: (arrival: Arrival, nowMs: number) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const next = new Next(arrivals)
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
      while (next.isThere && next.dueMs <= nowMs && !isOver) {
        onArrival(next, nowMs)
        next.advance()
        nowMs = clock.now()
        if (nowMs - startMs > stretchMs) break
      }
      if (!next.isThere) return end()
      if (next.dueMs <= nowMs) setImmediate(pump)
      else metronome.wakeAt(next.dueMs, next.thenMs)
    }
    signal.addEventListener('abort', end)
    if (signal.aborted) return end()
    metronome.onTick = pump
    pump()
  })
}

/** The next arrival, and when the one after it is due (never: infinity), since the metronome is told of both. */
class Next implements Arrival {
  isThere = true
  dueMs = 0
  nth = 0
  stage = -1
  thenMs: number
  readonly #arrivals: Arrivals

  constructor(arrivals: Arrivals) {
    this.#arrivals = arrivals
    this.thenMs = this.#after()
    this.advance()
  }

  advance(): void {
    const { dueMs, nth, stage } = this.#arrivals
    this.isThere = this.thenMs < Number.POSITIVE_INFINITY
    if (!this.isThere) return
    this.dueMs = dueMs
    this.nth = nth
    this.stage = stage
    this.thenMs = this.#after()
  }

  #after(): number {
    return this.#arrivals.advance() ? this.#arrivals.dueMs : Number.POSITIVE_INFINITY
  }
}
