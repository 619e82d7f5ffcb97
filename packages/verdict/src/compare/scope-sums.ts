// One scope of one run (all of it, a phase, a step, or a step in a phase), laid out so that the figures of any resample cost little:
// for every response time that occurs, how many in each stretch took no longer. Knows nothing of other runs.
import type { PhaseSeries, RunSeries } from '@doorbuster/measurements'
import type { Draws } from './draws.ts'

/** Null: any. */
export type ComparedScope = { readonly phase: string | null; readonly step: string | null }

export type Figures = {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** Answered per second. */
  readonly goodput: number
  /** Failed and unsent ÷ all that had an outcome. */
  readonly failures: number | null
}

export type Percentile = 'p50' | 'p95' | 'p99'
const shares: Readonly<Record<Percentile, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 }

export class ScopeSums {
  readonly samples: number
  readonly #segments: readonly PhaseSeries[]
  readonly #answered: Float64Array
  readonly #failed: Float64Array
  readonly #valuesUs: Float64Array
  /** By value, then by column: how many took so long or less. */
  readonly #upTo: Uint32Array
  readonly #lastingSec: number
  readonly #weights: Float64Array
  /** Where each percentile was found last. */
  readonly #foundAt = new Map<number, number>()

  constructor({ phases, cells }: RunSeries, { phase, step }: ComparedScope) {
    const inScope = phases.filter((each) => phase === null || each.phase === phase)
    const columnAt = new Map<string | null, number>()
    let columns = 0
    for (const each of inScope) {
      columnAt.set(each.phase, columns)
      columns += each.stretches
    }
    this.#answered = new Float64Array(columns)
    this.#failed = new Float64Array(columns)
    const taken = cells.filter((cell) => columnAt.has(cell.phase) && (step === null || cell.step === step))
    const values = new Set<number>()
    for (const { stretches } of taken) for (const { times } of stretches) for (const us of times.valuesUs) values.add(us)
    this.#valuesUs = Float64Array.from(values).sort()
    const rowOf = new Map([...this.#valuesUs].map((us, row) => [us, row * columns]))
    this.#upTo = new Uint32Array(values.size * columns)
    for (const cell of taken) {
      for (const [i, { times, answered, failed }] of cell.stretches.entries()) {
        const at = (columnAt.get(cell.phase) ?? 0) + i
        add(this.#answered, at, answered)
        add(this.#failed, at, failed)
        for (const [k, us] of times.valuesUs.entries()) {
          add(this.#upTo, (rowOf.get(us) ?? 0) + at, times.counts[k] ?? 0)
        }
      }
    }
    for (let i = columns; i < this.#upTo.length; i++) add(this.#upTo, i, this.#upTo[i - columns] ?? 0)
    this.#segments = inScope
    this.#lastingSec = inScope.reduce((sum, each) => sum + each.lastingMs, 0) / 1e3
    this.#weights = new Float64Array(columns).fill(1)
    this.samples = this.#sumUpTo(values.size - 1)
  }

  /** The run as it was. */
  whole(): Figures {
    this.#weights.fill(1)
    return this.#figures()
  }

  /** The run as it might have been: every stretch as often as the resample took it. */
  resampled(draws: ReadonlyMap<string | null, Draws>, resample: number): Figures {
    let column = 0
    for (const { phase, stretches } of this.#segments) {
      const taken = draws.get(phase)?.taken
      const from = resample * stretches
      for (let i = 0; i < stretches; i++) this.#weights[column++] = taken?.[from + i] ?? 0
    }
    return this.#figures()
  }

  #figures(): Figures {
    let answered = 0
    let failed = 0
    for (let i = 0; i < this.#weights.length; i++) {
      answered += (this.#answered[i] ?? 0) * (this.#weights[i] ?? 0)
      failed += (this.#failed[i] ?? 0) * (this.#weights[i] ?? 0)
    }
    const count = this.#sumUpTo(this.#valuesUs.length - 1)
    return {
      p50: this.#percentileMs(shares.p50, count),
      p95: this.#percentileMs(shares.p95, count),
      p99: this.#percentileMs(shares.p99, count),
      goodput: this.#lastingSec === 0 ? 0 : answered / this.#lastingSec,
      failures: answered + failed === 0 ? null : failed / (answered + failed),
    }
  }

  #percentileMs(share: number, count: number): number | null {
    if (count === 0) return null
    const row = this.#rowOf(Math.max(1, Math.ceil(share * count - 1e-9)), this.#foundAt.get(share) ?? this.#valuesUs.length >> 1)
    this.#foundAt.set(share, row)
    // Below 1 µs nothing was measured, and a ratio needs something above zero.
    return Math.max(1, this.#valuesUs[row] ?? 1) / 1e3
  }

  /** The first row up to which there are so many. A resample's lies near the one before: widening steps from there need half as many sums. */
  #rowOf(rank: number, near: number): number {
    let [low, high] = [0, this.#valuesUs.length - 1]
    for (let at = near, step = 8; low < high; step *= 2) {
      if (this.#sumUpTo(at) >= rank) high = at
      else low = at + 1
      const isBetween = low > 0 && high < this.#valuesUs.length - 1
      if (isBetween) break
      at = low > 0 ? Math.min(high - 1, at + step) : Math.max(0, at - step)
    }
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sumUpTo(middle) >= rank) high = middle
      else low = middle + 1
    }
    return low
  }

  #sumUpTo(row: number): number {
    if (row < 0) return 0
    const [weights, upTo] = [this.#weights, this.#upTo]
    const from = row * weights.length
    let sum = 0
    for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (upTo[from + i] ?? 0)
    return sum
  }
}

function add(into: Float64Array | Uint32Array, at: number, count: number): void {
  into[at] = (into[at] ?? 0) + count
}
