// The knee of a curve that rises and bends: V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a 'Kneedle' in a Haystack" (2011),
// https://raghavan.usc.edu/papers/kneedle-simplex11.pdf. The discrete, offline form, for a concave rising curve; the points are few and are
// not smoothed.
//
//   1  x and y are brought to 0 … 1                       y │      ╭──── knee: where d = y − x is highest,
//   2  d = y − x, how far above the diagonal                │    ╱           and falls below its threshold after it
//   3  each local maximum of d is a candidate; its          │  ╱
//      threshold: d − S · mean gap of x                     └────────── x
//   4  it is a knee once d falls below that threshold before the next candidate

export type CurvePoint = { readonly x: number; readonly y: number }

/** S: how far the curve must fall away before a bend counts. 1 is the authors' own default. */
export const kneeSensitivity = 1

/** The x of the knee that stands out most; null when there is none. Points in rising x. */
export function findKnee(points: readonly CurvePoint[], sensitivity = kneeSensitivity): number | null {
  const distances = distancesOf(points)
  if (distances === null) return null
  const threshold = sensitivity / (points.length - 1)
  const candidates = distances.flatMap((_, i) => (isLocalMaximum(distances, i) ? [i] : []))
  const knees = candidates.filter((at, which) => {
    const until = candidates[which + 1] ?? distances.length
    return distances.slice(at + 1, until).some((distance) => distance < (distances[at] ?? 0) - threshold)
  })
  const best = knees.reduce<number | null>((most, at) => (most === null || (distances[at] ?? 0) > (distances[most] ?? 0) ? at : most), null)
  return best === null ? null : (points[best]?.x ?? null)
}

/** Null when there is nothing to bend. */
function distancesOf(points: readonly CurvePoint[]): readonly number[] | null {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [fromX, toX, fromY, toY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (points.length < 3 || toX === fromX || toY === fromY) return null
  return points.map(({ x, y }) => (y - fromY) / (toY - fromY) - (x - fromX) / (toX - fromX))
}

/** Above the diagonal, no lower than the point before and higher than the one after. */
function isLocalMaximum(distances: readonly number[], at: number): boolean {
  const [before, here, after] = [distances[at - 1], distances[at], distances[at + 1]]
  return before !== undefined && here !== undefined && after !== undefined && here > 1e-9 && here >= before && here > after
}
