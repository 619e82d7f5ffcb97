// Stages as plain values, and arbitrary ones of every kind for laws that hold for all.
import type { Stage } from '@doorbuster/plan'
import fc from 'fast-check'

export const hold = (ratePerSec: number, lastingMs: number): Stage => ({ kind: 'hold', ratePerSec, lastingMs })
export const ramp = (fromPerSec: number, toPerSec: number, lastingMs: number): Stage => ({ kind: 'ramp', fromPerSec, toPerSec, lastingMs })
export const burst = (arrivals: number, lastingMs = 0): Stage => ({ kind: 'burst', arrivals, lastingMs })
export const silence = (lastingMs: number): Stage => ({ kind: 'silence', lastingMs })
export const lognormal = (arrivals: number, medianMs: number, sigma: number, lastingMs: number): Stage => ({
  kind: 'rush',
  arrivals,
  law: { kind: 'lognormal', medianMs, sigma },
  lastingMs,
})
export const exponential = (arrivals: number, meanMs: number, lastingMs: number): Stage => ({
  kind: 'rush',
  arrivals,
  law: { kind: 'exponential', meanMs },
  lastingMs,
})
export const plateau = (arrivals: number, plateauMs: number, power: number, lastingMs: number): Stage => ({
  kind: 'rush',
  arrivals,
  law: { kind: 'plateau', plateauMs, power },
  lastingMs,
})
export const linearDecay = (fromPerSec: number, toPerSec: number, lastingMs: number): Stage => ({
  kind: 'decay',
  fromPerSec,
  toPerSec,
  law: { kind: 'linear' },
  lastingMs,
})
export const exponentialDecay = (fromPerSec: number, toPerSec: number, lastingMs: number): Stage => ({
  kind: 'decay',
  fromPerSec,
  toPerSec,
  law: { kind: 'exponential' },
  lastingMs,
})
const powerDecay = (fromPerSec: number, toPerSec: number, power: number, lastingMs: number): Stage => ({
  kind: 'decay',
  fromPerSec,
  toPerSec,
  law: { kind: 'power', power },
  lastingMs,
})
/** Samples as [ms, rate per second]. */
export const curve = (...samples: readonly (readonly [number, number])[]): Stage => ({
  kind: 'curve',
  points: samples.map(([atMs, ratePerSec]) => ({ atMs, ratePerSec })),
  lastingMs: samples.at(-1)?.[0] ?? 0,
  times: 1,
})
export const overlay = (...shapes: readonly (readonly Stage[])[]): Stage => ({
  kind: 'overlay',
  shapes,
  lastingMs: Math.max(...shapes.map((shape) => shape.reduce((sum, stage) => sum + stage.lastingMs, 0))),
})
export const named = (phase: string, stage: Stage): Stage => ({ ...stage, phase })

const ms = fc.double({ min: 0.5, max: 600_000, noNaN: true })
const rate = fc.double({ min: 0.01, max: 2000, noNaN: true })
const rateOrZero = fc.oneof(fc.constant(0), rate)
const count = fc.oneof(fc.double({ min: 0.001, max: 5000, noNaN: true }), fc.nat(5000))
const power = fc.oneof(fc.constant(1), fc.double({ min: 0.2, max: 4, noNaN: true }))
const sigma = fc.double({ min: 0.2, max: 2.5, noNaN: true })
const share = fc.double({ min: 0.05, max: 20, noNaN: true })

/** Stages whose rate runs in straight lines, instants included. */
const straightStage: fc.Arbitrary<Stage> = fc.oneof(
  fc.tuple(rateOrZero, ms).map(([r, t]) => hold(r, t)),
  fc.tuple(rateOrZero, rateOrZero, ms).map(([from, to, t]) => ramp(from, to, t)),
  fc.tuple(count, fc.oneof(fc.constant(0), ms)).map(([n, t]) => burst(n, t)),
  ms.map(silence),
  fc.tuple(rate, ms).map(([r, t]) => linearDecay(r, r / 3, t)),
  fc.array(fc.tuple(ms, rateOrZero), { minLength: 1, maxLength: 6 }).map(curveOfSteps),
)

/** Stages with a curved rate. Rush laws are given as multiples of their length, so that the cut falls early and late. */
export const curvedStage: fc.Arbitrary<Stage> = fc.oneof(
  fc.tuple(count, ms, share, sigma).map(([n, t, k, s]) => lognormal(n, t * k, s, t)),
  fc.tuple(count, ms, share).map(([n, t, k]) => exponential(n, t * k, t)),
  fc.tuple(count, ms, share, power).map(([n, t, k, q]) => plateau(n, t * k, q, t)),
  fc.tuple(rate, fc.double({ min: 1.001, max: 1000, noNaN: true }), ms).map(([r, fall, t]) => exponentialDecay(r, r / fall, t)),
  fc.tuple(rate, fc.double({ min: 1.001, max: 1000, noNaN: true }), power, ms).map(([r, fall, p, t]) => powerDecay(r, r / fall, p, t)),
)

const simpleStage: fc.Arbitrary<Stage> = fc.oneof(straightStage, curvedStage)

const lane = fc.array(simpleStage, { minLength: 1, maxLength: 3 })
const overlayStage: fc.Arbitrary<Stage> = fc.array(lane, { minLength: 1, maxLength: 3 }).map((lanes) => overlay(...lanes))

export const anyStage: fc.Arbitrary<Stage> = fc.oneof({ weight: 3, arbitrary: simpleStage }, { weight: 1, arbitrary: overlayStage })

/** Traffic of at most `stages` stages. */
export function anyTraffic(stages: number): fc.Arbitrary<readonly Stage[]> {
  return fc.array(anyStage, { minLength: 1, maxLength: stages })
}

function curveOfSteps(steps: readonly (readonly [number, number])[]): Stage {
  let atMs = 0
  const samples = steps.map(([stepMs, ratePerSec]) => {
    atMs += stepMs
    return [atMs, ratePerSec] as const
  })
  return curve([0, 5], ...samples)
}
