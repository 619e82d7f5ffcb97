// What a comparison needs of each window: how many were answered when, and how many never were. Knows nothing of files.
import type { Window } from '@doorbuster/measurements'
import { placeOf } from './grid.ts'

/** One or several windows of one part of a run. `places` and `counts` belong together: answers by their place on the grid. */
export type Stretch = {
  readonly lastingMs: number
  readonly places: readonly number[]
  readonly counts: readonly number[]
  readonly answered: number
  /** Failed and dropped: ranked above every answered one. */
  readonly unanswered: number
}

/** What is compared: the run, a phase or a step of it. */
export type Subject = { readonly of: 'run' | 'phase' | 'step'; readonly name: string }

/** The windows of one subject, by the phase that the traffic gave them: what is drawn for a phase comes from that phase. */
export type Strata = ReadonlyMap<string | null, readonly Stretch[]>

type Growing = { lastingMs: number; readonly byPlace: Map<number, number>; answered: number; unanswered: number }

/** Collects windows, each once and in order. Memory grows with the run: a few hundred bytes a second and step. */
export class StretchBook {
  /** Step by step, phase by phase, then window by window. */
  readonly #steps = new Map<string, Map<string | null, Map<number, Growing>>>()
  readonly #lengthsMs = new Map<number, number>()

  add(window: Window): void {
    this.#lengthsMs.set(window.index, window.lastingMs)
    for (const { step, phase, counts, response } of window.cells) {
      const phases = inMap(this.#steps, step, () => new Map<string | null, Map<number, Growing>>())
      const windows = inMap(phases, phase, () => new Map<number, Growing>())
      const into = inMap(windows, window.index, () => fresh(window.lastingMs))
      response.eachCount((ms, count) => {
        const place = placeOf(ms)
        into.byPlace.set(place, (into.byPlace.get(place) ?? 0) + count)
      })
      into.answered += counts.ok + counts.degraded
      into.unanswered += counts.failed + counts.dropped
    }
  }

  get steps(): readonly string[] {
    return [...this.#steps.keys()]
  }

  get phases(): readonly string[] {
    const names = [...this.#steps.values()].flatMap((phases) => [...phases.keys()])
    return [...new Set(names)].filter((name) => name !== null)
  }

  /** Neighbours joined until at most `most` stretches are left in all, every window in between that saw nobody included. */
  strata({ of, name }: Subject, most: number): Strata {
    const joined = new Map<string | null, Map<number, Growing>>()
    for (const [step, phases] of this.#steps) {
      if (of === 'step' && step !== name) continue
      for (const [phase, windows] of phases) {
        if (of === 'phase' && phase !== name) continue
        const into = inMap(joined, phase, () => new Map<number, Growing>())
        for (const [index, window] of windows)
          addInto(
            inMap(into, index, () => fresh(window.lastingMs)),
            window,
          )
      }
    }
    const every = Math.max(1, Math.ceil(sum([...joined.values()].map(lengthOf)) / most))
    return new Map([...joined].map(([phase, windows]) => [phase, this.#inOrder(windows, every)]))
  }

  #inOrder(windows: ReadonlyMap<number, Growing>, every: number): readonly Stretch[] {
    const [first, last] = [Math.min(...windows.keys()), Math.max(...windows.keys())]
    const stretches: Stretch[] = []
    for (let from = first; from <= last; from += every) {
      const whole = fresh(0)
      for (let index = from; index < Math.min(from + every, last + 1); index++) {
        addInto(whole, windows.get(index) ?? fresh(this.#lengthsMs.get(index) ?? 0))
        whole.lastingMs += this.#lengthsMs.get(index) ?? 0
      }
      stretches.push(settled(whole))
    }
    return stretches
  }
}

function settled({ lastingMs, byPlace, answered, unanswered }: Growing): Stretch {
  return { lastingMs, places: [...byPlace.keys()], counts: [...byPlace.values()], answered, unanswered }
}

function fresh(lastingMs: number): Growing {
  return { lastingMs, byPlace: new Map(), answered: 0, unanswered: 0 }
}

function addInto(into: Growing, from: Growing): void {
  for (const [place, count] of from.byPlace) into.byPlace.set(place, (into.byPlace.get(place) ?? 0) + count)
  into.answered += from.answered
  into.unanswered += from.unanswered
}

function lengthOf(windows: ReadonlyMap<number, Growing>): number {
  return windows.size === 0 ? 0 : Math.max(...windows.keys()) - Math.min(...windows.keys()) + 1
}

function inMap<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
