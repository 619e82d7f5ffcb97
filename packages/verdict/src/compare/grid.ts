// Response times by buckets of equal ratio, so that a window is a few dozen numbers that can be added up thousands of times.
// Neighbours are 1 % apart: what resampling moves is seen, and what rounding moves (half of that) is the same in both runs.

const perUnit = 100

/** Times above an hour are an hour, as in the histograms. */
export const gridSize = placeOf(3_600e3) + 1

export function placeOf(ms: number): number {
  return Math.round(perUnit * Math.log1p(Math.min(ms, 3_600e3) * 1e3))
}

export function msAt(place: number): number {
  return Math.expm1(place / perUnit) / 1e3
}
