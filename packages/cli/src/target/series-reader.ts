// Readings of one page → the values of its chosen series. Keeps what it needs of the reading before, for rates. Knows no sockets.
import type { TargetFigure, TargetHead } from '@doorbuster/measurements'
import type { MetricsPage, SeriesRule } from '@doorbuster/plan'
import { parseSeries, usualSeries } from '@doorbuster/plan'
import type { Exposition } from './exposition.ts'
import { readExposition } from './exposition.ts'
import { ownMetrics } from './own-metrics.ts'
import { headOf } from './series-unit.ts'
import type { Reading } from './series-value.ts'
import { readingOf, seriesValue } from './series-value.ts'

/** Of one page; what its own metrics add is counted in. */
const mostChosen = 64
const mostSamples = 20_000
/** Beside the usual ones and those that the plan names. */
const mostOwn = 16
/** After these a page's own metrics are what they are. */
const choosingReadings = 15
/** On the page of a machine these tell of the exporter itself. */
const ofExporter = ['process-cpu', 'process-memory', 'open-files', 'goroutines']

type Chosen = { readonly rule: SeriesRule; isTold: boolean }

export type PageFigures = {
  readonly heads: readonly TargetHead[]
  readonly values: Readonly<Record<string, number>>
  readonly trouble: readonly string[]
}

export class SeriesReader {
  readonly #page: string
  readonly #named: MetricsPage['series']
  readonly #chosen: Map<string, Chosen>
  #wanted = new Set<string>()
  #readings = 0
  #own = 0
  #before: Reading | null = null

  constructor({ name, series }: Pick<MetricsPage, 'name' | 'series'>) {
    this.#page = name
    this.#named = series
    const usual = Object.entries(usualSeries).map(([own, text]) => [own, parseSeries(text)] as const)
    this.#chosen = new Map([...usual, ...Object.entries(series)].map(([own, rule]) => [own, { rule, isTold: false }]))
    this.#want()
  }

  /** `atMs`: when the page was read, on any clock that only goes forward. */
  read(text: string, atMs: number): PageFigures {
    if (this.#readings++ < choosingReadings) this.#chooseOwn(text)
    const page = readExposition(text, (name) => this.#wanted.has(name), mostSamples)
    const reading = readingOf(page, atMs)
    const byName = Map.groupBy(page.samples, ({ name }) => name)
    const heads: TargetHead[] = []
    const values: Record<string, number> = {}
    for (const [name, chosen] of this.#chosen) {
      const value = seriesValue(chosen.rule, { page, byName, reading, before: this.#before })
      if (value === null) continue
      if (!chosen.isTold) heads.push(headOf(this.#page, name, chosen.rule, page.types))
      chosen.isTold = true
      values[name] = value
    }
    this.#before = reading
    return { heads, values, trouble: troubleOf(page) }
  }

  /** What the page has beside the usual: a counter may appear only once there was something to count. */
  #chooseOwn(text: string): void {
    if (/^node_cpu_seconds_total\b/m.test(text)) for (const name of ofExporter) if (!this.#isNamed(name)) this.#chosen.delete(name)
    const room = mostChosen - this.#chosen.size
    for (const [name, rule] of ownMetrics(text, this.#wanted).slice(0, Math.max(0, Math.min(room, mostOwn - this.#own)))) {
      if (this.#chosen.has(name)) continue
      this.#chosen.set(name, { rule, isTold: false })
      this.#own++
    }
    this.#want()
  }

  #isNamed(name: string): boolean {
    return Object.hasOwn(this.#named, name)
  }

  #want(): void {
    this.#wanted = new Set([...this.#chosen.values()].flatMap(({ rule: { of, over } }) => [of.metric, ...(over ? [over.metric] : [])]))
  }
}

function troubleOf({ badLines, isCut }: Exposition): readonly string[] {
  return [
    ...(badLines > 0 ? ['some lines are no metrics'] : []),
    ...(isCut ? [`more than ${mostSamples} samples: the rest was not read`] : []),
  ]
}

/** As the run keeps them: heads before the first value. */
export function figuresOf(
  page: string,
  atMs: number,
  { heads, values, trouble }: PageFigures,
  isNews: (text: string) => boolean,
): readonly TargetFigure[] {
  const sample = Object.keys(values).length === 0 ? [] : [{ kind: 'sample' as const, atMs, page, values }]
  return [...heads, ...sample, ...trouble.filter(isNews).map((because) => ({ kind: 'silence' as const, atMs, page, because }))]
}
