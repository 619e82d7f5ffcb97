// The hot-path writer: counts and histograms of the window that is open, and the roll to the next one.
// Allocates nothing per request. Knows no clock: the moments come in with every call.
//
//   advance(now) ──▶ [ bank A: open ]  ──roll──▶  onWindow(bank A)  ──release──▶  free banks
//                    [ bank B: next ]
//
// A request holds its Slot from being due to being done, however many windows that spans; `slot.cell` is always the open window's.
import { byName } from './by-name.ts'
import { Histogram } from './histogram.ts'
import { clearScope, newScope } from './scope.ts'
import type { Cell, CheckCounts, ShopperCounts, ThreadCpu, Window } from './window.ts'
import { noShoppers } from './window.ts'

const windowMs = 1_000

/** Steps beyond this many are counted together as `(other steps)`, so that a step name built from an id cannot fill the memory. */
export const mostSteps = 60
export const otherSteps = '(other steps)'

/** Causes and check names beyond this many are counted together as `(other)`. */
const mostNames = 100

export type Slot = { cell: Cell; readonly phase: string | null; readonly step: string }

type Bank = { readonly cells: Map<Slot, Cell> } & Pick<Window, 'lateness' | 'connect' | 'handshake'>

/** The window stays valid until `release` is called; then its histograms are used again. */
export type OnWindow = (window: Window, release: () => void) => void

export class Recorder {
  readonly #onWindow: OnWindow
  readonly #slots = new Map<string, Slot>()
  readonly #steps = new Set<string>()
  readonly #free: Bank[] = []
  #bank: Bank
  #index = 0
  #endMs = windowMs
  #shoppers = noShoppers()
  #checks = byName<CheckCounts>()
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
    const known = this.#slots.get(`${phase ?? ''}\n${step}`)
    if (known !== undefined) return known
    const isOneTooMany = !this.#steps.has(step) && this.#steps.size >= mostSteps
    if (isOneTooMany && step !== otherSteps) return this.slot(phase, otherSteps)
    this.#steps.add(step)
    const slot: Slot = { phase, step, cell: newCell(phase, step) }
    this.#bank.cells.set(slot, slot.cell)
    this.#slots.set(`${phase ?? ''}\n${step}`, slot)
    return slot
  }

  /** Requests under way now. */
  get inFlight(): number {
    return this.#inFlight
  }

  get shoppers(): ShopperCounts {
    return this.#shoppers
  }

  due(slot: Slot): void {
    slot.cell.counts.due++
  }

  /** `latenessMs` null: the request was owed at no moment of its own, so nobody can say how late it is. */
  sent(slot: Slot, latenessMs: number | null): void {
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
    if (degraded) counts.degraded++
    else counts.ok++
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

  check(name: string, passed: boolean): void {
    const known = this.#checks[name] !== undefined || Object.keys(this.#checks).length < mostNames ? name : '(other)'
    this.#checks[known] ??= { passed: 0, failed: 0 }
    const counts = this.#checks[known]
    if (passed) counts.passed++
    else counts.failed++
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
  }

  #roll(lastingMs: number): void {
    const bank = this.#bank
    const window: Window = {
      index: this.#index,
      startMs: this.#index * windowMs,
      lastingMs,
      cells: [...bank.cells.values()].filter(hasHappened),
      shoppers: this.#shoppers,
      checks: this.#checks,
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
    this.#checks = byName()
    this.#flightMs = 0
    this.#inFlightMax = this.#inFlight
    this.#bank = this.#free.pop() ?? newBank()
    for (const slot of this.#slots.values()) {
      slot.cell = this.#bank.cells.get(slot) ?? newCell(slot.phase, slot.step)
      this.#bank.cells.set(slot, slot.cell)
    }
  }

  #release(bank: Bank): void {
    for (const histogram of [bank.lateness, bank.connect, bank.handshake]) histogram.reset()
    for (const cell of bank.cells.values()) clearScope(cell)
    this.#free.push(bank)
  }
}

const newBank = (): Bank => ({
  cells: new Map(),
  lateness: Histogram.create(),
  connect: Histogram.create(),
  handshake: Histogram.create(),
})

const newCell = (phase: string | null, step: string): Cell => ({ phase, step, ...newScope() })

function hasHappened({ counts }: Cell): boolean {
  return Object.values(counts).some((count) => count > 0)
}

function bump(causes: Record<string, number>, cause: string): void {
  const known = causes[cause] !== undefined || Object.keys(causes).length < mostNames ? cause : '(other)'
  causes[known] = (causes[known] ?? 0) + 1
}
