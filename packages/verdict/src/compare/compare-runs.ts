// Is the new run worse than the base? Every part of both is looked at, and the whole is judged so that many looks raise no false alarm.
import type { RunStart, Tally } from '@doorbuster/measurements'
import type { Summary } from '../judgement.ts'
import { ranked, timeAtRank } from '../observe.ts'
import { wilson } from '../wilson.ts'
import { holm } from './holm.ts'
import type { Bands, Moved } from './moved.ts'
import { bandsOf, moved, movedBy } from './moved.ts'
import { drawer } from './random.ts'
import type { Figures } from './resample.ts'
import { resample } from './resample.ts'
import { rowSentence } from './row-sentence.ts'
import type { ComparedMetric, ComparisonAnswer, ComparisonRow, ComparisonSettings } from './run-comparison.ts'
import type { StretchBook, Subject } from './stretch.ts'

/** One run with all that comparing needs of it. */
export type Comparable = {
  readonly folder: string
  readonly start: RunStart
  readonly summary: Summary
  readonly tally: Tally
  readonly book: StretchBook
}

export const defaultSettings: ComparisonSettings = {
  bandRatio: 1.05,
  mattersRatio: 1.1,
  bandErrors: 0.001,
  mattersErrors: 0.005,
  floorMs: 1,
  resamples: 1_000,
  seed: 2012,
}

const metrics: readonly ComparedMetric[] = ['p50', 'p95', 'p99', 'errors', 'goodput']
/** Ten answers beyond a percentile are the least that carry it. */
const leastSamples: Readonly<Record<ComparedMetric, number>> = { p50: 20, p95: 200, p99: 1_000, errors: 1, goodput: 1 }
/** Of fewer seconds nobody can say how they hang together. */
const leastStretches = 8
/** More is only slower: neighbours are joined. */
const mostStretches = 240
const mostSteps = 60
/** One false alarm in twenty comparisons at most. */
const alarm = 0.05

type Look = {
  readonly subject: Subject
  readonly metric: ComparedMetric
  readonly figures: { readonly base: Figures; readonly new: Figures }
  readonly samples: readonly [number, number]
  readonly bands: Bands
  /** Why it cannot be judged, or what was drawn. */
  readonly seen: string | Moved
}

/** `noise`: how far the rows of a pair of one system were apart, by `keyOf`. */
export function compareRows(
  base: Comparable,
  other: Comparable,
  settings: ComparisonSettings,
  noise: ReadonlyMap<string, number> = new Map(),
): readonly ComparisonRow[] {
  const looks = subjectsOf(base, other).flatMap((subject) => looksAt(subject, base, other, { settings, noise }))
  const judged = looks.filter(({ seen }) => typeof seen !== 'string')
  const chances = holm(judged.map(({ seen }) => (seen as Moved).chance))
  return looks.map((look) => rowOf(look, chances[judged.indexOf(look)] ?? null))
}

export function keyOf({ of, name, metric }: Subject & { readonly metric: ComparedMetric }): string {
  return JSON.stringify([of, name, metric])
}

/** The run; then its phases and steps that both had, where there is more than one. */
function subjectsOf(base: Comparable, other: Comparable): readonly Subject[] {
  const both = (names: readonly string[], others: readonly string[]): readonly string[] => names.filter((name) => others.includes(name))
  const phases = both(base.book.phases, other.book.phases)
  const steps = both(base.book.steps, other.book.steps).slice(0, mostSteps)
  return [
    { of: 'run', name: 'whole run' },
    ...(base.book.phases.length > 1 ? phases.map((name) => ({ of: 'phase', name }) as const) : []),
    ...(base.book.steps.length > 1 ? steps.map((name) => ({ of: 'step', name }) as const) : []),
  ]
}

type Looking = { readonly settings: ComparisonSettings; readonly noise: ReadonlyMap<string, number> }

function looksAt(subject: Subject, base: Comparable, other: Comparable, { settings, noise }: Looking): readonly Look[] {
  const [from, to] = [base, other].map(({ book }) => book.strata(subject, mostStretches))
  if (from === undefined || to === undefined) return []
  const drawn = resample(from, to, { times: settings.resamples, draw: drawer(settings.seed) })
  const figures = { base: figuresOf(subject, base), new: figuresOf(subject, other) }
  const samples = [countOf(subject, base), countOf(subject, other)] as const
  const stretches = Math.min(...[from, to].map((strata) => [...strata.values()].reduce((sum, { length }) => sum + length, 0)))
  return metrics.map((metric) => {
    const baseMs = metric === 'errors' || metric === 'goodput' ? 0 : figures.base[metric]
    const bands = bandsOf(metric, settings, baseMs, noise.get(keyOf({ ...subject, metric })) ?? 0)
    const why = tooLittle(metric, samples, stretches)
    return { subject, metric, figures, samples, bands, seen: why ?? widened(metric, moved(metric, drawn, bands.band), figures, samples) }
  })
}

function tooLittle(metric: ComparedMetric, samples: readonly [number, number], stretches: number): string | null {
  const least = leastSamples[metric]
  const fewest = Math.min(...samples)
  if (fewest < least)
    return `${metric} needs ${least.toLocaleString('en-GB')} requests in each run, and one has ${fewest.toLocaleString('en-GB')}`
  return stretches < leastStretches ? `it lasted ${stretches} s, and less than ${leastStretches} s say nothing of how seconds differ` : null
}

/** No failure drawn is no failure seen, not none possible: a share's interval is at least what Wilson's two give (R. G. Newcombe, Statist. Med. 17, 1998). */
function widened(metric: ComparedMetric, seen: Moved, figures: Look['figures'], [n, m]: readonly [number, number]): Moved {
  if (metric !== 'errors') return seen
  const [p, q] = [figures.base.errors, figures.new.errors]
  const [b, o] = [wilson(Math.round(p * n), n), wilson(Math.round(q * m), m)]
  const low = q - p - Math.hypot(q - o.low, b.high - p)
  const high = q - p + Math.hypot(o.high - q, p - b.low)
  return { ...seen, low: Math.min(seen.low, low), high: Math.max(seen.high, high) }
}

function scopeName({ of, name }: Subject): { readonly phase?: string; readonly step?: string } {
  if (of === 'run') return {}
  return of === 'phase' ? { phase: name } : { step: name }
}

function countOf(subject: Subject, { tally }: Comparable): number {
  const { counts, response } = tally.scope(scopeName(subject))
  return ranked({ counts, times: response })
}

/** Exact, where what is drawn is rounded to 1 %. */
function figuresOf(subject: Subject, { tally, start, summary }: Comparable): Figures {
  const { counts, response: times } = tally.scope(scopeName(subject))
  const all = ranked({ counts, times })
  const at = (share: number): number => (all === 0 ? Number.NaN : timeAtRank({ times }, Math.max(1, Math.ceil(share * all - 1e-9))))
  const spans = start.phases.filter(({ name }) => name === subject.name)
  const lastingMs = subject.of === 'phase' ? spans.reduce((sum, span) => sum + span.lastingMs, 0) : summary.durationMs
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    errors: (counts.failed + counts.dropped) / all,
    goodput: ((counts.ok + counts.degraded) * 1e3) / lastingMs,
  }
}

function rowOf(look: Look, chance: number | null): ComparisonRow {
  const { subject, metric, figures, samples, seen, bands } = look
  const isRatio = metric !== 'errors'
  const told = (value: number): number | null => (Number.isFinite(value) ? (isRatio ? Math.exp(value) : value) : null)
  const change = told(movedBy(metric, figures.base, figures.new))
  const plain = { ...subject, metric, base: finite(figures.base[metric]), new: finite(figures.new[metric]), change, samples, chance }
  if (typeof seen === 'string') return { ...plain, low: null, high: null, answer: 'cannot tell', because: `${seen}` }
  const answer = answerOf(seen, bands, chance ?? 1)
  const row = { ...plain, low: told(seen.low), high: told(seen.high), answer }
  return { ...row, because: rowSentence(row, bands) }
}

function answerOf({ high }: Moved, { matters }: Bands, chance: number): ComparisonAnswer {
  if (chance <= alarm) return 'worse'
  return high <= matters ? 'not worse' : 'cannot tell'
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
