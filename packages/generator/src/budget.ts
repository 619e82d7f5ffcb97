// A number of places that are taken and given back: sockets, shoppers under way. Kept by one thread alone, or by all threads of a run together.

export interface Budget {
  /** False: all places are taken. */
  take(): boolean
  /** One place is free again. Only for a place that was taken. */
  give(): void
}

export function localBudget(most: number): Budget {
  let taken = 0
  return {
    take: () => {
      if (taken >= most) return false
      taken++
      return true
    },
    give: () => {
      taken--
    },
  }
}

/** The places taken stand in `cells[index]`; every thread that uses the same cell must name the same `most`. */
export function sharedBudget(cells: Int32Array, index: number, most: number): Budget {
  return {
    take: () => {
      // Never counted up and down again: a place that another thread could have had would look taken for a moment.
      for (;;) {
        const taken = Atomics.load(cells, index)
        if (taken >= most) return false
        if (Atomics.compareExchange(cells, index, taken, taken + 1) === taken) return true
      }
    },
    give: () => {
      Atomics.sub(cells, index, 1)
    },
  }
}
