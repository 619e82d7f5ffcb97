// Readings of one page → the values of its chosen series. Keeps what it needs of the reading before, for rates. Knows no sockets.
import type { TargetFigure, TargetHead, TargetUnit } from '@doorbuster/measurements'
import type { MetricsPage, SeriesMatcher, SeriesRule, SeriesTerm } from '@doorbuster/plan'
import { parseSeries, usualSeries } from '@doorbuster/plan'
import type { Exposition, ExpositionSample, FamilyType } from './exposition.ts'
import { readExposition } from './exposition.ts'
import { ownMetrics } from './own-metrics.ts'

/** Of one page; what its own metrics add is counted in. */
const mostChosen = 64
const mostSamples = 20_000
/** Beside the usual ones and those that the plan names. */
const mostOwn = 16
/** After these a page's own metrics are what they are. */
const choosingReadings = 15
/** On the page of a machine these tell of the exporter itself. */
const ofExporter = ['process-cpu', 'process-memory', 'open-files', 'goroutines']

type Reading = { readonly atMs: number; readonly values: ReadonlyMap<string, number> }
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
    const reading = { atMs, values: new Map(page.samples.map((sample) => [keyOf(sample), sample.value])) }
    const byName = Map.groupBy(page.samples, ({ name }) => name)
    const heads: TargetHead[] = []
    const values: Record<string, number> = {}
    for (const [name, chosen] of this.#chosen) {
      const value = valueOf(chosen.rule, { page, byName, reading, before: this.#before })
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

function keyOf({ name, labels }: ExpositionSample): string {
  return name + JSON.stringify(labels)
}

type Seen = {
  readonly page: Exposition
  readonly byName: ReadonlyMap<string, readonly ExpositionSample[]>
  readonly reading: Reading
  readonly before: Reading | null
}

/** Null where the page says nothing of it, or not yet: a rate is known from the second reading on. */
function valueOf({ of, over, isComplement, outOf }: SeriesRule, seen: Seen): number | null {
  const top = termOf(of, seen)
  const bottom = over === undefined ? 1 : termOf(over, seen)
  if (top === null || bottom === null || bottom === 0) return null
  const value = top / bottom / (outOf ?? 1)
  const told = isComplement ? 1 - value : value
  return Number.isFinite(told) ? told : null
}

function termOf({ fold, isRate, metric, where }: SeriesTerm, { page, byName, reading, before }: Seen): number | null {
  const matching = (byName.get(metric) ?? []).filter(({ labels }) => where.every((each) => matches(each, labels)))
  const isCounted = isRate || isCounter(metric, page.types)
  const values = isCounted ? matching.flatMap((sample) => rateOf(sample, reading, before)) : matching.map(({ value }) => value)
  return foldOf(fold, values.filter(Number.isFinite))
}

function matches({ label, is, values }: SeriesMatcher, labels: ExpositionSample['labels']): boolean {
  return values.includes(labels[label] ?? '') === is
}

/** A counter that is lower than it was began anew at zero. */
function rateOf(sample: ExpositionSample, { atMs }: Reading, before: Reading | null): readonly number[] {
  const then = before?.values.get(keyOf(sample))
  if (before === null || then === undefined || atMs <= before.atMs) return []
  const grown = sample.value >= then ? sample.value - then : sample.value
  return [(grown * 1e3) / (atMs - before.atMs)]
}

function foldOf(fold: SeriesTerm['fold'], values: readonly number[]): number | null {
  if (values.length === 0) return null
  if (fold === 'max') return values.reduce((a, b) => Math.max(a, b))
  if (fold === 'min') return values.reduce((a, b) => Math.min(a, b))
  const sum = values.reduce((a, b) => a + b)
  return fold === 'avg' ? sum / values.length : sum
}

const countedPart = /_(?:sum|count|bucket)$/

/** As its family declares itself; without a declaration, by the endings that counters have. */
export function isCounter(metric: string, types: ReadonlyMap<string, FamilyType>): boolean {
  const own = types.get(metric) ?? types.get(metric.replace(/_total$/, ''))
  if (own === 'counter') return true
  if (own === 'gauge') return false
  const family = types.get(metric.replace(countedPart, ''))
  if (family === 'histogram' || family === 'summary') return countedPart.test(metric)
  return metric.endsWith('_total') || (family === undefined && /_(?:sum|bucket)$/.test(metric))
}

function headOf(page: string, name: string, rule: SeriesRule, types: ReadonlyMap<string, FamilyType>): TargetHead {
  const isRate = (term: SeriesTerm): boolean => term.isRate || isCounter(term.metric, types)
  const unit = unitOf(rule, isRate)
  // How many of its counts a counter had of another's is no use of anything: hits may well be all of them.
  const isOfCounts = rule.over !== undefined && isRate(rule.over) && !rule.isComplement && rule.outOf === undefined
  const hasCeiling = unit === 'ratio' && (rule.outOf !== undefined || rule.isComplement || (rule.over !== undefined && !isOfCounts))
  return { kind: 'series', page, name, rule: rule.text, unit, ceiling: hasCeiling ? 1 : null }
}

/** By the endings that names of metrics have: https://prometheus.io/docs/practices/naming/ */
function unitOf({ of, over, outOf, isComplement }: SeriesRule, isRate: (term: SeriesTerm) => boolean): TargetUnit {
  if (outOf !== undefined || isComplement) return 'ratio'
  const base = of.metric.replace(/_total$/, '')
  if (over !== undefined) {
    const [, measured] = /_(seconds|bytes)_sum$/.exec(base) ?? []
    return measured === undefined ? (base.endsWith('_sum') ? 'number' : 'ratio') : measured === 'seconds' ? 'seconds' : 'bytes'
  }
  if (isRate(of)) return base.endsWith('_bytes') ? 'bytesPerSec' : base.endsWith('_seconds') ? 'number' : 'perSec'
  if (base.endsWith('_ratio')) return 'ratio'
  return base.endsWith('_seconds') ? 'seconds' : base.endsWith('_bytes') ? 'bytes' : 'number'
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
