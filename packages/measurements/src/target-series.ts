// What the target's own metrics pages said while the run went on, second by second. Knows nothing of pages, of how a figure is made of one, or
// of what it should be.

/** Shares are ratios 0 to 1. */
export type TargetUnit = 'ratio' | 'perSec' | 'bytes' | 'bytesPerSec' | 'seconds' | 'number'

/** A series as it is first seen. `page` and `name` together are its own. */
export type TargetHead = {
  readonly kind: 'series'
  readonly page: string
  readonly name: string
  /** How it is made of the page, in the plan's words. */
  readonly rule: string
  readonly unit: TargetUnit
  /** All that it can be, where that is known; null: nobody says. */
  readonly ceiling: number | null
}

/** One reading of one page. What the page did not say has no value. */
export type TargetSample = {
  readonly kind: 'sample'
  /** ms from the run's zero; a rate is over the second before. */
  readonly atMs: number
  readonly page: string
  /** By the series' name. */
  readonly values: Readonly<Record<string, number>>
}

/** A page that did not answer, or whose answer was read in part; told once for each reason. */
export type TargetSilence = { readonly kind: 'silence'; readonly atMs: number; readonly page: string; readonly because: string }

/** A line of target.jsonl. */
export type TargetFigure = TargetHead | TargetSample | TargetSilence

/** ms from the run's zero, and the value. */
export type TargetPoint = readonly [atMs: number, value: number]

export type TargetLine = Omit<TargetHead, 'kind'> & { readonly points: readonly TargetPoint[] }

export type TargetSeries = {
  readonly lines: readonly TargetLine[]
  readonly silences: readonly Omit<TargetSilence, 'kind'>[]
}

/** More than any page is worth drawing; a folder that somebody wrote may hold any number. */
const mostLines = 640
const mostSilences = 100
const mostPoints = 3_600

type Kept = { readonly head: Omit<TargetHead, 'kind'>; points: TargetPoint[]; every: number; readonly pending: TargetPoint[] }

/** Gathers lines as they come. Past an hour of seconds, neighbours are joined to their mean. */
export class TargetRecord {
  readonly #lines = new Map<string, Kept>()
  readonly #silences: Omit<TargetSilence, 'kind'>[] = []

  add(figure: TargetFigure): void {
    if (figure.kind === 'silence') return this.#silent(figure)
    if (figure.kind === 'sample') return this.#sample(figure)
    const { kind: _, ...head } = figure
    const key = keyOf(head.page, head.name)
    if (!this.#lines.has(key) && this.#lines.size < mostLines) this.#lines.set(key, { head, points: [], every: 1, pending: [] })
  }

  /** Null where no page was read. */
  get series(): TargetSeries | null {
    if (this.#lines.size === 0 && this.#silences.length === 0) return null
    const lines = [...this.#lines.values()].map(({ head, points, pending }) => ({
      ...head,
      points: pending.length === 0 ? points : [...points, meanOf(pending)],
    }))
    return { lines, silences: this.#silences }
  }

  #silent({ kind: _, ...silence }: TargetSilence): void {
    if (this.#silences.length < mostSilences) this.#silences.push(silence)
  }

  #sample({ page, atMs, values }: TargetSample): void {
    for (const [name, value] of Object.entries(values)) {
      const line = this.#lines.get(keyOf(page, name))
      if (line !== undefined) append(line, [atMs, value])
    }
  }
}

function keyOf(page: string, name: string): string {
  return JSON.stringify([page, name])
}

function append(line: Kept, point: TargetPoint): void {
  line.pending.push(point)
  if (line.pending.length < line.every) return
  line.points.push(meanOf(line.pending.splice(0)))
  if (line.points.length < mostPoints) return
  const { points } = line
  line.points = points.flatMap((_, i) => (i % 2 === 1 ? [] : [meanOf(points.slice(i, i + 2))]))
  line.every *= 2
}

function meanOf(points: readonly TargetPoint[]): TargetPoint {
  const sum = (at: 0 | 1): number => points.reduce((total, point) => total + point[at], 0)
  return [sum(0) / points.length, sum(1) / points.length]
}
