// What stands even when the instrument failed: lower bounds. A generator that fell behind asked for less than was planned, and saw answers
// later than they came; so what it counted was there at least, and times may be told less its own longest stall.
import type { Tally, Window } from '@doorbuster/measurements'
import { counted, countFigure, timeFigure } from './figures.ts'

/** Below this a 99th percentile is just the slowest. */
const fewestForP99 = 100
const mostCauses = 3

export class AtLeast {
  readonly #tally: Tally
  #bestAnswered = 0

  constructor(tally: Tally) {
    this.#tally = tally
  }

  window({ cells }: Window): void {
    const answered = cells.reduce((sum, { counts }) => sum + counts.ok + counts.degraded, 0)
    this.#bestAnswered = Math.max(this.#bestAnswered, answered)
  }

  sentences(): readonly string[] {
    return [...this.#answered(), ...this.#failed()]
  }

  #answered(): readonly string[] {
    const { counts, service } = this.#tally.scope()
    const answered = counts.ok + counts.degraded
    if (answered === 0) return []
    const count = `At least ${counted(answered, 'request')} ${answered === 1 ? 'was' : 'were'} answered, ${countFigure(this.#bestAnswered)} of them in the best second`
    const p99Ms = service.count < fewestForP99 ? null : service.percentileMs(99)
    const leastMs = (p99Ms ?? 0) - this.#longestStallMs
    if (p99Ms === null || leastMs <= 0) return [`${count}.`]
    return [
      `${count}. The slowest 1 % of them took at least ${timeFigure(leastMs)} from being sent (p99 ${timeFigure(p99Ms)}, less our own longest stall).`,
    ]
  }

  #failed(): readonly string[] {
    const { counts, causes } = this.#tally.scope()
    if (counts.failed === 0) return []
    const told = Object.entries(causes)
      .filter(([cause]) => !cause.startsWith('dropped:'))
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, mostCauses)
    const why = told.map(([cause, count]) => `${cause} ${countFigure(count)}`).join(', ')
    return [`At least ${counted(counts.failed, 'request')} failed (${why}).`]
  }

  get #longestStallMs(): number {
    return Math.max(this.#tally.loopDelayMs.max, this.#tally.gcPauseMs?.max ?? 0)
  }
}
