// Binary search in an ordered list of numbers, which may hold equals. Knows nothing of what the numbers mean.

/** Index of the first entry that is ≥ value; the list's length when there is none. */
export function firstAtLeast(ordered: ArrayLike<number>, value: number): number {
  return firstWhere(ordered, (each) => each >= value)
}

/** Index of the last entry that is ≤ value; −1 when there is none. */
export function lastAtMost(ordered: ArrayLike<number>, value: number): number {
  return firstWhere(ordered, (each) => each > value) - 1
}

function firstWhere(ordered: ArrayLike<number>, holds: (each: number) => boolean): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(ordered[middle] ?? Number.NaN)) high = middle
    else low = middle + 1
  }
  return low
}
