// A run as stretches of time, each step of each phase apart: what a comparison draws its samples from. Each phase has at most 60 stretches,
// so that an hour's run takes as much room as a minute's. Knows nothing of other runs.
import { eachBucket } from './buckets.ts'
import type { RunStart } from './facts.ts'
import type { Window } from './window.ts'

export const mostStretches = 60

/** Response times of one stretch, µs in rising order, and how many took each. */
export type StretchTimes = { readonly valuesUs: Uint32Array; readonly counts: Uint32Array }

export type SeriesStretch = {
  readonly times: StretchTimes
  /** ok and degraded. */
  readonly answered: number
  /** Failed and dropped. */
  readonly failed: number
}

/** The stretches of one step in one phase, as many as the phase has. */
export type CellSeries = { readonly phase: string | null; readonly step: string; readonly stretches: readonly SeriesStretch[] }

export type PhaseSeries = { readonly phase: string | null; readonly lastingMs: number; readonly stretches: number }

export type RunSeries = { readonly phases: readonly PhaseSeries[]; readonly cells: readonly CellSeries[] }

type OpenStretch = { readonly times: Map<number, number>; answered: number; failed: number }
type OpenCell = { readonly phase: string | null; readonly step: string; readonly done: SeriesStretch[]; open: OpenStretch }
/** `elapsedMs`: how much of the phase's own time had passed by then. */
type PhaseClock = PhaseSeries & { readonly elapsedMs: (atMs: number) => number }

/** Windows come in order. What comes after a phase's end (answers to its last shoppers) belongs to its last stretch. */
export class RunSeriesCollector {
  readonly #clocks = new Map<string | null, PhaseClock>()
  readonly #cells = new Map<string, OpenCell>()

  constructor({ phases, lastingMs }: Pick<RunStart, 'phases' | 'lastingMs'>) {
    for (const { name, startMs, lastingMs: phaseMs } of phases)
      this.#clocks.set(
        name,
        clock(name, phaseMs, (atMs) => atMs - startMs),
      )
    // What no phase names is what lies between them: the time of the phases is not counted twice.
    const betweenMs = (atMs: number): number =>
      phases.reduce((left, { startMs, lastingMs: phaseMs }) => left - Math.max(0, Math.min(atMs - startMs, phaseMs)), atMs)
    this.#clocks.set(null, clock(null, betweenMs(lastingMs), betweenMs))
  }

  add(window: Window): void {
    for (const { phase, step, counts, response } of window.cells) {
      const known = this.#clocks.has(phase) ? phase : null
      const open = this.#stretch(known, step, window.startMs)
      open.answered += counts.ok + counts.degraded
      open.failed += counts.failed + counts.dropped
      eachBucket(response, (us, count) => open.times.set(us, (open.times.get(us) ?? 0) + count))
    }
  }

  /** Everything so far; phases without a cell are left out. */
  get series(): RunSeries {
    const cells = [...this.#cells.values()].map(({ phase, step, done, open }): CellSeries => {
      const stretches = [...done, closed(open)]
      const missing = this.#clockOf(phase).stretches - stretches.length
      return { phase, step, stretches: [...stretches, ...Array.from({ length: missing }, () => closed(newStretch()))] }
    })
    const met = new Set(cells.map(({ phase }) => phase))
    const phases = [...this.#clocks.values()].filter(({ phase }) => met.has(phase))
    return { phases: phases.map(({ phase, lastingMs, stretches }) => ({ phase, lastingMs, stretches })), cells }
  }

  #clockOf(phase: string | null): PhaseClock {
    return this.#clocks.get(phase) ?? clock(phase, 1, (atMs) => atMs)
  }

  #stretch(phase: string | null, step: string, atMs: number): OpenStretch {
    const key = JSON.stringify([phase, step])
    const cell = this.#cells.get(key) ?? { phase, step, done: [], open: newStretch() }
    this.#cells.set(key, cell)
    const { elapsedMs, lastingMs, stretches } = this.#clockOf(phase)
    const index = Math.min(stretches - 1, Math.max(0, Math.floor((elapsedMs(atMs) / lastingMs) * stretches)))
    while (cell.done.length < index) {
      cell.done.push(closed(cell.open))
      cell.open = newStretch()
    }
    return cell.open
  }
}

/** Whole seconds each, or longer where there would be too many. */
function clock(phase: string | null, lastingMs: number, elapsedMs: PhaseClock['elapsedMs']): PhaseClock {
  return {
    phase,
    elapsedMs,
    lastingMs: Math.max(1, lastingMs),
    stretches: Math.min(mostStretches, Math.max(1, Math.round(lastingMs / 1e3))),
  }
}

function newStretch(): OpenStretch {
  return { times: new Map(), answered: 0, failed: 0 }
}

function closed({ times, answered, failed }: OpenStretch): SeriesStretch {
  const sorted = [...times].sort(([a], [b]) => a - b)
  return {
    times: { valuesUs: Uint32Array.from(sorted, ([us]) => us), counts: Uint32Array.from(sorted, ([, count]) => count) },
    answered,
    failed,
  }
}
