// Adds windows up: totals by phase and step, and the facts of the whole run. The same sums live and when a folder is read again.
import { BusiestThread } from './busiest-thread.ts'
import { byName } from './by-name.ts'
import type { Facts, PhaseSlice, RunEnd, RunStart, Slice, Totals } from './facts.ts'
import { Histogram } from './histogram.ts'
import type { Pct } from './pct.ts'
import type { Scope } from './scope.ts'
import { addCauses, addScope, clearScope, newScope } from './scope.ts'
import type { Cell, CheckCounts, Counts, ShopperCounts, Window } from './window.ts'
import { addChecks, addPauses, addShoppers, noShoppers } from './window.ts'

/** One phase, one step, both, or neither: the whole run. */
export type ScopeName = { readonly phase?: string; readonly step?: string }

/** Memory grows with the number of phases and steps, never with time. */
export class Tally {
  readonly #cells = new Map<string, Scope & { readonly phase: string | null; readonly step: string }>()
  readonly #scratch = new Map<string, Scope>()
  readonly lateness = Histogram.create()
  readonly connect = Histogram.create()
  readonly handshake = Histogram.create()
  readonly shoppers: ShopperCounts = noShoppers()
  readonly checks = byName<CheckCounts>()
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
    }
  }

  #slice(name: string, scopeName: ScopeName): Slice {
    const scope = this.scope(scopeName)
    const { due, sent, ok, degraded, failed, dropped } = scope.counts
    return { name, due, sent, ok, degraded, failed, dropped, ...times(scope) }
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

function totals(counts: Counts): Totals {
  const { due, sent, ok, degraded, failed, dropped, bytesIn, bytesOut } = counts
  return { due, sent, done: ok + degraded + failed, ok, degraded, failed, dropped, bytesIn, bytesOut }
}

function times({ response, service, failedResponse }: Scope): { responseMs: Pct; serviceMs: Pct; failedMs: Pct } {
  return { responseMs: response.pct(), serviceMs: service.pct(), failedMs: failedResponse.pct() }
}
