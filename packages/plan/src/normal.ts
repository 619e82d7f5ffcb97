// The standard normal distribution, as accurate as a double allows. Knows nothing of arrivals.
//
//   Φ(x) = ∫₋∞ˣ φ(u) du,   φ(u) = exp(−u²/2) / √(2π)
//
// cdf: W. J. Cody, "Rational Chebyshev Approximations for the Error Function", Math. Comp. 23 (1969), in the normal
//      form of his ANORM (ACM TOMS Algorithm 715, 1993): one rational for |x| ≤ 0.66291, two for the tail Φ(−|x|).
// quantile: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988).

// Each pair holds a rational's numerator and denominator, constant term first.
const centre = [
  [18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287, 0.065682337918207449113],
  [45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187, 1],
] as const
const shoulder = [
  [
    9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711, 597.27027639480026226,
    93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8,
  ],
  [
    19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091, 6485.558298266760755, 1519.377599407554805,
    235.38790178262499861, 22.266688044328115691, 1,
  ],
] as const
const tail = [
  [
    2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639, 0.21589853405795699,
    0.02307344176494017303,
  ],
  [7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118, 1.28426009614491121, 1],
] as const

const centreEnds = 0.66291
const shoulderEnds = Math.sqrt(32)
const underflows = 39 // Φ(−39) is below the smallest double
const inverseRootTwoPi = 0.39894228040143267794

/** Φ(x), 0 to 1. Relative error below 1e-14 down to the smallest normal double (x ≈ −37.5). For the upper tail 1 − Φ(x) ask for Φ(−x). */
export function normalCdf(x: number): number {
  const size = Math.abs(x)
  if (size <= centreEnds) return 0.5 + x * ratio(centre, x * x)
  const below = lowerTail(size)
  return x < 0 ? below : 1 - below
}

/** Φ(−size) for a size above `centreEnds`. */
function lowerTail(size: number): number {
  if (size > underflows) return 0
  // A double cannot hold x²/2 precisely enough for exp of it, so x is split in two: the coarse part squares without rounding.
  const coarse = Math.trunc(size * 16) / 16
  const density = Math.exp((-coarse * coarse) / 2) * Math.exp((-(size - coarse) * (size + coarse)) / 2)
  if (size <= shoulderEnds) return density * ratio(shoulder, size)
  const inverseSquare = 1 / (size * size)
  return (density * (inverseRootTwoPi - inverseSquare * ratio(tail, inverseSquare))) / size
}

const middle = [
  [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
    33430.575583588128105, 2509.0809287301226727,
  ],
  [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
    28729.085735721942674, 5226.495278852854561,
  ],
] as const
const outer = [
  [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
    0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966,
    5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
] as const
const far = [
  [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
    0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4, 1.8463183175100546818e-5,
    1.4215117583164458887e-7, 2.04426310338993978564e-15,
  ],
] as const

/** The x with Φ(x) = p, for p from 0 (−∞) to 1 (+∞); NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  const offset = p - 0.5
  if (Math.abs(offset) <= 0.425) return offset * ratio(middle, 0.180625 - offset * offset)
  const share = offset < 0 ? p : 1 - p
  if (share === 0) return offset < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const depth = Math.sqrt(-Math.log(share))
  const size = depth <= 5 ? ratio(outer, depth - 1.6) : ratio(far, depth - 5)
  return offset < 0 ? -size : size
}

type Rational = readonly [numerator: readonly number[], denominator: readonly number[]]

function ratio([numerator, denominator]: Rational, x: number): number {
  return horner(numerator, x) / horner(denominator, x)
}

function horner(constantFirst: readonly number[], x: number): number {
  let sum = 0
  for (let index = constantFirst.length - 1; index >= 0; index--) sum = sum * x + (constantFirst[index] ?? 0)
  return sum
}
