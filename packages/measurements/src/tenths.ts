// What a burst looks like inside its second: shoppers that arrived, requests that were due and sent, in each 100 ms of a window. Counts only.

export const tenthMs = 100
/** Of a window of one second. */
export const mostTenths = 10

/** One number for each 100 ms that the window lasted; their sums are the window's own counts. */
export type Tenths = {
  /** Shoppers, as the plan owes them. */
  readonly arrivals: readonly number[]
  /** Requests. */
  readonly due: readonly number[]
  readonly sent: readonly number[]
}

type Open = { readonly arrivals: number[]; readonly due: number[]; readonly sent: number[] }

const nothing = (): Open => ({ arrivals: [], due: [], sent: [] })

/** What a request costs is an addition to a number here: who knows the time calls `turn` when `endMs` has come. */
export class TenthsCount {
  arrivals = 0
  due = 0
  sent = 0
  /** When the open 100 ms are over, ms from the run's zero; the last of a window stays open until `take`. */
  endMs = tenthMs
  #closed = nothing()

  /** Closes what ended at or before `nowMs`. */
  turn(nowMs: number): void {
    while (nowMs >= this.endMs) {
      this.#close()
      this.endMs = this.#closed.due.length < mostTenths - 1 ? this.endMs + tenthMs : Number.POSITIVE_INFINITY
    }
  }

  /** All that was counted since it was asked last, in a window that lasted so long; the next one starts at `nextStartMs`. */
  take(lastingMs: number, nextStartMs: number): Tenths {
    this.#close()
    const { arrivals, due, sent } = this.#closed
    this.#closed = nothing()
    this.endMs = nextStartMs + tenthMs
    const length = Math.min(mostTenths, Math.max(1, Math.ceil(lastingMs / tenthMs)))
    return { arrivals: ofLength(arrivals, length), due: ofLength(due, length), sent: ofLength(sent, length) }
  }

  #close(): void {
    this.#closed.arrivals.push(this.arrivals)
    this.#closed.due.push(this.due)
    this.#closed.sent.push(this.sent)
    this.arrivals = 0
    this.due = 0
    this.sent = 0
  }
}

/** What happened at the very end of a window belongs to it, though the next 100 ms have begun by then. */
function ofLength(counts: readonly number[], length: number): readonly number[] {
  const last = counts.slice(length - 1).reduce((sum, count) => sum + count, 0)
  return Array.from({ length }, (_, tenth) => (tenth === length - 1 ? last : (counts[tenth] ?? 0)))
}

/** Of the same second as several threads counted it; undefined where none did. */
export function mergedTenths(all: readonly (Tenths | undefined)[]): Tenths | undefined {
  const known = all.filter((one) => one !== undefined)
  if (known.length === 0) return undefined
  const summed = (of: keyof Tenths): readonly number[] => sumByPlace(known.map((one) => one[of]))
  return { arrivals: summed('arrivals'), due: summed('due'), sent: summed('sent') }
}

function sumByPlace(all: readonly (readonly number[])[]): readonly number[] {
  const length = Math.max(...all.map((one) => one.length))
  return Array.from({ length }, (_, place) => all.reduce((sum, one) => sum + (one[place] ?? 0), 0))
}
