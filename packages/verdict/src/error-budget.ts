// The error budget of the event: how much outage it allows, how much of it this run spent, and how fast at its worst. Decides nothing.
//
//   allowed   e = 1 − availability            99.9 %: 0.001
//   budget    B = e × length of the event     0.001 × 7,200 s = 7.2 s of total outage
//   spent     S = Σ length of a second × (failed + dropped) ÷ (done + dropped) in it
//   burn      over 10 s and 60 s of the run, moved by whole seconds:  share of failed and dropped ÷ e
//
// A burn of 1 spends the budget exactly over the event; one of 720 would spend those two hours in 10 s. Alerts over hours are of no use in a
// launch: by then it is over.
//
// In a second in which nobody comes only the slow come in: two timeouts are then no total outage. So such a second counts as having as many
// requests as an average one of the last ten in which somebody came, unless more ended in it.
import type { RunEnd, RunStart, Window } from '@doorbuster/measurements'
import type { Budget } from '@doorbuster/plan'
import { usualBudget } from '@doorbuster/plan'
import { BurnWindow } from './burn-window.ts'
import { rounded, secondsFigure, shareFigure, spanFigure } from './figures.ts'
import { endOf } from './scope.ts'

export type ErrorBudget = {
  /** Share of requests that is to be answered, 0 to 1, and the length of the event. */
  readonly availabilityRatio: number
  readonly overMs: number
  /** False: the plan says none, and 99.9 % over two hours is meant. */
  readonly isDeclared: boolean
  /** Total outage that it allows. */
  readonly totalMs: number
  /** Seconds of total outage that this run's failures come to. */
  readonly spentMs: number
  /** Below zero when more was spent. */
  readonly leftMs: number
  /** ms from the run's zero to the moment at which all of it was spent; null: something is left. */
  readonly goneAtMs: number | null
  readonly burns: readonly Burn[]
  /** One plain sentence. */
  readonly because: string
}

export type Burn = {
  /** Length of the moving window. */
  readonly everyMs: number
  /** Times as fast as allowed; null: the run was shorter than that. */
  readonly worst: number | null
  /** Start of the worst one, ms from the run's zero; null when nothing burned. */
  readonly fromMs: number | null
}

const burnsMs = [10_000, 60_000] as const
const mostLately = 10

type Second = {
  readonly startMs: number
  readonly lastingMs: number
  readonly due: number
  readonly unanswered: number
  readonly cancelled: number
  readonly ended: number
}

export class BudgetWatch {
  readonly #budget: Budget
  readonly #isDeclared: boolean
  readonly #allowedRatio: number
  readonly #burns = burnsMs.map((everyMs) => new BurnWindow(everyMs))
  /** Seconds from the first one on in which requests were cancelled: by shoppers, if others come after them, and else perhaps by us. */
  #unsure: Second[] = []
  #lately: number[] = []
  #ended = 0
  #spentMs = 0
  #goneAtMs: number | null = null

  constructor(start: RunStart) {
    const declared = budgetOf(start)
    this.#isDeclared = declared !== null
    this.#budget = declared ?? usualBudget
    // 1 − 0.999 is 0.0010000000000000009.
    this.#allowedRatio = Number((1 - this.#budget.availabilityRatio).toPrecision(12))
  }

  window(window: Window): void {
    const second = secondOf(window)
    if (second.due > 0) this.#settle(false)
    if (this.#unsure.length === 0 && second.cancelled === 0) this.#count(second, 0)
    else this.#unsure.push(second)
  }

  /** Once, at the end. Null when not a single request ended. */
  finish({ stoppedBy }: RunEnd): ErrorBudget | null {
    this.#settle(stoppedBy !== 'end')
    if (this.#ended === 0) return null
    const { availabilityRatio, overMs } = this.#budget
    const totalMs = this.#totalMs
    const spent = { totalMs, spentMs: this.#spentMs, leftMs: totalMs - this.#spentMs, goneAtMs: this.#goneAtMs }
    const burns = this.#burns.map(({ everyMs, worstRatio, fromMs }) => ({
      everyMs,
      worst: worstRatio === null ? null : worstRatio / this.#allowedRatio,
      fromMs: worstRatio === 0 ? null : fromMs,
    }))
    const told = { availabilityRatio, overMs, isDeclared: this.#isDeclared, ...spent, burns }
    return { ...told, because: say(told) }
  }

  get #totalMs(): number {
    return this.#allowedRatio * this.#budget.overMs
  }

  #settle(isOurs: boolean): void {
    for (const second of this.#unsure) this.#count(second, isOurs ? second.cancelled : 0)
    this.#unsure = []
  }

  #count({ startMs, lastingMs, due, unanswered, ended }: Second, cutOff: number): void {
    const failed = unanswered - cutOff
    const of = Math.max(ended - cutOff, due > 0 ? 0 : (this.#usualPerSec * lastingMs) / 1e3)
    this.#ended += ended - cutOff
    if (due > 0) this.#lately = [...this.#lately.slice(1 - mostLately), (due * 1e3) / lastingMs]
    if (of > 0) this.#spend(startMs, lastingMs, failed / of)
    for (const burn of this.#burns) burn.push({ startMs, endMs: startMs + lastingMs, failed, of })
  }

  #spend(startMs: number, lastingMs: number, ratio: number): void {
    const before = this.#spentMs
    this.#spentMs += lastingMs * ratio
    if (ratio > 0 && this.#spentMs >= this.#totalMs) this.#goneAtMs ??= startMs + (this.#totalMs - before) / ratio
  }

  get #usualPerSec(): number {
    return this.#lately.length === 0 ? 0 : this.#lately.reduce((sum, due) => sum + due, 0) / this.#lately.length
  }
}

/** Null when the plan says none. */
function budgetOf({ plan }: Pick<RunStart, 'plan'>): Budget | null {
  const found: unknown = typeof plan === 'object' && plan !== null ? Reflect.get(plan, 'budget') : undefined
  // Its form was looked at when the folder was read.
  return found === undefined ? null : (found as Budget)
}

function secondOf(window: Window): Second {
  const second = { startMs: window.startMs, lastingMs: endOf(window) - window.startMs, due: 0, unanswered: 0, cancelled: 0, ended: 0 }
  for (const { counts, causes } of window.cells) {
    second.due += counts.due
    second.unanswered += counts.failed + counts.dropped
    second.cancelled += causes.cancelled ?? 0
    second.ended += counts.ok + counts.degraded + counts.failed + counts.dropped
  }
  return second
}

function say({ availabilityRatio, overMs, totalMs, spentMs, burns }: Omit<ErrorBudget, 'because'>): string {
  const allowed = `the ${secondsFigure(totalMs)} of outage that ${shareFigure(availabilityRatio, 6)} over ${spanFigure(overMs)} allows`
  const spent = `${spentMs === 0 ? 'nothing' : secondsFigure(spentMs)} of ${allowed} was spent`
  const worst = burns.reduce<Burn | null>((most, burn) => ((burn.worst ?? 0) > (most?.worst ?? 0) ? burn : most), null)
  if (worst === null || worst.worst === null || worst.worst <= 1) return spent
  const lasts = `at that rate all of it lasts ${secondsFigure(overMs / worst.worst)}`
  return `${spent}; in the ${spanFigure(worst.everyMs)} from ${secondsFigure(worst.fromMs ?? 0)} on ${rounded(worst.worst, 3)} times as fast as allowed: ${lasts}`
}
