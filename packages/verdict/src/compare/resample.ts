// What a part of two runs would have come to, had its seconds fallen otherwise: the moving block bootstrap, circular (H. R. Künsch, "The
// jackknife and the bootstrap for general stationary observations", Ann. Statist. 17, 1989; D. N. Politis and J. P. Romano, "A circular
// block-resampling procedure for stationary data", 1992). Whole blocks of neighbours are drawn, since a slow second is seldom alone.
//
//   base   ▁▂▂▃█▇▅▃▂▁        the same blocks are drawn of both runs, phase by phase: the shape of the traffic,
//   new    ▁▂▃▃█▇▆▃▂▁        which both had, moves both alike and leaves their ratio as it is
//            └┬┘  └┬┘
import { gridSize, msAt } from './grid.ts'
import type { Strata, Stretch } from './stretch.ts'

export type Figures = {
  /** Infinity: it falls among requests that were never answered. NaN: there were none. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Failed and dropped ÷ all. */
  readonly errors: number
  /** Answered per second. */
  readonly goodput: number
}

export type Drawn = { readonly base: Figures; readonly new: Figures }

export type Resampling = { readonly times: number; readonly draw: (below: number) => number }

/** Neighbours that are drawn together, of `count` stretches: twice the cube root, rounded up. */
export function blockLength(count: number): number {
  return Math.min(count, Math.ceil(2 * Math.cbrt(count)))
}

export function resample(base: Strata, other: Strata, { times, draw }: Resampling): readonly Drawn[] {
  const pairs = [...new Set([...base.keys(), ...other.keys()])].map((phase) => aligned(base.get(phase) ?? [], other.get(phase) ?? []))
  const sums = { base: new Sum(), new: new Sum() }
  return Array.from({ length: times }, () => {
    sums.base.clear()
    sums.new.clear()
    for (const pair of pairs) addBlocks(pair, draw, sums)
    return { base: sums.base.figures(), new: sums.new.figures() }
  })
}

type Pair = { readonly base: Stretch; readonly new: Stretch }

/** What the longer one has beyond the other (late answers, mostly) counts into its last stretch. */
function aligned(base: readonly Stretch[], other: readonly Stretch[]): readonly Pair[] {
  const length = Math.max(1, Math.min(base.length, other.length))
  const cut = (all: readonly Stretch[]): readonly Stretch[] => {
    const last = all.slice(length - 1)
    return [...all.slice(0, length - 1), last.length === 0 ? nobody : last.reduce(joined)]
  }
  const [ours, theirs] = [cut(base), cut(other)]
  return ours.map((stretch, i) => ({ base: stretch, new: theirs[i] ?? nobody }))
}

const nobody: Stretch = { lastingMs: 0, places: [], counts: [], answered: 0, unanswered: 0 }

function joined(a: Stretch, b: Stretch): Stretch {
  return {
    lastingMs: a.lastingMs + b.lastingMs,
    places: [...a.places, ...b.places],
    counts: [...a.counts, ...b.counts],
    answered: a.answered + b.answered,
    unanswered: a.unanswered + b.unanswered,
  }
}

function addBlocks(pairs: readonly Pair[], draw: (below: number) => number, sums: { readonly base: Sum; readonly new: Sum }): void {
  const block = blockLength(pairs.length)
  for (let taken = 0; taken < pairs.length; ) {
    const start = draw(pairs.length)
    for (let i = 0; i < block && taken < pairs.length; i++, taken++) {
      const pair = pairs[(start + i) % pairs.length]
      if (pair === undefined) continue
      sums.base.add(pair.base)
      sums.new.add(pair.new)
    }
  }
}

class Sum {
  readonly #counts = new Float64Array(gridSize)
  #answered = 0
  #unanswered = 0
  #lastingMs = 0

  clear(): void {
    this.#counts.fill(0)
    this.#answered = 0
    this.#unanswered = 0
    this.#lastingMs = 0
  }

  add({ places, counts, answered, unanswered, lastingMs }: Stretch): void {
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      this.#counts[place] = (this.#counts[place] as number) + (counts[i] as number)
    }
    this.#answered += answered
    this.#unanswered += unanswered
    this.#lastingMs += lastingMs
  }

  figures(): Figures {
    const all = this.#answered + this.#unanswered
    const [p50 = Number.NaN, p95 = Number.NaN, p99 = Number.NaN] = this.#timesAt([0.5, 0.95, 0.99], all)
    return { p50, p95, p99, errors: this.#unanswered / all, goodput: (this.#answered * 1e3) / this.#lastingMs }
  }

  #timesAt(shares: readonly number[], all: number): readonly number[] {
    const times: number[] = []
    let below = 0
    for (let place = 0; place < gridSize && times.length < shares.length; place++) {
      below += this.#counts[place] as number
      while (times.length < shares.length && below >= Math.max(1, Math.ceil((shares[times.length] as number) * all - 1e-9)))
        times.push(msAt(place))
    }
    while (times.length < shares.length) times.push(Number.POSITIVE_INFINITY)
    return all === 0 ? [] : times
  }
}
