// The hard cap on requests per second, exact over all threads of a run: second and count stand in one 32-bit cell.
//
//   │ second mod 4096, 12 bits │ requests in it, 20 bits │

const countBits = 20
const mostCounted = 2 ** countBits - 1
const seconds = 2 ** 12

/**
 * Counts one request at `nowMs` and says whether it is beyond the cap. One more than the cap is let pass, and one in a hundred: a second's
 * edge is no breach. A cap above a million a second is never reached.
 */
export function rateCap(mostPerSec: number, cells: Int32Array, index: number): (nowMs: number) => boolean {
  const most = mostPerSec * 1.01 + 1
  return (nowMs) => {
    // A timer may end a hair before the run's zero; that belongs to the first second.
    const second = Math.max(0, Math.floor(nowMs / 1e3)) % seconds
    for (;;) {
      const cell = Atomics.load(cells, index)
      const isNew = isAfter(second, cell >>> countBits)
      const count = isNew ? 1 : Math.min(mostCounted, (cell & mostCounted) + 1)
      const next = ((isNew ? second : cell >>> countBits) << countBits) | count
      if (Atomics.compareExchange(cells, index, cell, next) === cell) return count > most
    }
  }
}

/** On a circle of seconds. A thread that reads its clock just before another one does belongs to that one's second. */
function isAfter(second: number, current: number): boolean {
  return second !== current && second !== (current - 1 + seconds) % seconds
}
