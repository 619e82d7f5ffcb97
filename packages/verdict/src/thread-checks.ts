// Were the sending threads free to send? Delay of their event loops, pauses for garbage, and how much of a core they used.
import type { RunEnd, RunStart, Tally, Window } from '@doorbuster/measurements'
import { BusiestThread } from '@doorbuster/measurements'
import { gentler, robbed } from './cures.ts'
import { counted, countFigure, shareFigure, timeFigure } from './figures.ts'
import type { TrustCheck } from './judgement.ts'

/** A thread may be held up for so long, or for what lateness may be if that is more: the p99 of a window, or one pause for garbage … */
const leastHeldUpMs = 50
/** … which one window, or this share of them, may exceed: a single collection of garbage is no reason to throw an hour's run away. */
const badWindowsRatio = 0.05
/** Pauses for garbage of the time of all sending threads: a tenth, as an instrument should be ten times finer. */
const mostPausedRatio = 0.1
/** A thread above this share of a core has no idle moment left in which it would notice that it is late. */
const saturatedRatio = 0.95

/** Counts what the tally does not keep: how many windows were bad, and for what. */
export class ThreadWatch {
  readonly #start: RunStart
  readonly #tally: Tally
  readonly #trustedMs: number
  readonly #heldUpMs: number
  readonly #busiest = new BusiestThread()
  #windows = 0
  #slowWindows = 0
  #pausedWindows = 0
  #cpuWindows = 0
  #saturatedWindows = 0

  constructor(trustedLatenessMs: number, start: RunStart, tally: Tally) {
    this.#start = start
    this.#tally = tally
    this.#trustedMs = trustedLatenessMs
    this.#heldUpMs = Math.max(leastHeldUpMs, trustedLatenessMs)
  }

  window(window: Window): void {
    this.#windows++
    if (window.loopDelayMs.p99 > this.#heldUpMs) this.#slowWindows++
    if ((window.gcPauseMs?.max ?? 0) > this.#heldUpMs) this.#pausedWindows++
    const ratio = this.#busiest.add(window)
    if (ratio === null) return
    this.#cpuWindows++
    if (ratio > saturatedRatio) this.#saturatedWindows++
  }

  finish(end: RunEnd): readonly TrustCheck[] {
    return [this.#loopDelay(end), this.#pauses(), this.#cpu(end)]
  }

  #loopDelay(end: RunEnd): TrustCheck {
    const name = 'loop-delay'
    if (this.#windows === 0) return { name, status: 'not-judged', because: 'No window was recorded.' }
    const allowed = allowedOf(this.#windows)
    const figures = `event-loop delay p99 was above ${timeFigure(this.#heldUpMs)} in ${countFigure(this.#slowWindows)} of ${counted(this.#windows, 'window')} (worst ${timeFigure(this.#tally.loopDelayMs.p99)}), and ${countFigure(allowed)} may be`
    if (this.#slowWindows <= allowed) return { name, status: 'passed', because: `The sending thread kept running: ${figures}.` }
    const cure = `${robbed(end)} To cure it, keep heavy work out of journeys, or ${gentler(this.#start)}.`
    return { name, status: 'failed', because: `The sending thread was held up: ${figures}.${cure}` }
  }

  #pauses(): TrustCheck {
    const name = 'gc'
    const { gcPauseMs: pauses, endMs } = this.#tally
    if (pauses === null) return { name, status: 'not-judged', because: 'Pauses for garbage collection were not measured.' }
    const allowed = allowedOf(this.#windows)
    const pausedRatio = pauses.total / (endMs * Math.max(1, this.#start.threads))
    const figures = `garbage collection took ${shareFigure(pausedRatio)} of the time, where ${shareFigure(mostPausedRatio)} is trusted, and paused for more than ${timeFigure(this.#heldUpMs)} in ${countFigure(this.#pausedWindows)} of ${counted(this.#windows, 'window')} (longest ${timeFigure(pauses.max)}), where ${countFigure(allowed)} may`
    if (pausedRatio <= mostPausedRatio && this.#pausedWindows <= allowed)
      return { name, status: 'passed', because: `Garbage was no burden: ${figures}.` }
    const cure = `To cure it, keep less in memory in journeys (bodies that nobody reads, lists that grow), or ${gentler(this.#start)}.`
    return { name, status: 'failed', because: `The sending threads stood still to collect garbage: ${figures}. ${cure}` }
  }

  /**
   * A thread without an idle moment reads answers as late as it sends requests, and only the latter shows as lateness: so half of it is
   * trusted. In a closed loop nothing is late; the target is asked for less than it could give, which is a remark and no error.
   */
  #cpu(end: RunEnd): TrustCheck {
    const name = 'cpu'
    if (this.#cpuWindows === 0) return { name, status: 'not-judged', because: 'How much CPU the sending threads used is not known.' }
    const figures = this.#saturation()
    const p99Ms = this.#tally.lateness.percentileMs(99) ?? 0
    if (!this.#isSaturated) return { name, status: 'passed', because: `The sending threads had CPU to spare: ${figures}.` }
    if (this.#start.model === 'closed' || p99Ms <= this.#trustedMs / 2)
      return { name, status: 'passed', because: `The sending threads were at their limit, and nothing suffered by it: ${figures}.` }
    const late = `lateness p99 was ${timeFigure(p99Ms)}, and of a thread without an idle moment at most ${timeFigure(this.#trustedMs / 2)} is trusted`
    const cure = `${robbed(end)} To cure it, ${gentler(this.#start)}.`
    return { name, status: 'failed', because: `The sending threads were at their limit: ${figures}; ${late}.${cure}` }
  }

  /** What a reader has to know although the check was passed. */
  remarks(): readonly string[] {
    if (!this.#isSaturated) return []
    const what =
      this.#start.model === 'closed'
        ? "so the throughput that was seen is this machine's, and the target may be able to do more"
        : 'so nothing more can be sent on time in this way'
    return [`Remark: ${this.#saturation()}, ${what}. To go further, ${gentler(this.#start)}.`]
  }

  get #isSaturated(): boolean {
    return this.#saturatedWindows > allowedOf(this.#cpuWindows)
  }

  #saturation(): string {
    const who = this.#start.threads > 1 ? `the busiest of ${this.#start.threads} sending threads` : 'the sending thread'
    return `${who} used more than ${shareFigure(saturatedRatio)} of a core in ${countFigure(this.#saturatedWindows)} of ${counted(this.#cpuWindows, 'window')}`
  }
}

function allowedOf(windows: number): number {
  return Math.max(1, Math.floor(windows * badWindowsRatio))
}
