// The power-law family: a rush that is flat until p and then falls as t^−q, and a decay as (1 + t/τ)^−q.
//
//   r0  rate before the fall, 1/s    τ  time scale, ms    q  power    L(t) = ln(1 + t/τ)
//
//   r(t) = r0 · e^(−q·L)                          rate │‾‾‾‾╲
//   A(t) = r0·τ/1000 · G(L)                            │     ╲__
//   G(L) = (e^((1−q)·L) − 1)/(1 − q);  L for q = 1     │        ‾‾‾───────
//   L(g) = ln(1 + (1−q)·g)/(1 − q);    g for q = 1     └────┴────────────── t
//   t    = τ · (e^L − 1)                                    p
//
// From the plateau's end the fall (t/p)^−q is the same law with τ = p: t/p = 1 + (t − p)/p.
// expm1 and log1p keep the digits for q near 1, so that only q = 1 itself needs the limit.
import type { Course } from './course.ts'
import type { Line } from './linear.ts'
import { lineCourse } from './linear.ts'
import { sequenceCourse } from './sequence.ts'

type PowerFall = { readonly ratePerSec: number; readonly scaleMs: number; readonly power: number; readonly lastingMs: number }

/** r0·(1 + t/τ)^−q for `lastingMs`. */
export function powerFallCourse({ ratePerSec, scaleMs, power, lastingMs }: PowerFall): Course {
  const unit = (ratePerSec * scaleMs) / 1000
  const endLog = Math.log1p(lastingMs / scaleMs)
  const area = unit * integral(power, endLog)

  function dueMs(wanted: number): number {
    if (wanted <= 0) return 0
    if (wanted >= area) return lastingMs
    const log = logAt(power, wanted / unit, (area - wanted) / unit, endLog)
    return Math.min(lastingMs, scaleMs * Math.expm1(log))
  }

  return {
    lastingMs,
    area,
    areaUntil: (tMs) => (tMs <= 0 ? 0 : tMs >= lastingMs ? area : unit * integral(power, Math.log1p(tMs / scaleMs))),
    dueMs,
    ratePerSecAt: (tMs) => (tMs < 0 || tMs > lastingMs ? 0 : ratePerSec * Math.exp(-power * Math.log1p(tMs / scaleMs))),
    highestPerSec: () => ratePerSec,
    edgesMs: [0, lastingMs],
    jumps: [],
    isStraight: false,
  }
}

/** Flat until `plateauMs`, then (t/plateau)^−power, scaled to owe `arrivals`; flat throughout when the plateau outlasts the stage. */
export function plateauRushCourse(arrivals: number, plateauMs: number, power: number, lastingMs: number): Course {
  const flatMs = Math.min(plateauMs, lastingMs)
  const ratePerSec = (1000 * arrivals) / (flatMs + plateauMs * integral(power, Math.log(lastingMs / flatMs)))
  const flat = lineCourse({ fromPerSec: ratePerSec, toPerSec: ratePerSec, lastingMs: flatMs })
  if (flatMs === lastingMs) return flat
  return sequenceCourse([flat, powerFallCourse({ ratePerSec, scaleMs: plateauMs, power, lastingMs: lastingMs - flatMs })])
}

/** r(t) = from·(1 + t/τ)^−power, τ chosen so that r(T) = to: τ = T / ((from/to)^(1/power) − 1). Both ends must be above zero. */
export function powerDecayCourse({ fromPerSec, toPerSec, lastingMs }: Line, power: number): Course {
  const endLog = Math.log(fromPerSec / toPerSec) / power
  if (endLog === 0) return lineCourse({ fromPerSec, toPerSec, lastingMs })
  const scaleMs = lastingMs / Math.expm1(endLog)
  // Below about 1e-300 ms the time scale is no number any more, and every result would be NaN.
  if (!(scaleMs > 1e-300)) throw new RangeError(`no power decay of power ${power} falls from ${fromPerSec}/s to ${toPerSec}/s`)
  return powerFallCourse({ ratePerSec: fromPerSec, scaleMs, power, lastingMs })
}

function integral(power: number, log: number): number {
  return power === 1 ? log : Math.expm1((1 - power) * log) / (1 - power)
}

/** The inverse of `integral`. In the far half of a fall with q > 1 it counts from the end, where 1 + (1−q)·g would lose its digits. */
function logAt(power: number, done: number, rest: number, endLog: number): number {
  if (power === 1) return done
  if (power < 1 || done < rest) return Math.log1p((1 - power) * done) / (1 - power)
  return Math.log(Math.exp((1 - power) * endLog) + (power - 1) * rest) / (1 - power)
}
