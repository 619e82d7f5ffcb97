// The log-normal rush: most come soon after the doors open, a few much later.
//
//   n  arrivals    m  median, ms    σ  spread of ln t    T  cut, ms    Φ, φ  normal distribution and its density
//   z(t) = ln(t/m)/σ
//
//   A(t) = n · Φ(z(t)) / Φ(z(T))                  rate │  ╱╲
//   r(t) = 1000·n/Φ(z(T)) · φ(z)/(σ·t)                 │ ╱  ╲_
//   t(a) = m · e^(σ·Φ⁻¹((a/n)·Φ(z(T))))                │╱     ‾‾──___
//                                                      └──┴──────────┴─ t
//   highest at m·e^(−σ²)                                 mode        T
//
// There is no elementary Φ⁻¹: the plan package's quantile is good to the last digits of a double, which is far below 1 µs.
// Past the middle everything is counted from the upper tail (1 − Φ(z) = Φ(−z)), since 1 − p would lose its digits.
import { normalCdf, normalQuantile } from '@doorbuster/plan'
import type { Course } from './course.ts'

export function lognormalCourse(arrivals: number, medianMs: number, sigma: number, lastingMs: number): Course {
  const endZ = Math.log(lastingMs / medianMs) / sigma
  const within = normalCdf(endZ)
  const beyond = normalCdf(-endZ)
  // Below this the share itself has lost its digits (38 σ before the median): there is no crowd to scale up.
  if (!(within > 1e-300)) throw new RangeError('a log-normal rush that ends so long before its median owes nobody')
  const modeMs = Math.min(lastingMs, medianMs * Math.exp(-sigma * sigma))

  function areaUntil(tMs: number): number {
    if (tMs <= 0) return 0
    if (tMs >= lastingMs) return arrivals
    const z = Math.log(tMs / medianMs) / sigma
    return arrivals * (z < 0 ? normalCdf(z) / within : 1 - (normalCdf(-z) - beyond) / within)
  }

  function dueMs(wanted: number): number {
    if (wanted <= 0) return 0
    if (wanted >= arrivals) return lastingMs
    const below = (wanted / arrivals) * within
    const z = below < 0.5 ? normalQuantile(below) : -normalQuantile(((arrivals - wanted) / arrivals) * within + beyond)
    return Math.min(lastingMs, medianMs * Math.exp(sigma * z))
  }

  function ratePerSecAt(tMs: number): number {
    if (tMs <= 0 || tMs > lastingMs) return 0
    const z = Math.log(tMs / medianMs) / sigma
    return ((1000 * arrivals) / within) * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / (sigma * tMs))
  }

  return {
    lastingMs,
    area: arrivals,
    areaUntil,
    dueMs,
    ratePerSecAt,
    highestPerSec: () => ratePerSecAt(modeMs),
    edgesMs: modeMs < lastingMs ? [0, modeMs, lastingMs] : [0, lastingMs],
    jumps: [],
    isStraight: false,
  }
}
