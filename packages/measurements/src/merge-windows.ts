// The same second as several threads saw it, in one window. Knows nothing of threads or how windows travel.
import { byName } from './by-name.ts'
import { addCounters, noCounters } from './counters.ts'
import type { Cut } from './cut.ts'
import { addCut, cutKey, newCut } from './cut.ts'
import { Histogram } from './histogram.ts'
import type { Finding } from './ledger-entries.ts'
import { addFindings } from './ledger-entries.ts'
import { addScope, newScope } from './scope.ts'
import { mergedTenths } from './tenths.ts'
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
  const tenths = mergedTenths(windows.map((window) => window.tenths))
  const shoppers = noShoppers()
  const checks = byName<CheckCounts>()
  const counters = noCounters()
  const findings = new Map<string, Finding>()
  for (const window of windows) {
    addShoppers(shoppers, window.shoppers)
    addChecks(checks, window.checks)
    addCounters(counters, window.counters)
    addFindings(findings, window.findings)
  }
  return {
    index,
    startMs,
    lastingMs,
    cells: mergedCells(windows),
    ...(tenths !== undefined && { tenths }),
    shoppers,
    checks,
    cuts: mergedCuts(windows),
    counters,
    trends: mergedTrends(windows),
    orders: windows.flatMap(({ orders }) => orders).toSorted((a, b) => a.atMs - b.atMs),
    findings: [...findings.values()],
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

function mergedCuts(windows: readonly Window[]): readonly Cut[] {
  const merged = new Map<string, Cut>()
  for (const cut of windows.flatMap(({ cuts }) => cuts)) {
    const sum = merged.get(cutKey(cut)) ?? newCut(cut)
    merged.set(cutKey(cut), sum)
    addCut(sum, cut)
  }
  return [...merged.values()]
}

function mergedTrends(windows: readonly Window[]): Window['trends'] {
  const merged = byName<Histogram>()
  for (const [name, histogram] of windows.flatMap(({ trends }) => Object.entries(trends))) {
    const sum = merged[name] ?? Histogram.create()
    merged[name] = sum
    sum.add(histogram)
  }
  return merged
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
