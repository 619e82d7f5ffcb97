// The same second as several threads saw it, in one window. Knows nothing of threads or how windows travel.
import { byName } from './by-name.ts'
import { Histogram } from './histogram.ts'
import { addScope, newScope } from './scope.ts'
import type { Cell, CheckCounts, Window } from './window.ts'
import { addChecks, addPauses, addShoppers, noShoppers } from './window.ts'

/**
 * Everything that is counted adds up. The result has histograms of its own, and the given ones stay as they are: `destroyWindow` both.
 * A thread that ended early has no window here, or a shorter one. Cells stand in the order in which they are first met.
 * @throws Error for no window, or windows of different seconds.
 */
export function mergeWindows(windows: readonly Window[]): Window {
  const [first] = windows
  if (first === undefined) throw new Error('there is no window to merge')
  const { index, startMs } = first
  if (windows.some((window) => window.index !== index)) throw new Error(`windows of different seconds: ${windows.map((one) => one.index)}`)
  const lastingMs = most(windows, (window) => window.lastingMs)
  const shoppers = noShoppers()
  const checks = byName<CheckCounts>()
  for (const window of windows) {
    addShoppers(shoppers, window.shoppers)
    addChecks(checks, window.checks)
  }
  return {
    index,
    startMs,
    lastingMs,
    cells: mergedCells(windows),
    shoppers,
    checks,
    lateness: summed(windows, 'lateness'),
    connect: summed(windows, 'connect'),
    handshake: summed(windows, 'handshake'),
    inFlight: mergedFlight(windows, lastingMs),
    loopDelayMs: { p99: most(windows, ({ loopDelayMs }) => loopDelayMs.p99), max: most(windows, ({ loopDelayMs }) => loopDelayMs.max) },
    gcPauseMs: windows.map(({ gcPauseMs }) => gcPauseMs).reduce(addPauses, null),
    threads: windows.flatMap(({ threads }) => threads).toSorted((a, b) => a.id - b.id),
  }
}

function mergedCells(windows: readonly Window[]): readonly Cell[] {
  const merged = new Map<string, Cell>()
  for (const cell of windows.flatMap(({ cells }) => cells)) {
    const { phase, step } = cell
    const key = JSON.stringify([phase, step])
    const sum = merged.get(key) ?? { phase, step, ...newScope() }
    merged.set(key, sum)
    addScope(sum, cell)
  }
  return [...merged.values()]
}

/**
 * Means add, each over the time its window lasted. So do the maxima: threads need not peak at one moment, and nobody knows, so it is the
 * most that there can have been.
 */
function mergedFlight(windows: readonly Window[], lastingMs: number): Window['inFlight'] {
  const weighted = windows.reduce((sum, window) => sum + window.inFlight.mean * window.lastingMs, 0)
  const max = windows.reduce((sum, { inFlight }) => sum + inFlight.max, 0)
  return { mean: weighted / lastingMs, max }
}

function summed(windows: readonly Window[], kind: 'lateness' | 'connect' | 'handshake'): Histogram {
  const sum = Histogram.create()
  for (const window of windows) sum.add(window[kind])
  return sum
}

function most(windows: readonly Window[], of: (window: Window) => number): number {
  return Math.max(...windows.map(of))
}
