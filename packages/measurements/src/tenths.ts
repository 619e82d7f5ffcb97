// How often requests were due and sent in each 100 ms of a window: what a burst looks like inside its second. Counts only; knows no request.

export const tenthMs = 100
/** Of a window of one second. */
export const mostTenths = 10

/** One number for each 100 ms that the window lasted; their sums are the window's own counts. */
export type Tenths = { readonly due: readonly number[]; readonly sent: readonly number[] }

/**
 * Counts into the 100 ms that are open. What a request costs is an addition to `due` and to `sent`: who knows the time calls `turn` when
 * `endMs` has come.
 */
export class TenthsCount {
  due = 0
  sent = 0
  /** When the open 100 ms are over, ms from the run's zero. */
  endMs = tenthMs
  #tenths: { readonly due: number[]; readonly sent: number[] } = { due: [], sent: [] }

  /** Closes what ended at or before `nowMs`; in the last of a window it stays open until `take`. */
  turn(nowMs: number): void {
    while (nowMs >= this.endMs && this.#tenths.due.length < mostTenths - 1) this.#close()
    if (this.#tenths.due.length >= mostTenths - 1) this.endMs = Number.POSITIVE_INFINITY
  }

  /** All that was counted since it was asked last, in a window that lasted so long; the next one starts at `nextStartMs`. */
  take(lastingMs: number, nextStartMs: number): Tenths {
    const length = Math.min(mostTenths, Math.max(1, Math.ceil(lastingMs / tenthMs)))
    this.#close()
    const { due, sent } = this.#tenths
    this.#tenths = { due: [], sent: [] }
    this.endMs = nextStartMs + tenthMs
    return { due: ofLength(due, length), sent: ofLength(sent, length) }
  }

  #close(): void {
    this.#tenths.due.push(this.due)
    this.#tenths.sent.push(this.sent)
    this.due = 0
    this.sent = 0
    this.endMs += tenthMs
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
  return { due: summed(known.map(({ due }) => due)), sent: summed(known.map(({ sent }) => sent)) }
}

function summed(all: readonly (readonly number[])[]): readonly number[] {
  const length = Math.max(...all.map((one) => one.length))
  return Array.from({ length }, (_, tenth) => all.reduce((sum, one) => sum + (one[tenth] ?? 0), 0))
}
