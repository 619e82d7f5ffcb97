// Many looks at one pair of runs: each at 5 % would cry wolf every day. S. Holm, "A simple sequentially rejective multiple test procedure",
// Scand. J. Statist. 6 (1979): the smallest chance times the number of looks, the next times one less, never falling.

/** Chances adjusted for their number, in the order given. */
export function holm(chances: readonly number[]): readonly number[] {
  const order = chances.map((_, i) => i).toSorted((a, b) => (chances[a] ?? 0) - (chances[b] ?? 0))
  const adjusted = new Array<number>(chances.length).fill(1)
  let least = 0
  for (const [rank, i] of order.entries()) {
    least = Math.min(1, Math.max(least, (chances[i] ?? 1) * (chances.length - rank)))
    adjusted[i] = least
  }
  return adjusted
}
