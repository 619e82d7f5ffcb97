// The Universal Scalability Law, fitted to measured levels. N. J. Gunther, "Guerrilla Capacity Planning" (2007), ch. 4 and 5;
// three coefficients as in B. Schwartz, https://www.xaprb.com/blog/2013/01/02/determining-the-universal-scalability-laws-coefficient-of-performance/
//
//   X(N) = λN / (1 + σ(N − 1) + κN(N − 1))       N  requests under way (Little's law)      σ  waiting for one another
//   X is highest at N* = √((1 − σ) / κ)          X  answers a second                       κ  agreeing with one another
//
// The load is open: X is what was asked for, and the noise is in N. So residuals are taken of log X, each weighted by how much of an error in N
// reaches it: by the elasticity e = d log X / d log N, which falls from 1 to 0 at N*. Weights hang on the fit, and are found in a few rounds.
// Intervals: the covariance of weighted least squares at the solution, times Student's t for n − 3 degrees of freedom.
import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import { inverse, Matrix, pseudoInverse } from 'ml-matrix'
import type { CapacityLevel, UslFit } from './capacity-form.ts'
import { studentT95 } from './student-t.ts'

/** The mean of so many looks at one rate. */
export type LoadPoint = { readonly concurrency: number; readonly requestsPerSec: number; readonly looks: number }
type Coefficients = readonly [lambda: number, sigma: number, kappa: number]

const fewestLevels = 6
const leastRSquared = 0.95
/** A level counts when it answers what is asked of it and its queue holds still: one that only grows has no N of its own. */
const leastAnsweredShare = 0.95
/** The noise of X beside that of N. */
const ownNoise = 0.15
const rounds = 8

/** Levels that held still, one point a rate: looks at the same rate are averaged. */
export function loadPoints(levels: readonly CapacityLevel[]): readonly LoadPoint[] {
  const steady = levels.filter(({ standing, hasEndedEarly, isSteady, due, lastingMs, answeredPerSec, concurrency }) => {
    const isAnswered = answeredPerSec >= leastAnsweredShare * ((due * 1e3) / lastingMs)
    return standing !== 'invalid' && !hasEndedEarly && isSteady && isAnswered && concurrency > 0
  })
  const rates = [...new Set(steady.map(({ ratePerSec }) => ratePerSec))].sort((a, b) => a - b)
  return rates.map((ratePerSec) => {
    const looks = steady.filter((each) => each.ratePerSec === ratePerSec)
    return {
      concurrency: mean(looks.map((each) => each.concurrency)),
      requestsPerSec: mean(looks.map((each) => each.answeredPerSec)),
      looks: looks.length,
    }
  })
}

/** Answers a second at so many requests under way. */
export function throughput([lambda, sigma, kappa]: Coefficients, concurrency: number): number {
  return (lambda * concurrency) / slowdown(sigma, kappa, concurrency)
}

export function fitUsl(points: readonly LoadPoint[]): UslFit {
  if (points.length < fewestLevels) return refused(`it needs ${fewestLevels} levels that kept up, and there were ${points.length}`)
  const fit = solve(points)
  if (fit === null) return refused('no curve of its form goes through the levels')
  const rSquared = determination(points, fit.coefficients)
  if (rSquared < leastRSquared)
    return refused(`it explains only ${Math.max(0, rSquared).toFixed(3)} of the variation (R²), and ${leastRSquared} is asked for`)
  const [lambda, sigma, kappa] = fit.coefficients
  const testedConcurrency = Math.max(...points.map(({ concurrency }) => concurrency))
  const t = studentT95(points.length - 3)
  const told = (value: number, at: number) => ({ value, low: value - t * (fit.errors[at] ?? 0), high: value + t * (fit.errors[at] ?? 0) })
  return {
    status: 'fitted',
    lambda: told(lambda, 0),
    sigma: told(sigma, 1),
    kappa: told(kappa, 2),
    rSquared,
    levels: points.length,
    testedConcurrency,
    ...peakOf(fit.coefficients, testedConcurrency),
  }
}

/** Says nothing of more than twice what was tested. */
function peakOf(coefficients: Coefficients, tested: number): Pick<Extract<UslFit, { status: 'fitted' }>, 'peak' | 'because'> {
  const [, sigma, kappa] = coefficients
  if (kappa <= 0 || sigma >= 1) return { peak: null, because: 'By these levels it has no peak of its own.' }
  const concurrency = Math.sqrt((1 - sigma) / kappa)
  if (concurrency > 2 * tested)
    return {
      peak: null,
      because: `Its peak lies beyond twice the ${tested.toFixed(1)} requests under way that were tested, and is not told.`,
    }
  const requestsPerSec = throughput(coefficients, concurrency)
  return {
    peak: { concurrency, requestsPerSec },
    because: `By it the target answers at most ${requestsPerSec.toFixed(0)} requests a second, with ${concurrency.toFixed(1)} under way; more only slow it down.`,
  }
}

type Solved = { readonly coefficients: Coefficients; readonly errors: readonly number[] }

function solve(points: readonly LoadPoint[]): Solved | null {
  let coefficients = firstGuess(points)
  for (let round = 0; round < rounds; round++) {
    const next = refine(points, coefficients, weightsOf(points, coefficients))
    if (next === null) return null
    coefficients = next
  }
  const errors = orNull(() => standardErrors(points, coefficients))
  return errors === null ? null : { coefficients, errors }
}

/** N/X is linear in 1/λ, σ/λ and κ/λ. */
function firstGuess(points: readonly LoadPoint[]): Coefficients {
  const rows = points.map(({ concurrency: n, requestsPerSec: x }) => [x / n, ((n - 1) * x) / n, (n - 1) * x])
  const [a = 1, b = 0, c = 0] = pseudoInverse(new Matrix(rows))
    .mmul(Matrix.columnVector(points.map(() => 1)))
    .to1DArray()
  return a > 0 ? [1 / a, b / a, c / a] : [points[0] === undefined ? 1 : points[0].requestsPerSec / points[0].concurrency, 0, 0]
}

function refine(points: readonly LoadPoint[], start: Coefficients, weights: readonly number[]): Coefficients | null {
  // Coefficients differ by many powers of ten: they are fitted as multiples of a size of their own.
  const most = Math.max(...points.map(({ concurrency }) => concurrency))
  const scale: Coefficients = [Math.abs(start[0]) || 1, 1 / most, 1 / most ** 2]
  // Of the library's own weights its error and its Hessian make opposite use, so each point is brought to its size beforehand.
  const weighted = (at: number, value: number): number => value * Math.sqrt(weights[at] ?? 0)
  const under = (at: number): number => points[at]?.concurrency ?? 0
  const fit = orNull(() =>
    levenbergMarquardt(
      { x: points.map((_, at) => at), y: points.map(({ requestsPerSec }, at) => weighted(at, Math.log(requestsPerSec))) },
      (values) => (at) => weighted(at, logThroughput(unscaled(values, scale), under(at))),
      {
        initialValues: start.map((value, i) => value / (scale[i] ?? 1)),
        jacobianFunction: (values) => (at) =>
          gradient(unscaled(values, scale), under(at)).map((slope, i) => weighted(at, slope * (scale[i] ?? 1))),
        maxIterations: 100,
        errorTolerance: 1e-12,
      },
    ),
  )
  if (fit === null) return null
  const found = unscaled(fit.parameterValues, scale)
  return found.every(Number.isFinite) && found[0] > 0 ? found : null
}

/** The library throws where a step has no solution: points that lie in no order, as those of a target that was hardly busy. */
function orNull<Found>(find: () => Found): Found | null {
  try {
    return find()
  } catch {
    return null
  }
}

function unscaled(values: ArrayLike<number>, scale: Coefficients): Coefficients {
  return [(values[0] ?? 0) * scale[0], (values[1] ?? 0) * scale[1], (values[2] ?? 0) * scale[2]]
}

function standardErrors(points: readonly LoadPoint[], coefficients: Coefficients): readonly number[] {
  const weights = weightsOf(points, coefficients)
  const slopes = points.map(({ concurrency }) => gradient(coefficients, concurrency))
  // Columns brought to one size first: else the inverse has no digits left.
  const sizes = [0, 1, 2].map((column) => Math.max(...slopes.map((row) => Math.abs(row[column] ?? 0))) || 1)
  const rows = new Matrix(slopes.map((row, i) => row.map((slope, column) => (slope / (sizes[column] ?? 1)) * Math.sqrt(weights[i] ?? 0))))
  const spread = inverse(rows.transpose().mmul(rows), true)
  const squares = points.reduce((sum, { concurrency, requestsPerSec }, i) => {
    return sum + (weights[i] ?? 0) * (Math.log(requestsPerSec) - logThroughput(coefficients, concurrency)) ** 2
  }, 0)
  const variance = squares / (points.length - 3)
  return [0, 1, 2].map((column) => Math.sqrt(Math.max(0, variance * spread.get(column, column))) / (sizes[column] ?? 1))
}

function weightsOf(points: readonly LoadPoint[], [, sigma, kappa]: Coefficients): readonly number[] {
  return points.map(({ concurrency: n, looks }) => {
    const elasticity = 1 - (n * (sigma + kappa * (2 * n - 1))) / slowdown(sigma, kappa, n)
    return looks / (elasticity ** 2 + ownNoise ** 2)
  })
}

function gradient([lambda, sigma, kappa]: Coefficients, n: number): number[] {
  const down = slowdown(sigma, kappa, n)
  return [1 / lambda, -(n - 1) / down, (-n * (n - 1)) / down]
}

function logThroughput(coefficients: Coefficients, n: number): number {
  return Math.log(Math.max(Number.MIN_VALUE, throughput(coefficients, n)))
}

/** Never nothing: a step of the fit may go where the law has no meaning. */
function slowdown(sigma: number, kappa: number, n: number): number {
  return Math.max(1e-9, 1 + sigma * (n - 1) + kappa * n * (n - 1))
}

function determination(points: readonly LoadPoint[], coefficients: Coefficients): number {
  const middle = mean(points.map(({ requestsPerSec }) => requestsPerSec))
  const off = points.reduce(
    (sum, { concurrency, requestsPerSec }) => sum + (requestsPerSec - throughput(coefficients, concurrency)) ** 2,
    0,
  )
  const all = points.reduce((sum, { requestsPerSec }) => sum + (requestsPerSec - middle) ** 2, 0)
  return all === 0 ? 0 : 1 - off / all
}

function refused(why: string): UslFit {
  return { status: 'refused', because: `The Universal Scalability Law was not fitted: ${why}.` }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
