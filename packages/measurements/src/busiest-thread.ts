// How much of a core the busiest sending thread used: in one window and over the run. Knows nothing of what is too much.
import type { Window } from './window.ts'

/** A shorter window, the last of a run, says little: CPU clocks and the moment of reading are off by some ms. */
const leastWindowMs = 500

type Use = { cpuMs: number; overMs: number; carriedMs: number }

/** Ratios are of one core, 0 to 1; null while no thread could tell. Memory grows with threads, never with time. */
export class BusiestThread {
  readonly #threads = new Map<number, Use>()
  #windowRatio: number | null = null

  /** The busiest thread's ratio in this window; null when none could tell, or the window is too short to say. */
  add({ threads, lastingMs }: Pick<Window, 'threads' | 'lastingMs'>): number | null {
    const ratios = threads.flatMap(({ id, cpuMs }) => (cpuMs === null ? [] : [this.#use(id, cpuMs, lastingMs)]))
    if (ratios.length === 0 || lastingMs < leastWindowMs) return null
    const busiest = Math.max(...ratios)
    this.#windowRatio = Math.max(this.#windowRatio ?? 0, busiest)
    return busiest
  }

  get busiestWindowRatio(): number | null {
    return this.#windowRatio
  }

  /** Over all windows that a thread had, of the thread with most. */
  get busiestRatio(): number | null {
    const ratios = [...this.#threads.values()].map(({ cpuMs, overMs }) => Math.min(1, cpuMs / overMs))
    return ratios.length === 0 ? null : Math.max(...ratios)
  }

  /** A thread that was held up closes several windows at once, and all its CPU is in the first: what is more than a core is the next one's. */
  #use(id: number, cpuMs: number, lastingMs: number): number {
    const use = this.#threads.get(id) ?? { cpuMs: 0, overMs: 0, carriedMs: 0 }
    this.#threads.set(id, use)
    use.cpuMs += cpuMs
    use.overMs += lastingMs
    const usedMs = Math.min(lastingMs, cpuMs + use.carriedMs)
    use.carriedMs += cpuMs - usedMs
    return usedMs / lastingMs
  }
}
