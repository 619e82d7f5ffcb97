// What all sending threads of a run share: places for sockets and shoppers, the hard cap, and how many shoppers threw or got through.
import type { Budget } from './budget.ts'
import { localBudget, sharedBudget } from './budget.ts'
import { rateCap } from './rate-cap.ts'

export type LimitFacts = {
  /** Most sockets and most shoppers under way at once. */
  readonly ceiling: { readonly sockets: number; readonly shoppers: number }
  /** Hard cap on requests per second, above which the run is stopped; null: none. */
  readonly maxRatePerSec: number | null
}

export type Counter = {
  /** Returns the new count. */
  add(): number
  readonly count: number
}

export type RunLimits = LimitFacts & {
  /** For the transport. */
  readonly sockets: Budget
  readonly shoppers: Budget
  /** Counts one request. */
  readonly isBeyondCap: (nowMs: number) => boolean
  readonly threw: Counter
  readonly finished: Counter
}

const cellNames = ['sockets', 'shoppers', 'cap', 'threw', 'finished'] as const
const at = Object.fromEntries(cellNames.map((name, index) => [name, index])) as Record<(typeof cellNames)[number], number>
const memoryBytes = cellNames.length * Int32Array.BYTES_PER_ELEMENT

/** For `runLimits` in several threads. */
export function limitsMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(memoryBytes)
}

/** Limits over this memory, which every thread of the run must be given, or of this thread alone. */
export function runLimits(facts: LimitFacts, memory?: SharedArrayBuffer): RunLimits {
  const cells = new Int32Array(memory ?? new ArrayBuffer(memoryBytes))
  const budget = (index: number, most: number): Budget => (memory === undefined ? localBudget(most) : sharedBudget(cells, index, most))
  return {
    ...facts,
    sockets: budget(at.sockets, facts.ceiling.sockets),
    shoppers: budget(at.shoppers, facts.ceiling.shoppers),
    isBeyondCap: facts.maxRatePerSec === null ? () => false : rateCap(facts.maxRatePerSec, cells, at.cap),
    threw: counter(cells, at.threw),
    finished: counter(cells, at.finished),
  }
}

function counter(cells: Int32Array, index: number): Counter {
  return {
    add: () => Atomics.add(cells, index, 1) + 1,
    get count() {
      return Atomics.load(cells, index)
    },
  }
}
