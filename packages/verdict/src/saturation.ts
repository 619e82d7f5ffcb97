// When a series of the target came to its end. Pure: numbers in, a moment out; knows nothing of pages and objectives.
//
// Two ways to see it:
//
//   ceiling   a share came to 90 % of all there is, three readings in a row: the moment is that of the first of them.
//
//   plateau   the series x rose with the load l, and from l = c on no more, while the load still rose. That is a broken line with a level end,
//
//               x ≈ a + b·min(l, c)          x │      ______
//                                              │    ／
//                                              │  ／
//                                              └───────┼───── l
//                                                      c
//
//             fitted by least squares for each c among the loads that were seen (regression with one break point, as in Muggeo 2003,
//             https://doi.org/10.1002/sim.1545, with the second slope held at zero), over the readings up to the load's peak. It counts as
//             seen when all of these hold:  b > 0 · at least five readings on either side of c · the load went on to 1.25·c or more ·
//             R² ≥ 0.8 · the level end leaves at most half of the squared error of the straight line x ≈ a' + b'·l.
//             The moment is the first reading at which the load was c or more.
//
// A series that just follows the load to the end is as well told by the straight line, and one that does not follow it has a low R².
import type { TargetPoint } from '@doorbuster/measurements'

/** Offered load over one window. */
export type Load = { readonly startMs: number; readonly lastingMs: number; readonly perSec: number }

export type Saturation = { readonly kind: 'ceiling' | 'plateau'; readonly atMs: number; readonly value: number }

const nearRatio = 0.9
const inARow = 3
const fewest = 5
const furtherTimes = 1.25
const leastR2 = 0.8
const mostErrorLeft = 0.5
const mostBreaks = 60

/** Null when it never did. `ceiling`: all that it can be; null: nobody knows. */
export function saturationOf(points: readonly TargetPoint[], ceiling: number | null, loads: readonly Load[]): Saturation | null {
  return ceiling === null ? plateauOf(points, loads) : nearCeiling(points, ceiling)
}

function nearCeiling(points: readonly TargetPoint[], ceiling: number): Saturation | null {
  const isNear = (point: TargetPoint | undefined): boolean => point !== undefined && point[1] >= nearRatio * ceiling
  const index = points.findIndex((_, i) => Array.from({ length: inARow }, (_, k) => points[i + k]).every(isNear))
  const first = points[index]
  return first === undefined ? null : { kind: 'ceiling', atMs: first[0], value: first[1] }
}

type Placed = { readonly atMs: number; readonly load: number; readonly value: number }

function plateauOf(points: readonly TargetPoint[], loads: readonly Load[]): Saturation | null {
  const rising = upToPeak(placed(points, loads))
  const peak = rising.at(-1)?.load ?? 0
  const straight = fit(rising, Number.POSITIVE_INFINITY)
  if (rising.length < 2 * fewest || straight === null) return null
  const broken = breaksOf(rising, peak)
    .flatMap((at) => fit(rising, at) ?? [])
    .reduce<Fit | null>((best, each) => (best === null || each.error < best.error ? each : best), null)
  if (broken === null || broken.slope <= 0 || broken.r2 < leastR2 || broken.error > mostErrorLeft * straight.error) return null
  const first = rising.find(({ load }) => load >= broken.at)
  return first === undefined ? null : { kind: 'plateau', atMs: first.atMs, value: first.value }
}

/** Each reading with the load of the window that holds the middle of its second. */
function placed(points: readonly TargetPoint[], loads: readonly Load[]): readonly Placed[] {
  let next = 0
  return points.flatMap(([atMs, value]) => {
    const middleMs = atMs - 500
    while (next < loads.length - 1 && (loads[next + 1]?.startMs ?? 0) <= middleMs) next++
    const load = loads[next]
    const isInside = load !== undefined && middleMs >= load.startMs && middleMs < load.startMs + load.lastingMs
    return isInside ? [{ atMs, load: load.perSec, value }] : []
  })
}

function upToPeak(all: readonly Placed[]): readonly Placed[] {
  const most = all.reduce((peak, { load }) => Math.max(peak, load), 0)
  return all.slice(0, all.findLastIndex(({ load }) => load === most) + 1)
}

/** Loads at which the line may break: enough readings on either side, and enough load beyond. */
function breaksOf(rising: readonly Placed[], peak: number): readonly number[] {
  const sorted = rising.map(({ load }) => load).sort((a, b) => a - b)
  const allowed = [...new Set(sorted.slice(fewest - 1, sorted.length - fewest + 1))].filter((at) => at > 0 && at * furtherTimes <= peak)
  const every = Math.ceil(allowed.length / mostBreaks)
  return allowed.filter((_, i) => i % every === 0)
}

type Fit = { readonly at: number; readonly slope: number; readonly error: number; readonly r2: number }

/** Least squares of value on min(load, at). Null where the loads are all the same, or the values are. */
function fit(all: readonly Placed[], at: number): Fit | null {
  const xs = all.map(({ load }) => Math.min(load, at))
  const [meanX, meanY] = [mean(xs), mean(all.map(({ value }) => value))]
  let [xx, xy, yy] = [0, 0, 0]
  for (const [i, { value }] of all.entries()) {
    const [x, y] = [(xs[i] ?? 0) - meanX, value - meanY]
    xx += x * x
    xy += x * y
    yy += y * y
  }
  if (xx === 0 || yy === 0) return null
  const error = Math.max(0, yy - (xy * xy) / xx)
  return { at, slope: xy / xx, error, r2: 1 - error / yy }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
