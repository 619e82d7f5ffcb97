// Time to collapse: from T0, when the doors open, to the first second in which the shop no longer held; and to the first in which it answered
// nobody at all.
//
// T0 is the start of the phase `doors`, else of the highest stage. A second holds no longer when
//
//   it fell behind   answered < D − 3·√D,  D = 95 % of the least that was due in it or in one of the two seconds before: an answer may come
//                    a second or two after its request was due, also while the crowd still grows; who is told to queue is answered, though
//                    what he wanted counts once he is in
//   it refused       failed and dropped > F + 3·√F,  F = 5 % of all that ended in it
//   it was too slow  a limit on a percentile of response time was broken by more than three standard deviations explain
//
// Only whole seconds until the end of the traffic are looked at: after it only the slow are still to come in. Who cancels a request
// has lost his patience, unless nobody comes after him: then it may be us who cut him off, and the shop neither refused him nor owes him.
import type { RunStart, Window } from '@doorbuster/measurements'
import { rankInterval, threeSigma } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { EvidenceSum } from './evidence.ts'
import { counted, countFigure, figure, secondsFigure } from './figures.ts'
import type { Measure, Measured } from './measure.ts'
import { ranked, timeAtRank } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { endOf, scopeOf, slicesOf } from './scope.ts'
import { subjectOf } from './sentences.ts'
import type { Ending } from './watch.ts'

const heldShare = 0.95
const queuedCounter = 'waiting-room.queued'
/** Of so many due, not a single answer is no chance. */
const fewestForNobody = 10

type Limit = { readonly objective: Objective; readonly at: number; readonly scope: JudgedScope }
type Collapsed = { readonly atMs: number; readonly why: string }
/** What a second shows. */
type Look = { readonly atMs: number; readonly isNobody: boolean; readonly why: string | null }

export class Collapse implements Measure {
  readonly #t0Ms: number | null
  readonly #lastingMs: number
  readonly #limits: readonly Limit[]
  readonly #window = new EvidenceSum()
  #duesBefore: readonly number[] = []
  #watchedUntilMs: number | null = null
  #due = 0
  #collapsed: Collapsed | null = null
  #totalFailureMs: number | null = null
  /** What the last second with cancelled requests shows if shoppers cancelled them, which is sure once others have come after them. */
  #ifTheirs: Look | null = null

  constructor(objectives: readonly Objective[], start: RunStart) {
    const doors = start.phases.find(({ name }) => name === 'doors')
    this.#t0Ms = doors?.startMs ?? start.peak?.startMs ?? null
    this.#lastingMs = start.lastingMs
    this.#limits = objectives.flatMap((objective) => {
      const { metric, op } = objective
      const isCeiling = metric.kind === 'response' && typeof metric.at === 'number' && (op === '<' || op === '<=')
      return isCeiling ? [{ objective, at: metric.at as number, scope: scopeOf(objective, start) }] : []
    })
  }

  window(window: Window): void {
    const due = sumOf(window, ({ counts }) => counts.due)
    const least = this.#duesBefore.length < 2 ? 0 : Math.min(due, ...this.#duesBefore)
    if (due > 0) this.#takeTheirs()
    this.#duesBefore = [...this.#duesBefore.slice(-1), due]
    if (this.#t0Ms === null || window.startMs < this.#t0Ms || endOf(window) > this.#lastingMs) return
    this.#watchedUntilMs = endOf(window)
    this.#due += due
    this.#look(window, least, window.startMs - this.#t0Ms)
  }

  #look(window: Window, least: number, atMs: number): void {
    const cancelled = sumOf(window, ({ causes }) => causes.cancelled ?? 0)
    this.#take(this.#lookWithout(cancelled, window, least, atMs))
    if (cancelled > 0) this.#ifTheirs = this.#lookWithout(0, window, least, atMs)
  }

  #takeTheirs(): void {
    if (this.#ifTheirs !== null) this.#take(this.#ifTheirs)
    this.#ifTheirs = null
  }

  #take({ atMs, isNobody, why }: Look): void {
    if (isNobody) this.#totalFailureMs ??= atMs
    if (why !== null) this.#collapsed ??= { atMs, why }
  }

  /** `cutOff`: how many of its requests we cut off. */
  #lookWithout(cutOff: number, window: Window, dueInEach: number, atMs: number): Look {
    const least = Math.max(0, dueInEach - cutOff)
    const queued = window.counters[queuedCounter]?.sum ?? 0
    const answered = sumOf(window, ({ counts: { ok, degraded } }) => ok + degraded) + queued
    const refused = sumOf(window, ({ counts: { failed, dropped } }) => failed + dropped) - cutOff
    const isNobody = answered === 0 && Math.max(least, refused) >= fewestForNobody
    const isHeld = this.#collapsed === null
    const why = isHeld ? (behind(answered, least) ?? refusing(answered, refused) ?? this.#slow(window, cutOff > 0)) : null
    return { atMs, isNobody, why }
  }

  #slow(window: Window, isCutOff: boolean): string | null {
    for (const { objective, at, scope } of this.#limits) {
      const slices = slicesOf(scope, objective.metric, window)
      const isFast = slices.every(({ response }) => (response.maxMs ?? 0) <= objective.limit)
      if (isFast) continue
      this.#window.reset()
      this.#window.addWindow(window, scope, objective.metric)
      if (isCutOff) for (const { causes } of slices) this.#window.counts.failed -= causes.cancelled ?? 0
      const { low } = rankInterval(ranked(this.#window), at / 100, threeSigma)
      if (low >= 1 && timeAtRank(this.#window, low) > objective.limit)
        return `${subjectOf(objective)} was above ${figure(objective.limit, objective.unit)}`
    }
    return null
  }

  /** ms from T0; null when somebody was always answered. Ask before `finish`. */
  get totalFailureMs(): number | null {
    return this.#totalFailureMs
  }

  finish({ end, arrivalsUntilMs }: Ending): Measured {
    this.#window.destroy()
    const t0Ms = this.#t0Ms
    if (t0Ms === null) return unjudged('a closed loop has no moment at which the doors open')
    if (this.#watchedUntilMs === null || this.#due === 0)
      return unjudged(
        end.stoppedBy !== 'end' && arrivalsUntilMs <= t0Ms
          ? 'the run stopped before the doors opened'
          : 'nobody came once the doors were open',
      )
    const watched = { ms: this.#watchedUntilMs - t0Ms, since: 'the doors opened' }
    const seen = { kind: 'seen', samples: this.#due, low: null, high: null, fromMs: t0Ms, watched } as const
    if (this.#collapsed === null) {
      const because = `the shop held in each of the ${secondsFigure(watched.ms)} that were watched after the doors opened at ${secondsFigure(t0Ms)}`
      return { ...seen, value: Number.POSITIVE_INFINITY, because }
    }
    const { atMs, why } = this.#collapsed
    return {
      ...seen,
      value: atMs,
      because: `the shop held for ${secondsFigure(atMs)} after the doors opened at ${secondsFigure(t0Ms)}; then ${why}`,
    }
  }
}

function sumOf({ cells }: Window, of: (cell: Window['cells'][number]) => number): number {
  return cells.reduce((sum, cell) => sum + of(cell), 0)
}

function behind(answered: number, least: number): string | null {
  const wanted = heldShare * least
  if (answered >= wanted - threeSigma.deviations * Math.sqrt(wanted)) return null
  return `${counted(answered, 'request')} ${answered === 1 ? 'was' : 'were'} answered in a second, and at least ${countFigure(least)} had been due in each`
}

function refusing(answered: number, refused: number): string | null {
  const allowed = (1 - heldShare) * (answered + refused)
  if (refused <= allowed + threeSigma.deviations * Math.sqrt(allowed)) return null
  return `${countFigure(refused)} of ${counted(answered + refused, 'request')} that ended in a second failed or were dropped`
}

function unjudged(why: string): Measured {
  return { kind: 'unknown', because: `collapse was not judged: ${why}` }
}
