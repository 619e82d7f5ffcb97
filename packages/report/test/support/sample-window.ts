// Windows with a handful of requests, whose sums a reader can do.
import type { Cell, RunStart, Window } from '@doorbuster/measurements'
import { Histogram, noCounts, noShoppers } from '@doorbuster/measurements'
import { sampleReport } from './sample-report.ts'

function histogramOf(times: readonly number[]): Histogram {
  const histogram = Histogram.create()
  for (const ms of times) histogram.recordMs(ms)
  return histogram
}

export type SampleCell = {
  readonly step?: string
  readonly okMs?: readonly number[]
  readonly failedMs?: readonly number[]
  readonly causes?: Readonly<Record<string, number>>
  readonly dropped?: number
}

export function sampleCell({ step = 'checkout', okMs = [], failedMs = [], causes = {}, dropped = 0 }: SampleCell): Cell {
  const sent = okMs.length + failedMs.length
  const counts = { ...noCounts(), due: sent + dropped, sent, ok: okMs.length, failed: failedMs.length, dropped, bytesIn: sent * 100 }
  const response = histogramOf(okMs)
  return { phase: 'doors', step, counts, causes: { ...causes }, response, service: response, failedResponse: histogramOf(failedMs) }
}

export function sampleWindow(index: number, cells: readonly Cell[]): Window {
  const none = (): Histogram => Histogram.create()
  return {
    index,
    startMs: index * 1e3,
    lastingMs: 1e3,
    cells,
    shoppers: { ...noShoppers(), due: 3, started: 3, finished: 2, gaveUp: 1 },
    checks: {},
    cuts: [],
    counters: {},
    trends: {},
    orders: [],
    findings: [],
    lateness: histogramOf([0.4, 3]),
    connect: none(),
    handshake: none(),
    inFlight: { mean: 2.5, max: 4 },
    loopDelayMs: { p99: 0, max: 0 },
    gcPauseMs: null,
    threads: [],
  }
}

export const sampleStart = (): RunStart => ({ ...sampleReport().start, runId: 'run-1' })
