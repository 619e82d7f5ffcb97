// What the pictures of a run need beside the timeline's rows: response times as counts, failures by cause, who answered, by stretches
// of time; and curves of the whole run. Filled window by window, live and from a stored run alike. Knows nothing of drawing.
import { byName, nameWithin } from './by-name.ts'
import type { Curve } from './curve.ts'
import { curvePoints } from './curve.ts'
import { Histogram } from './histogram.ts'
import { JoinedRows } from './joined-rows.ts'
import type { Tally } from './tally.ts'
import type { Window } from './window.ts'

export type Gallery = {
  readonly stretches: readonly Stretch[]
  /** Response and service times of all steps, then response times of the steps with most answers. */
  readonly curves: readonly Curve[]
}

/** One second, or several where a run is long. */
export type Stretch = {
  readonly startMs: number
  readonly lastingMs: number
  /** Answers by response time: the first up to `heatEdgesMs[0]`, the last above all edges. */
  readonly heat: readonly number[]
  /** Shoppers. */
  readonly arrivals: number
  /** Failed and dropped, by cause. */
  readonly causes: Readonly<Record<string, number>>
  /** Answers, failed ones included, by who gave them. */
  readonly answeredBy: Readonly<Record<string, number>>
  /** Event-loop delay of the worst sending thread. */
  readonly loopDelayMs: { readonly p99: number; readonly max: number }
}

export const mostStretches = 360
const mostNames = 100
const mostSteps = 8

/** Twenty to a decade, each 12 % above the last, from 0.1 ms to 100 s. */
export const heatEdgesMs: readonly number[] = Array.from({ length: 121 }, (_, i) => 10 ** (i / 20 - 1))

/** Memory grows with neither time nor traffic: stretches are joined two by two, names beyond a hundred counted together. */
export class GalleryCollector {
  readonly #stretches = new JoinedRows<Stretch>({ most: mostStretches, join: joinStretches })
  readonly #response = Histogram.create()
  readonly #causes = byName<true>()
  readonly #answerers = byName<true>()

  add(window: Window): void {
    this.#stretches.add({
      startMs: window.startMs,
      lastingMs: window.lastingMs,
      heat: this.#heat(window),
      arrivals: window.shoppers.due,
      causes: this.#causesOf(window),
      answeredBy: this.#answeredBy(window),
      loopDelayMs: { ...window.loopDelayMs },
    })
  }

  /** `tally` must have been given the same windows. */
  gallery(tally: Tally): Gallery {
    return { stretches: this.#stretches.rows, curves: curvesOf(tally) }
  }

  #heat({ cells }: Window): readonly number[] {
    this.#response.reset()
    for (const { response } of cells) this.#response.add(response)
    return this.#response.countsBetween(heatEdgesMs)
  }

  #causesOf({ cells }: Window): Stretch['causes'] {
    const sums = byName<number>()
    for (const { causes } of cells) {
      for (const [name, count] of Object.entries(causes)) addTo(sums, placed(this.#causes, name), count)
    }
    return sums
  }

  #answeredBy({ cuts }: Window): Stretch['answeredBy'] {
    const sums = byName<number>()
    for (const { by, name, counts } of cuts) {
      if (by === 'answered-by') addTo(sums, placed(this.#answerers, name), counts.ok + counts.degraded + counts.failed)
    }
    return sums
  }
}

function curvesOf(tally: Tally): readonly Curve[] {
  const { response, service } = tally.scope()
  const all: readonly Curve[] = [
    { step: null, of: 'response', count: response.count, points: curvePoints(response) },
    { step: null, of: 'service', count: service.count, points: curvePoints(service) },
  ]
  const { steps } = tally
  const counts = new Map(steps.map((step) => [step, tally.scope({ step }).response.count]))
  const most = steps.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, mostSteps)
  const shown = steps.length < 2 ? [] : steps.filter((step) => most.includes(step))
  return [...all, ...shown.map((step) => stepCurve(step, tally.scope({ step }).response))]
}

function stepCurve(step: string, response: Histogram): Curve {
  return { step, of: 'response', count: response.count, points: curvePoints(response) }
}

/** Two neighbours as one. */
export function joinStretches(a: Stretch, b: Stretch): Stretch {
  return {
    startMs: a.startMs,
    lastingMs: a.lastingMs + b.lastingMs,
    heat: a.heat.map((count, i) => count + (b.heat[i] ?? 0)),
    arrivals: a.arrivals + b.arrivals,
    causes: joinCounts(a.causes, b.causes),
    answeredBy: joinCounts(a.answeredBy, b.answeredBy),
    loopDelayMs: { p99: Math.max(a.loopDelayMs.p99, b.loopDelayMs.p99), max: Math.max(a.loopDelayMs.max, b.loopDelayMs.max) },
  }
}

function joinCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const sums = byName(Object.entries(a))
  for (const [name, count] of Object.entries(b)) addTo(sums, name, count)
  return sums
}

function placed(known: Record<string, true>, name: string): string {
  const place = nameWithin(known, name, mostNames)
  known[place] = true
  return place
}

function addTo(sums: Record<string, number>, name: string, count: number): void {
  if (count > 0) sums[name] = (sums[name] ?? 0) + count
}
