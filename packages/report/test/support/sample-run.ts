// A run made of windows that the real collectors add up: what a page of a real run would be given, an hour at 5,000/s included.
// Its answers are drawn from a few histograms made beforehand, since eighteen million single ones would take their time.
import type { Cell, Cut, Gallery, TimelineRow, Window } from '@doorbuster/measurements'
import { GalleryCollector, Histogram, newCut, noCounts, noShoppers, Tally, Timeline } from '@doorbuster/measurements'
import type { Report } from '../../src/report.ts'
import { sampleReport } from './sample-report.ts'

export type SampleRunOptions = { readonly seconds: number; readonly peakPerSec: number; readonly steps: number }

/** How slow the shop is, from not at all to very. */
const moods = 8

export function sampleRun({ seconds, peakPerSec, steps }: SampleRunOptions): Report {
  const [tally, timeline, gallery] = [new Tally(), new Timeline(), new GalleryCollector()]
  const makeWindow = windowMaker({ seconds, peakPerSec, steps })
  for (let second = 0; second < seconds; second++) {
    const window = makeWindow(second)
    tally.add(window)
    timeline.add(window)
    gallery.add(window)
  }
  return reportOf(tally, timeline.rows, gallery.gallery(tally), seconds)
}

function reportOf(tally: Tally, timeline: readonly TimelineRow[], gallery: Gallery, seconds: number): Report {
  const sample = sampleReport({ seconds: Math.min(seconds, 150) })
  const edges = [0, 0.2, 0.33, 0.73, 1].map((share) => Math.round(share * seconds) * 1e3)
  const phases = ['baseline', 'countdown', 'doors', 'aftershock'].map((name, i) => {
    const [from = 0, to = 0] = [edges[i], edges[i + 1]]
    return { name, startMs: from, lastingMs: to - from, arrivals: 0 }
  })
  const start = {
    ...sample.start,
    phases,
    lastingMs: seconds * 1e3,
    planned: { everyMs: 1e3, arrivals: timeline.map((row) => row.due) },
  }
  const end = { finished: true, stoppedBy: 'end', durationMs: seconds * 1e3, cpuSeconds: 300 } as const
  const { visits, deviceVisits, ...facts } = tally.facts(start, end)
  return { ...sample, summary: { ...sample.summary, ...facts }, start, timeline, gallery }
}

function windowMaker({ seconds, peakPerSec, steps }: SampleRunOptions): (second: number) => Window {
  const names = Array.from({ length: steps }, (_, step) => `step ${step + 1}`)
  const rates = names.map((_, step) => share(step, steps) * peakPerSec)
  const answers = Array.from({ length: moods }, (_, mood) => names.map((_, step) => histogramOf(rates[step] ?? 0, mood, step)))
  const lateness = histogramOf(200, 0, -3)
  const none = Histogram.create()
  return (second) => {
    const load = loadAt(second / seconds)
    const mood = Math.min(moods - 1, Math.floor(load * moods))
    const cells = names.map((step, i): Cell => {
      const response = answers[mood]?.[i] ?? none
      return cellOf({ step, phase: phaseAt(second / seconds), response, isSick: mood > 5, second })
    })
    return {
      index: second,
      startMs: second * 1e3,
      lastingMs: 1e3,
      cells,
      shoppers: shoppersOf(cells),
      checks: {},
      cuts: cutsOf(cells),
      counters: {},
      trends: {},
      orders: [],
      findings: [],
      lateness,
      connect: none,
      handshake: none,
      inFlight: { mean: 20 + 80 * load, max: 200 },
      loopDelayMs: { p99: 1 + load + (second % 7) / 10, max: 4 + 6 * load + (second % 11) },
      gcPauseMs: { total: 3, max: 2 },
      threads: [],
    }
  }
}

/** Every request is a shopper of its own. */
function shoppersOf(cells: readonly Cell[]): Window['shoppers'] {
  const due = cells.reduce((sum, { counts }) => sum + counts.due, 0)
  return { ...noShoppers(), due, started: due, finished: due }
}

/** The first steps have most of the traffic. */
function share(step: number, steps: number): number {
  return ((steps - step) * 2) / (steps * (steps + 1))
}

function loadAt(at: number): number {
  const wobble = ((Math.floor(at * 3_600) * 7_919) % 97) / 1_000
  if (at < 0.2 || at > 0.8) return 0.1 + wobble
  if (at < 0.33) return 0.1 + (at - 0.2) * 2 + wobble
  return 0.36 + 0.6 * Math.exp(-(((at - 0.42) / 0.13) ** 2)) * (1 - wobble)
}

function phaseAt(at: number): string {
  return at < 0.2 ? 'baseline' : at < 0.33 ? 'countdown' : at < 0.73 ? 'doors' : 'aftershock'
}

/** Lognormal by its quantiles: no randomness, so that a page is the same each time. */
function histogramOf(perSec: number, mood: number, step: number): Histogram {
  const histogram = Histogram.create()
  const count = Math.max(1, Math.round(perSec * (0.2 + mood / moods)))
  const median = 4 * 1.17 ** step * 1.9 ** mood
  for (let i = 0; i < count; i++) {
    const u = (i + 0.5) / count
    histogram.recordMs(median * Math.exp(0.5 * Math.log(u / (1 - u))))
  }
  return histogram
}

type CellOptions = {
  readonly step: string
  readonly phase: string
  readonly response: Histogram
  readonly isSick: boolean
  readonly second: number
}

function cellOf({ step, phase, response, isSick, second }: CellOptions): Cell {
  const ok = response.count
  const causes = isSick ? { 'status:503': Math.round(ok / 8), timeout: second % 40, 'dropped:theirs-no-socket': second % 3 } : {}
  const failed = (causes['status:503'] ?? 0) + (causes.timeout ?? 0)
  const dropped = causes['dropped:theirs-no-socket'] ?? 0
  const degraded = isSick ? Math.round(ok / 10) : 0
  const due = ok + failed + dropped
  const counts = { ...noCounts(), due, sent: due - dropped, ok: ok - degraded, degraded, failed, dropped, intents: due, attempts: due }
  return { phase, step, counts, causes, response, service: response, failedResponse: empty }
}

const empty = Histogram.create()

function cutsOf(cells: readonly Cell[]): readonly Cut[] {
  const all = cells.reduce((sum, { counts }) => sum + counts.ok + counts.degraded, 0)
  return [
    ['application', 0.6],
    ['cache', 0.3],
    ['queue page', 0.1],
  ].map(([name, part]) => ({
    ...newCut({ by: 'answered-by', name: String(name), phase: null }),
    counts: { ...noCounts(), ok: Math.round(all * Number(part)) },
  }))
}
