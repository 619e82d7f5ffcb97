// 95 % interval of a share, by Wilson's score: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
// J. Am. Stat. Assoc. 22 (1927). Unlike p ± 1.96 σ it never leaves 0 to 1, and 0 failures of few requests is not "surely none".
//
//   p = x/n            centre = (p + z²/2n) / (1 + z²/n)         half = z/(1 + z²/n) · √( p(1−p)/n + z²/4n² )

const deviations = 1.959964

/** `hits` of `samples` (samples ≥ 1); both ends are ratios 0 to 1. */
export function wilson(hits: number, samples: number): { readonly low: number; readonly high: number } {
  const share = hits / samples
  const stretch = deviations ** 2 / samples
  const centre = (share + stretch / 2) / (1 + stretch)
  const half = (deviations / (1 + stretch)) * Math.sqrt((share * (1 - share)) / samples + stretch / (4 * samples))
  // At the edges the sum is exact on paper and off by a rounding error here.
  return { low: hits === 0 ? 0 : centre - half, high: hits === samples ? 1 : centre + half }
}
