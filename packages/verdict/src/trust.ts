// The instrument doubts itself first: five checks of the generator, none of the target. A run that fails one says nothing about the target.
import type { RunEnd, RunStart, Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { counted, countFigure, shareFigure, timeFigure } from './figures.ts'
import type { TrustCheck } from './judgement.ts'
import { littlesLaw } from './littles-law.ts'
import { intervalOf } from './observe.ts'

/**
 * p99 of sent − due: a tenth of the tightest response-time limit that is judged, since an instrument should be ten times finer than
 * what it measures, but never less than 10 ms, nor more than 100.
 */
const leastLatenessMs = 10
const mostLatenessMs = 100
const finenessRatio = 0.1
/** p99 of the event-loop delay of one window, or what lateness may be if that is more … */
const leastLoopDelayMs = 50
/** … which one window, or this share of them, may exceed: a single collection of garbage is no reason to throw an hour's run away. */
const slowWindowsRatio = 0.05
/** Requests that we ourselves had no socket, slot or descriptor for, of those due. */
const mostDroppedRatio = 0.001
/** Begins the cause of every drop that is our own doing; the target's begin `dropped:theirs-`. */
const droppedByUs = 'dropped:ours-'

const gentler = 'send less from this machine, or run the generator on a machine of its own'

/** Counts what the tally does not keep: how many windows had a late event loop. */
export class TrustWatch {
  readonly #start: RunStart
  readonly #tally: Tally
  readonly #latenessMs: number
  readonly #loopDelayMs: number
  #windows = 0
  #slowWindows = 0

  constructor(objectives: readonly Objective[], start: RunStart, tally: Tally) {
    this.#start = start
    this.#tally = tally
    this.#latenessMs = trustedLatenessMs(objectives)
    this.#loopDelayMs = Math.max(leastLoopDelayMs, this.#latenessMs)
  }

  window({ loopDelayMs }: Window): void {
    this.#windows++
    if (loopDelayMs.p99 > this.#loopDelayMs) this.#slowWindows++
  }

  finish(end: RunEnd): readonly TrustCheck[] {
    const { counts, causes } = this.#tally.scope()
    return [
      lateness(this.#start, this.#tally, this.#latenessMs, robbed(end)),
      loopDelay(this.#windows, this.#slowWindows, this.#tally.loopDelayMs.p99, this.#loopDelayMs, robbed(end)),
      droppedByOurselves(counts.due, causes),
      littlesLaw(this.#tally, end),
      accounted(this.#tally, end),
    ]
  }
}

/** What lateness may be, ms; the rule stands at the constants above. */
export function trustedLatenessMs(objectives: readonly Objective[]): number {
  const limits = objectives.filter(({ metric, op }) => metric.kind === 'response' && op.startsWith('<')).map(({ limit }) => limit)
  return limits.length === 0 ? leastLatenessMs : Math.min(mostLatenessMs, Math.max(leastLatenessMs, finenessRatio * Math.min(...limits)))
}

/** What the machine's host took, worth telling from 2 % on: then the cure may lie outside of this machine. */
function robbed({ stolenCpuRatio = 0 }: RunEnd): string {
  return stolenCpuRatio < 0.02 ? '' : ` Meanwhile this machine's host gave ${shareFigure(stolenCpuRatio)} of its CPU time to others.`
}

/** Judged by the lower end of its 95 % interval: of twenty requests a single late one is no p99 of anything. */
function lateness({ model }: RunStart, tally: Tally, trustedMs: number, robbed: string): TrustCheck {
  const name = 'lateness'
  const { lateness } = tally
  if (model === 'closed') return { name, status: 'not-judged', because: 'A closed loop owes no moments, so nothing can be late.' }
  const p99Ms = lateness.percentileMs(99)
  if (p99Ms === null) return { name, status: 'not-judged', because: 'Nothing was sent, so nothing was late.' }
  const { low } = intervalOf({ kind: 'lateness', at: 99 }, { counts: tally.scope().counts, times: lateness, coveredMs: 0 })
  const figures = `lateness p99 was ${timeFigure(p99Ms)} over ${counted(lateness.count, 'request')}, and at most ${timeFigure(trustedMs)} is trusted`
  if (p99Ms <= trustedMs) return { name, status: 'passed', because: `Requests left on time: ${figures}.` }
  if (low === null || low <= trustedMs)
    return { name, status: 'passed', because: `A few requests left late, too few to tell from chance: ${figures}.` }
  return { name, status: 'failed', because: `The generator fell behind: ${figures}.${robbed} To cure it, ${gentler}.` }
}

function loopDelay(windows: number, slowWindows: number, worstMs: number, trustedMs: number, robbed: string): TrustCheck {
  const name = 'loop-delay'
  if (windows === 0) return { name, status: 'not-judged', because: 'No window was recorded.' }
  const allowed = Math.max(1, Math.floor(windows * slowWindowsRatio))
  const figures = `event-loop delay p99 was above ${timeFigure(trustedMs)} in ${countFigure(slowWindows)} of ${counted(windows, 'window')} (worst ${timeFigure(worstMs)}), and ${countFigure(allowed)} may be`
  if (slowWindows <= allowed) return { name, status: 'passed', because: `The sending thread kept running: ${figures}.` }
  return {
    name,
    status: 'failed',
    because: `The sending thread was held up: ${figures}.${robbed} To cure it, keep heavy work out of journeys, or ${gentler}.`,
  }
}

function droppedByOurselves(due: number, causes: Readonly<Record<string, number>>): TrustCheck {
  const name = 'dropped-by-us'
  if (due === 0) return { name, status: 'not-judged', because: 'Nothing was due.' }
  const ours = Object.entries(causes).filter(([cause]) => cause.startsWith(droppedByUs))
  const dropped = ours.reduce((sum, [, count]) => sum + count, 0)
  const figures = `${countFigure(dropped)} of ${counted(due, 'request')} due (${shareFigure(dropped / due)}), and at most ${shareFigure(mostDroppedRatio)} is trusted`
  if (dropped <= due * mostDroppedRatio)
    return { name, status: 'passed', because: `Nearly nothing was dropped for want of our own sockets or slots: ${figures}.` }
  const why = ours.map(([cause, count]) => `${cause.slice(droppedByUs.length)} ${countFigure(count)}`).join(', ')
  const cure = 'raise the ceiling on sockets and shoppers and the limit on open files (ulimit -n), or spread the run over more machines'
  return { name, status: 'failed', because: `The generator itself dropped ${figures} (${why}). To cure it, ${cure}.` }
}

function accounted(tally: Tally, { finished, stoppedBy }: RunEnd): TrustCheck {
  const name = 'sent'
  const { due, ok, degraded, failed, dropped } = tally.scope().counts
  const isDrained = finished && (stoppedBy === 'end' || stoppedBy === 'abort' || stoppedBy === 'interrupt')
  if (!isDrained) return { name, status: 'not-judged', because: 'The run was cut off before everything under way had come to an end.' }
  const sum = ok + degraded + failed + dropped
  const parts = `${countFigure(ok)} ok + ${countFigure(degraded)} degraded + ${countFigure(failed)} failed + ${countFigure(dropped)} dropped`
  if (sum === due) return { name, status: 'passed', because: `Every request is accounted for: ${countFigure(due)} due = ${parts}.` }
  const because = `The books do not balance: ${countFigure(due)} due, but ${parts} = ${countFigure(sum)}. This is a defect of doorbuster; please report it with the run folder.`
  return { name, status: 'failed', because }
}
