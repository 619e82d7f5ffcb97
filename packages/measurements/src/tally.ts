// Adds windows up: totals by phase and step, and the facts of the whole run. The same sums live and when a folder is read again.
import { BusiestThread } from './busiest-thread.ts'
import { byName, otherName, summedName } from './by-name.ts'
import type { Counter } from './counters.ts'
import { addCounters, noCounters } from './counters.ts'
import type { Cut, CutBy } from './cut.ts'
import { addCut, cutKey, destroyCut, newCut } from './cut.ts'
import type { Facts, PhaseSlice, RunEnd, RunStart, Slice } from './facts.ts'
import { Histogram } from './histogram.ts'
import type { Finding } from './ledger-entries.ts'
import { addFindings } from './ledger-entries.ts'
import type { Pct } from './pct.ts'
import type { Scope } from './scope.ts'
import { addCauses, addScope, clearScope, newScope } from './scope.ts'
import { cutSlice, outcomes, times, totals } from './slices.ts'
import { deviceOfVisits, visitSlice } from './visits.ts'
import type { Cell, CheckCounts, ShopperCounts, Window } from './window.ts'
import { addChecks, addPauses, addShoppers, noShoppers } from './window.ts'

/** One phase, one step, both, or neither: the whole run. */
export type ScopeName = { readonly phase?: string; readonly step?: string }

/** Findings that a summary tells. */
const mostFindings = 200

/** Of every kind, name and phase together; each holds two histograms. */
const mostCuts = 3_000

/** Memory grows with the number of phases and steps, never with time. */
export class Tally {
  readonly #cells = new Map<string, Scope & { readonly phase: string | null; readonly step: string }>()
  readonly #scratch = new Map<string, Scope>()
  readonly lateness = Histogram.create()
  readonly connect = Histogram.create()
  readonly handshake = Histogram.create()
  readonly shoppers: ShopperCounts = noShoppers()
  readonly checks = byName<CheckCounts>()
  readonly counters: Record<string, Counter> = noCounters()
  readonly trends = byName<Histogram>()
  readonly #cuts = new Map<string, Cut>()
  readonly #findings = new Map<string, Finding>()
  readonly loopDelayMs = { p99: 0, max: 0 }
  readonly #busiest = new BusiestThread()
  #gcPauseMs: Window['gcPauseMs'] = null
  readonly #inFlight = { weighted: 0, overMs: 0, max: 0 }
  #endMs = 0

  add(window: Window): void {
    for (const cell of window.cells) this.#addCell(cell)
    for (const kind of ['lateness', 'connect', 'handshake'] as const) this[kind].add(window[kind])
    addShoppers(this.shoppers, window.shoppers)
    addChecks(this.checks, window.checks)
    addCounters(this.counters, window.counters)
    addFindings(this.#findings, window.findings)
    for (const cut of window.cuts) this.#addCut(cut)
    for (const [name, histogram] of Object.entries(window.trends)) this.#addTrend(name, histogram)
    this.#inFlight.weighted += window.inFlight.mean * window.lastingMs
    this.#inFlight.overMs += window.lastingMs
    this.#inFlight.max = Math.max(this.#inFlight.max, window.inFlight.max)
    this.loopDelayMs.p99 = Math.max(this.loopDelayMs.p99, window.loopDelayMs.p99)
    this.loopDelayMs.max = Math.max(this.loopDelayMs.max, window.loopDelayMs.max)
    this.#gcPauseMs = addPauses(this.#gcPauseMs, window.gcPauseMs)
    this.#busiest.add(window)
    this.#endMs = window.startMs + window.lastingMs
  }

  /** End of the last window, ms from the run's zero. */
  get endMs(): number {
    return this.#endMs
  }

  get inFlight(): { readonly mean: number; readonly max: number } {
    const { weighted, overMs, max } = this.#inFlight
    return { mean: overMs === 0 ? 0 : weighted / overMs, max }
  }

  /** Pauses of all sending threads for garbage collection so far; null where nobody measured them. */
  get gcPauseMs(): Window['gcPauseMs'] {
    return this.#gcPauseMs
  }

  /** Failed and dropped requests so far, by cause; cheaper than the whole scope. */
  get causes(): Readonly<Record<string, number>> {
    const sum = byName<number>()
    for (const { causes } of this.#cells.values()) addCauses(sum, causes)
    return sum
  }

  /** What was found, each kind and place once, the most frequent first. */
  get findings(): readonly Finding[] {
    return [...this.#findings.values()].toSorted((a, b) => b.count - a.count)
  }

  /** The sums of one kind of cut so far, one for each name and phase; read them, don't keep them. */
  cuts(by: CutBy): readonly Cut[] {
    return [...this.#cuts.values()].filter((cut) => cut.by === by)
  }

  get steps(): readonly string[] {
    return [...new Set([...this.#cells.values()].map((cell) => cell.step))]
  }

  /** The sums so far. The same object is filled again on the next call with the same name: read it, don't keep it. */
  scope(name: ScopeName = {}): Scope {
    // A step may have any name, so the key for all of them must be none.
    const key = JSON.stringify([name.phase, name.step])
    const scope = this.#scratch.get(key) ?? newScope()
    this.#scratch.set(key, scope)
    clearScope(scope)
    for (const cell of this.#cells.values()) {
      if (name.phase !== undefined && cell.phase !== name.phase) continue
      if (name.step !== undefined && cell.step !== name.step) continue
      addScope(scope, cell)
    }
    return scope
  }

  /** One kind of cut by name, all phases together. They are copies, for their receiver to destroy. */
  #wholeCuts(by: CutBy, isAsked: (cut: Cut) => boolean): readonly Cut[] {
    const sums = new Map<string, Cut>()
    for (const cut of this.cuts(by).filter(isAsked)) {
      const sum = sums.get(cut.name) ?? newCut({ by, name: cut.name, phase: null })
      sums.set(cut.name, sum)
      addCut(sum, cut)
    }
    return [...sums.values()]
  }

  /** What the run measured, in the form of summary.json. */
  facts(start: RunStart, end: RunEnd): Facts {
    const all = this.scope()
    return {
      name: start.name,
      planHash: start.planHash,
      seed: start.seed,
      startedAt: start.startedAt,
      durationMs: end.durationMs,
      finished: end.finished,
      totals: totals(all.counts),
      shoppers: { ...this.shoppers },
      generator: {
        threads: start.threads,
        latenessMs: this.lateness.pct(),
        cpuSeconds: end.cpuSeconds,
        node: start.versions.node,
        transport: start.transport,
        loopDelayMs: { ...this.loopDelayMs },
        gcPauseMs: this.#gcPauseMs,
        threadCpu: { busiestRatio: this.#busiest.busiestRatio, busiestWindowRatio: this.#busiest.busiestWindowRatio },
        lost: end.lost ?? null,
        inFlight: { mean: this.inFlight.mean, max: this.inFlight.max },
      },
      ...times(all),
      connectMs: this.connect.pct(),
      handshakeMs: this.handshake.pct(),
      phases: start.phases.map(
        ({ name, startMs, lastingMs }): PhaseSlice => ({ ...this.#slice(name, { phase: name }), startMs, lastingMs }),
      ),
      steps: this.steps.map((step) => this.#slice(step, { step })),
      failures: byName(Object.entries(all.causes).sort(([, a], [, b]) => b - a)),
      checks: byName(Object.entries(this.checks).map(([name, counts]) => [name, { ...counts }])),
      amplification: all.counts.intents === 0 ? null : all.counts.attempts / all.counts.intents,
      degradedMs: this.#degradedMs(),
      visits: this.#told('shoppers', visitSlice),
      deviceVisits: this.#told('device', visitSlice, (cut) => deviceOfVisits(cut) !== null),
      classes: this.#told('class', cutSlice),
      devices: this.#told('device', cutSlice, (cut) => deviceOfVisits(cut) === null),
      answeredBy: this.#told('answered-by', cutSlice),
      groups: this.#told('group', cutSlice),
      counters: byName(Object.entries(this.counters).map(([name, counter]) => [name, { ...counter }])),
      trends: byName(Object.entries(this.trends).map(([name, histogram]) => [name, histogram.pct()])),
      findings: this.findings.slice(0, mostFindings),
    }
  }

  #told<Told>(by: CutBy, tell: (cut: Cut) => Told, isAsked: (cut: Cut) => boolean = () => true): readonly Told[] {
    return this.#wholeCuts(by, isAsked).map((cut) => {
      const told = tell(cut)
      destroyCut(cut)
      return told
    })
  }

  #degradedMs(): Pct {
    const sum = newCut({ by: 'degraded', name: '', phase: null })
    for (const cut of this.cuts('degraded')) addCut(sum, cut)
    const pct = sum.response.pct()
    destroyCut(sum)
    return pct
  }

  #slice(name: string, scopeName: ScopeName): Slice {
    const scope = this.scope(scopeName)
    return { name, ...outcomes(scope.counts), ...times(scope) }
  }

  #addCut(cut: Cut): void {
    const isRoom = this.#cuts.has(cutKey(cut)) || this.#cuts.size < mostCuts
    const placed = isRoom ? cut : { ...cut, name: otherName }
    const key = cutKey(placed)
    const sum = this.#cuts.get(key) ?? newCut(placed)
    this.#cuts.set(key, sum)
    addCut(sum, cut)
  }

  #addTrend(name: string, histogram: Histogram): void {
    const known = summedName(this.trends, name)
    const sum = this.trends[known] ?? Histogram.create()
    this.trends[known] = sum
    sum.add(histogram)
  }

  #addCell(cell: Cell): void {
    const key = `${cell.phase ?? ''}\n${cell.step}`
    let sum = this.#cells.get(key)
    if (sum === undefined) {
      sum = { phase: cell.phase, step: cell.step, ...newScope() }
      this.#cells.set(key, sum)
    }
    addScope(sum, cell)
  }
}
