// A transaction of a shopper while it is open: the first thing that failed in it, and how long the shopper waited. Reads no clock.
import type { Recorder } from '@doorbuster/measurements'
import type { Outcome } from './outcome.ts'

export class OpenGroup {
  readonly name: string
  /** The group that this one lies in. */
  readonly outer: OpenGroup | null
  readonly #fromMs: number
  #thoughtMs = 0
  #thinksFromMs = 0
  /** Thoughts may overlap. */
  #thoughts = 0
  #cause: string | null = null
  #isDegraded = false
  #isClosed = false

  constructor(name: string, outer: OpenGroup | null, nowMs: number) {
    this.name = name
    this.outer = outer
    this.#fromMs = nowMs
  }

  /** What came of a request in it, or in a group inside of it. */
  tell(outcome: Outcome, failedCheck: string | undefined): void {
    if (outcome.kind === 'failed' || outcome.kind === 'dropped') this.#cause ??= outcome.cause
    else if (failedCheck !== undefined) this.#cause ??= failedCheck
    else if (outcome.kind === 'degraded') this.#isDegraded = true
    this.outer?.tell(outcome, failedCheck)
  }

  fail(cause: string): void {
    this.#cause ??= cause
  }

  thinks(nowMs: number): void {
    if (this.#thoughts++ === 0) this.#thinksFromMs = nowMs
    this.outer?.thinks(nowMs)
  }

  hasThought(nowMs: number): void {
    if (--this.#thoughts === 0) this.#thoughtMs += nowMs - this.#thinksFromMs
    this.outer?.hasThought(nowMs)
  }

  /** Counts it, once. */
  close(recorder: Recorder, phase: string | null, nowMs: number): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const slot = recorder.cut('group', this.name, phase)
    const thoughtMs = this.#thoughtMs + (this.#thoughts > 0 ? nowMs - this.#thinksFromMs : 0)
    recorder.advance(nowMs)
    recorder.dueIn(slot.cut, 'none')
    slot.cut.counts.sent++
    const kind = this.#cause !== null ? 'failed' : this.#isDegraded ? 'degraded' : 'ok'
    recorder.closed(slot, kind, this.#cause, Math.max(0, nowMs - this.#fromMs - thoughtMs))
  }
}
