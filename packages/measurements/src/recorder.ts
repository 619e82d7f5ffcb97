// The hot-path writer: counts and histograms of the window that is open, and the roll to the next one.
// Allocates nothing per request. Knows no clock: the moments come in with every call.
//
//   advance(now) ──▶ [ bank A: open ]  ──roll──▶  onWindow(bank A)  ──release──▶  free banks
//                    [ bank B: next ]
//
// A request holds its Slot from being due to being done, however many windows that spans; `slot.cell` is always the open window's.
import type { Attempt, Bank, CutSlot, Slot } from './bank.ts'
import { clearBank, newBank } from './bank.ts'
import { byName, nameWithin, otherName } from './by-name.ts'
import { ByPhase } from './by-phase.ts'
import { hasHappened } from './counts.ts'
import type { Cut, CutBy } from './cut.ts'
import { newCut } from './cut.ts'
import { Histogram } from './histogram.ts'
import type { Finding, OrderEntry } from './ledger-entries.ts'
import { mostNames, Notes } from './notes.ts'
import { newScope } from './scope.ts'
import { TenthsCount } from './tenths.ts'
import type { Cell, ShopperCounts, ThreadCpu, Window } from './window.ts'
import { noShoppers } from './window.ts'

const windowMs = 1_000

/** Steps beyond this many are counted together as `(other steps)`, so that a step name built from an id cannot fill the memory. */
export const mostSteps = 60
export const otherSteps = '(other steps)'

/** Names of one kind of cut beyond this many are counted together as `(other)`. */
const mostCutNames = 30

/** The window stays valid until `release` is called; then its histograms are used again. */
export type OnWindow = (window: Window, release: () => void) => void

export class Recorder {
  readonly #onWindow: OnWindow
  readonly #slots = new ByPhase<Slot>()
  readonly #steps = new Set<string>()
  readonly #free: Bank[] = []
  #bank: Bank
  #index = 0
  #endMs = windowMs
  #shoppers = noShoppers()
  readonly #notes = new Notes()
  readonly #tenths = new TenthsCount()
  readonly #cutSlots = new Map<CutBy, ByPhase<CutSlot>>()
  readonly #cutNames = new Map<CutBy, Set<string>>()
  #inFlight = 0
  #inFlightMax = 0
  /** Requests under way, added up over the time of the open window until `#atMs`. */
  #flightMs = 0
  #atMs = 0
  #loopDelay: () => Window['loopDelayMs'] = () => ({ p99: 0, max: 0 })
  #gcPause: () => Window['gcPauseMs'] = () => null
  #threads: () => readonly ThreadCpu[] = () => []

  constructor(onWindow: OnWindow) {
    this.#onWindow = onWindow
    this.#bank = newBank()
  }

  /** Asked once a window; returns the event-loop delay since it was asked last, in ms. */
  set loopDelay(read: () => Window['loopDelayMs']) {
    this.#loopDelay = read
  }

  /** Asked once a window; returns the pauses for garbage collection since it was asked last, in ms. */
  set gcPause(read: () => NonNullable<Window['gcPauseMs']>) {
    this.#gcPause = read
  }

  /** Asked once a window; returns the CPU time of this recorder's thread since it was asked last. */
  set threadCpu(read: () => ThreadCpu) {
    this.#threads = () => [read()]
  }

  slot(phase: string | null, step: string): Slot {
    const known = this.#slots.get(phase, step)
    if (known !== undefined) return known
    const isOneTooMany = !this.#steps.has(step) && this.#steps.size >= mostSteps
    if (isOneTooMany && step !== otherSteps) return this.slot(phase, otherSteps)
    this.#steps.add(step)
    const slot: Slot = { phase, step, cell: newCell(phase, step), degraded: null }
    this.#bank.cells.set(slot, slot.cell)
    this.#slots.set(phase, step, slot)
    return slot
  }

  /** A cut's name is the plan's or the journey's; beyond 30 of a kind they are counted together. */
  cut(by: CutBy, name: string, phase: string | null): CutSlot {
    const known = this.#cutSlots.get(by)?.get(phase, name)
    if (known !== undefined) return known
    const names = this.#cutNames.get(by) ?? new Set()
    this.#cutNames.set(by, names)
    if (!names.has(name) && names.size >= mostCutNames && name !== otherName) return this.cut(by, otherName, phase)
    names.add(name)
    const slot: CutSlot = { by, name, phase, cut: newCut({ by, name, phase }) }
    this.#bank.cuts.set(slot, slot.cut)
    const ofKind = this.#cutSlots.get(by) ?? new ByPhase<CutSlot>()
    this.#cutSlots.set(by, ofKind)
    ofKind.set(phase, name, slot)
    return slot
  }

  /** Requests under way now. */
  get inFlight(): number {
    return this.#inFlight
  }

  get shoppers(): ShopperCounts {
    return this.#shoppers
  }

  /** A shopper whom the plan owes comes. */
  arrived(): void {
    this.#tenths.arrivals++
    this.#shoppers.due++
  }

  due(slot: Slot, attempt: Attempt = 'first'): void {
    this.#tenths.due++
    this.dueIn(slot.cell, attempt)
  }

  dueIn({ counts }: Pick<Cut, 'counts'>, attempt: Attempt): void {
    counts.due++
    if (attempt === 'none') return
    counts.attempts++
    if (attempt === 'first') counts.intents++
  }

  droppedIn({ cut }: CutSlot, cause: string): void {
    cut.counts.dropped++
    bump(cut.causes, cause)
  }

  /** `latenessMs` null: the request was owed at no moment of its own, so nobody can say how late it is. */
  sent(slot: Slot, latenessMs: number | null): void {
    this.#tenths.sent++
    slot.cell.counts.sent++
    if (latenessMs !== null) this.#bank.lateness.recordMs(latenessMs)
    this.#inFlight++
    if (this.#inFlight > this.#inFlightMax) this.#inFlightMax = this.#inFlight
  }

  /** A connection was opened. `handshakeMs` null: without TLS. */
  connected(connectMs: number, handshakeMs: number | null): void {
    this.#bank.connect.recordMs(connectMs)
    if (handshakeMs !== null) this.#bank.handshake.recordMs(handshakeMs)
  }

  /** The request is off the wire; its outcome may still wait for the journey's checks. */
  landed(slot: Slot, bytesIn: number, bytesOut: number): void {
    this.#inFlight--
    slot.cell.counts.bytesIn += bytesIn
    slot.cell.counts.bytesOut += bytesOut
  }

  answered(slot: Slot, degraded: boolean, responseMs: number, serviceMs: number): void {
    const { counts, response, service } = slot.cell
    if (degraded) {
      counts.degraded++
      slot.degraded ??= this.cut('degraded', slot.step, slot.phase)
      slot.degraded.cut.counts.due++
      slot.degraded.cut.counts.sent++
      this.closed(slot.degraded, 'degraded', null, responseMs)
    } else counts.ok++
    response.recordMs(responseMs)
    service.recordMs(serviceMs)
  }

  failed(slot: Slot, cause: string, responseMs: number): void {
    const { cell } = slot
    cell.counts.failed++
    cell.failedResponse.recordMs(responseMs)
    bump(cell.causes, cause)
  }

  /** An arrival that was owed and never sent. `cause` says whose doing: `dropped:ours-…` or `dropped:theirs-…`. */
  dropped(slot: Slot, cause: string): void {
    slot.cell.counts.dropped++
    bump(slot.cell.causes, cause)
  }

  /** What a cut counts of one request or visit that is over; `cause` null: it did not fail. */
  closed({ cut }: CutSlot, kind: 'ok' | 'degraded' | 'failed', cause: string | null, responseMs: number): void {
    cut.counts[kind]++
    if (cause !== null) bump(cut.causes, cause)
    if (kind === 'failed') cut.failedResponse.recordMs(responseMs)
    else cut.response.recordMs(responseMs)
  }

  /** One sample of a number of which the percentiles count; below zero counts as zero. */
  trend(name: string, value: number): void {
    const { trends } = this.#bank
    const known = trends.has(name) || trends.size < mostNames ? name : otherName
    let histogram = trends.get(known)
    if (histogram === undefined) {
      histogram = Histogram.create()
      trends.set(known, histogram)
    }
    histogram.recordMs(value)
  }

  /** As a counter: added to what is counted under a name. */
  number(name: string, value: number): void {
    this.#notes.number(name, value)
  }

  ordered(entry: OrderEntry): void {
    this.#notes.ordered(entry)
  }

  found(finding: Finding): void {
    this.#notes.found(finding)
  }

  check(name: string, passed: boolean): void {
    this.#notes.check(name, passed)
  }

  /** Closes every window that ended at or before `nowMs`. What is told next happens at that moment, as far as requests under way are counted. */
  advance(nowMs: number): void {
    while (nowMs >= this.#endMs) {
      this.#fly(this.#endMs)
      this.#roll(windowMs)
    }
    this.#fly(nowMs)
  }

  /** Closes the open window at `nowMs`, the end of the run. */
  finish(nowMs: number): void {
    this.advance(nowMs)
    const lastingMs = nowMs - (this.#endMs - windowMs)
    if (lastingMs > 0) this.#roll(lastingMs)
  }

  #fly(untilMs: number): void {
    if (untilMs <= this.#atMs) return
    this.#flightMs += this.#inFlight * (untilMs - this.#atMs)
    this.#atMs = untilMs
    if (untilMs >= this.#tenths.endMs) this.#tenths.turn(untilMs)
  }

  #roll(lastingMs: number): void {
    const bank = this.#bank
    const window: Window = {
      index: this.#index,
      startMs: this.#index * windowMs,
      lastingMs,
      cells: [...bank.cells.values()].filter(hasHappened),
      tenths: this.#tenths.take(lastingMs, this.#endMs),
      shoppers: this.#shoppers,
      ...this.#notes.take(),
      cuts: [...bank.cuts.values()].filter(hasHappened),
      trends: byName([...bank.trends].filter(([, { count }]) => count > 0)),
      lateness: bank.lateness,
      connect: bank.connect,
      handshake: bank.handshake,
      inFlight: { mean: this.#flightMs / lastingMs, max: this.#inFlightMax },
      loopDelayMs: this.#loopDelay(),
      gcPauseMs: this.#gcPause(),
      threads: this.#threads(),
    }
    this.#openNext()
    this.#onWindow(window, () => this.#release(bank))
  }

  #openNext(): void {
    this.#index++
    this.#endMs += windowMs
    this.#shoppers = noShoppers()
    this.#flightMs = 0
    this.#inFlightMax = this.#inFlight
    const { cells, cuts } = this.#bank
    this.#bank = this.#free.pop() ?? newBank()
    for (const slot of cells.keys()) {
      slot.cell = this.#bank.cells.get(slot) ?? newCell(slot.phase, slot.step)
      this.#bank.cells.set(slot, slot.cell)
    }
    for (const slot of cuts.keys()) {
      slot.cut = this.#bank.cuts.get(slot) ?? newCut(slot)
      this.#bank.cuts.set(slot, slot.cut)
    }
  }

  #release(bank: Bank): void {
    clearBank(bank)
    this.#free.push(bank)
  }
}

const newCell = (phase: string | null, step: string): Cell => ({ phase, step, ...newScope() })

function bump(causes: Record<string, number>, cause: string): void {
  const known = nameWithin(causes, cause, mostNames)
  causes[known] = (causes[known] ?? 0) + 1
}
