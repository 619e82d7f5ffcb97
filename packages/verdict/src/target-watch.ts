// An objective on a series of the target. Its readings come beside the windows, one a second and page, and each page's series is judged by itself:
// the worst of them counts. Windows play no part, so a stored run is judged as the live one was, whatever came first. Nothing is met by readings
// with a hole of more than ten seconds in them.
//
//   target.cpu < 80%               no reading above it
//   target.cpu < 80% for 10s       not ten readings in a row above it
//   target.cpu < 80% within 10s    the mean of no ten seconds above it
import type { TargetFigure, TargetHead, TargetSample, TargetUnit } from '@doorbuster/measurements'
import type { Objective, Unit } from '@doorbuster/plan'
import { isBroken, isWorse } from './compare.ts'
import { EvidenceSum } from './evidence.ts'
import { counted, figure, secondsFigure } from './figures.ts'
import { found, noData, nothingSeen } from './findings.ts'
import { InARow } from './in-a-row.ts'
import { Moving } from './moving.ts'
import type { Seen } from './observe.ts'
import { ReadingHoles } from './reading-holes.ts'
import type { JudgedScope } from './scope.ts'
import { coveredMs, startOf } from './scope.ts'
import { requirement, subjectOf } from './sentences.ts'
import type { Stretch, Stretches } from './stretches.ts'
import type { Ending, Finding, Sighting, Watch } from './watch.ts'

const readingMs = 1_000
/** As many readings in a row that never came. */
const longestHoleMs = 10_000
/** Longer than shoppers go on after the last arrival, at a reading a second of a few pages. */
const mostRecent = 600

/** Which limits say something about a series: a time is in ms, and pages count seconds. */
const units: Readonly<Record<Exclude<Unit, 'count' | 'factor'>, readonly TargetUnit[]>> = {
  ms: ['seconds', 'number'],
  ratio: ['ratio'],
  perSec: ['perSec', 'bytesPerSec'],
  number: ['ratio', 'perSec', 'bytes', 'bytesPerSec', 'seconds', 'number'],
}

type Line = { readonly page: string; readonly times: number; readonly stretches: Stretches | null; count: number; sum: number }
/** One reading or stretch, until it is known whether shoppers were still arriving. */
type Offer = { readonly value: number; readonly atMs: number; readonly startMs: number; readonly worst: Worst }
type Worst = { readonly seen: Seen; readonly say: () => string }

export class TargetWatch implements Watch {
  readonly #objective: Objective
  readonly #name: string
  readonly #scope: JudgedScope
  readonly #lines = new Map<string, Line>()
  readonly #evidence = new EvidenceSum()
  readonly #holes: ReadingHoles
  #unlike: TargetUnit | null = null
  #worst: Worst | null = null
  #lastBroken: Worst | null = null
  readonly #recent: Offer[] = []
  #samples = 0
  #firstBreachMs: number | null = null
  #isTold = false
  #hasAborted = false

  constructor(objective: Objective, name: string, scope: JudgedScope) {
    this.#objective = objective
    this.#name = name
    this.#scope = scope
    this.#holes = new ReadingHoles(scope)
  }

  window(): null {
    return null
  }

  figure(figure: TargetFigure): Sighting | null {
    if (figure.kind === 'series') this.#open(figure)
    if (figure.kind === 'sample') this.#holes.read(figure.page, figure.atMs)
    return figure.kind === 'sample' && this.#isInScope(figure) ? this.#read(figure) : null
  }

  finish(ending: Ending): Finding {
    const finding = this.#unlessHole(this.#conclude(ending), ending)
    for (const { stretches } of this.#lines.values()) stretches?.destroy()
    this.#evidence.destroy()
    return finding
  }

  #open({ page, name, unit }: TargetHead): void {
    const key = keyOf(page, name)
    if ((this.#name !== name && this.#name !== `${page}.${name}`) || this.#lines.has(key)) return
    const { unit: asked, span } = this.#objective
    const fitting = asked === 'count' || asked === 'factor' ? [] : units[asked]
    if (!fitting.includes(unit)) this.#unlike = unit
    else {
      const stretches =
        span === undefined
          ? null
          : span.kind === 'for'
            ? new InARow(this.#objective, span.lastingMs)
            : new Moving(this.#objective, span.lastingMs)
      this.#lines.set(key, { page, times: asked === 'ms' && unit === 'seconds' ? 1e3 : 1, stretches, count: 0, sum: 0 })
    }
  }

  /** Half of its second at least, so that what was before a phase is not laid at its door. */
  #isInScope({ atMs }: TargetSample): boolean {
    const all = this.#scope.spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
    return all > 0 && coveredMs(this.#scope, atMs - readingMs, atMs) >= Math.min(readingMs / 2, all)
  }

  #read({ page, atMs, values }: TargetSample): Sighting | null {
    let isBrokenNow = false
    for (const [name, raw] of Object.entries(values)) {
      const line = this.#lines.get(keyOf(page, name))
      if (line !== undefined) isBrokenNow = this.#take(line, raw * line.times, atMs) || isBrokenNow
    }
    return isBrokenNow ? this.#sight(atMs) : null
  }

  /** Whether the limit is broken now. */
  #take(line: Line, value: number, atMs: number): boolean {
    line.count++
    line.sum += value
    this.#samples++
    if (line.stretches === null) return this.#offer(value, atMs, atMs, this.#plain(value, atMs))
    const { stretches } = line
    this.#evidence.reset()
    Object.assign(this.#evidence.number, { count: 1, sum: value })
    const stretch = stretches.push({ startMs: atMs - readingMs, lastingMs: readingMs }, this.#evidence)
    return stretch !== null && this.#offer(stretch.value, atMs, stretch.startMs, worstOf(stretches, stretch))
  }

  #offer(value: number, atMs: number, startMs: number, worst: Worst): boolean {
    this.#recent.push({ value, atMs, startMs, worst })
    if (this.#recent.length > mostRecent) this.#settle(this.#recent.splice(0, 1))
    if (!isBroken(this.#objective, value)) return false
    this.#lastBroken = worst
    return true
  }

  #settle(offers: readonly Offer[]): void {
    for (const { value, startMs, worst } of offers) {
      if (this.#worst === null || isWorse(this.#objective, value, this.#worst.seen.value)) this.#worst = worst
      if (isBroken(this.#objective, value)) this.#firstBreachMs ??= Math.max(0, startMs)
    }
  }

  #plain(value: number, atMs: number): Worst {
    const objective = this.#objective
    const worst = `${subjectOf(objective)} was ${figure(value, objective.unit)} at worst, after ${secondsFigure(Math.round(atMs / 100) * 100)}`
    const say = (): string => `${worst}, over ${counted(this.#samples, 'reading')}; ${requirement(objective)}`
    return { seen: seenOf(value, this.#samples), say }
  }

  /** A breach is told once, and once more when it is to stop the run. */
  #sight(atMs: number): Sighting | null {
    const { onBreach } = this.#objective
    const isDue = onBreach.kind === 'abort' && atMs - (startOf(this.#scope) ?? 0) >= onBreach.afterMs
    const abort = isDue && !this.#hasAborted
    if (this.#isTold && !abort) return null
    this.#isTold = true
    this.#hasAborted ||= abort
    return { atMs, because: this.#lastBroken?.say() ?? subjectOf(this.#objective), abort }
  }

  #conclude(ending: Ending): Finding {
    // After a run was stopped nobody comes any more, which is no doing of the target's.
    this.#settle(this.#recent.filter(({ atMs }) => atMs <= ending.arrivalsUntilMs + readingMs / 2))
    const objective = this.#objective
    if (this.#samples === 0 && this.#unlike !== null)
      return noData(`${subjectOf(objective)} was not judged: it is told in ${unitNouns[this.#unlike]}, which the limit is not`)
    if (this.#samples === 0) return nothingSeen(objective, this.#scope, ending)
    if (this.#worst === null) return this.#concludeShort()
    const { seen, say } = this.#worst
    return found(objective, { ...seen, samples: this.#samples }, say(), this.#firstBreachMs)
  }

  /** What would have broken the limit may be what was not read; what was seen to break it did. */
  #unlessHole(finding: Finding, { end, arrivalsUntilMs }: Ending): Finding {
    if (finding.status !== 'met') return finding
    const pages = new Set([...this.#lines.values()].map(({ page }) => page))
    const hole = this.#holes.longest(pages, Math.min(end.durationMs, arrivalsUntilMs))
    if (hole === null || hole.lastingMs <= longestHoleMs) return finding
    const silent = `${hole.page} was not read for ${secondsFigure(hole.lastingMs)} from ${secondsFigure(hole.fromMs)} on`
    return noData(`${subjectOf(this.#objective)} held in what was read, but ${silent}, and nobody knows what it was then`)
  }

  /** Of no series was there a stretch as long as the span: all there is of the worst of them. */
  #concludeShort(): Finding {
    const all = [...this.#lines.values()].filter(({ count }) => count > 0)
    const meanOf = ({ sum, count }: Line): number => sum / count
    const [first] = all.sort((a, b) => (isWorse(this.#objective, meanOf(a), meanOf(b)) ? -1 : 1))
    if (first?.stretches == null) return noData(`${subjectOf(this.#objective)} has no samples, so nothing is known about it`)
    return first.stretches.concludeShort(seenOf(meanOf(first), first.count), startOf(this.#scope) ?? 0)
  }
}

const unitNouns: Readonly<Record<TargetUnit, string>> = {
  ratio: 'shares',
  perSec: 'times per second',
  bytes: 'bytes',
  bytesPerSec: 'bytes per second',
  seconds: 'seconds',
  number: 'plain numbers',
}

function keyOf(page: string, name: string): string {
  return JSON.stringify([page, name])
}

function seenOf(value: number, samples: number): Seen {
  return { value, samples, low: null, high: null, unansweredRatio: 0, coveredMs: samples * readingMs }
}

function worstOf(stretches: Stretches, stretch: Stretch): Worst {
  const seen = stretch.seen()
  return { seen, say: () => stretches.say(seen, stretch.startMs) }
}
