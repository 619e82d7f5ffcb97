import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CapacityLevel } from '../../src/capacity/capacity-form.ts'
import { bracketOf, nextStep, usualSearch } from '../../src/capacity/search.ts'
import { fitUsl, loadPoints, throughput } from '../../src/capacity/usl.ts'
import { level, seeded, simulate, trueRate, underWay } from '../support/simulated-target.ts'

const target = { lambda: 50, sigma: 0.02, kappa: 0.0005 }
/** Four times as slow as with nobody else there: its p99 at rest is ln 100 × 20 ms. */
const limitMs = 4 * 20 * Math.log(100)
const seeds = Array.from({ length: 100 }, (_, at) => at + 1)

function search(seed: number): readonly CapacityLevel[] {
  const run = simulate(target, limitMs, seeded(seed))
  const levels: CapacityLevel[] = []
  for (;;) {
    const step = nextStep(levels, { ...usualSearch, fromPerSec: 10, ceilingPerSec: Number.POSITIVE_INFINITY })
    if (step.kind === 'done') return levels
    levels.push(run(step))
  }
}

test('the rate within the objective is found within 5 % in at least 90 of 100 searches', () => {
  const truth = trueRate(target, limitMs)
  const found = seeds.map((seed) => bracketOf(search(seed)).met?.ratePerSec ?? 0)
  expect(found.filter((perSec) => Math.abs(perSec / truth - 1) <= 0.05).length).toBeGreaterThanOrEqual(90)
})

test('all three coefficients lie in their intervals in at least 90 of 100 searches', () => {
  const held = seeds.filter((seed) => {
    const fit = fitUsl(loadPoints(search(seed)))
    if (fit.status === 'refused') return false
    return (['lambda', 'sigma', 'kappa'] as const).every((name) => fit[name].low <= target[name] && target[name] <= fit[name].high)
  })
  expect(held.length).toBeGreaterThanOrEqual(90)
})

test('without any spread the fit is the target itself', () => {
  const points = [10, 50, 100, 200, 400, 600, 700].map((perSec) => ({
    requestsPerSec: perSec,
    concurrency: underWay(target, perSec) ?? 0,
    looks: 1,
  }))
  const fit = fitUsl(points)
  expect(fit).toMatchObject({ status: 'fitted', levels: 7 })
  if (fit.status === 'refused') return
  expect(fit.lambda.value).toBeCloseTo(50, 3)
  expect(fit.sigma.value).toBeCloseTo(0.02, 5)
  expect(fit.kappa.value).toBeCloseTo(0.0005, 6)
  // N* = √(0.98 / 0.0005) = 44.27, less than twice the highest that was tested.
  expect(fit.peak?.concurrency).toBeCloseTo(44.27, 1)
})

test('a peak beyond twice what was tested is not told', () => {
  const points = [10, 50, 100, 150, 200, 250].map((perSec) => ({
    requestsPerSec: perSec,
    concurrency: underWay(target, perSec) ?? 0,
    looks: 1,
  }))
  const fit = fitUsl(points)
  expect(fit).toMatchObject({ status: 'fitted', peak: null })
  expect(fit.because).toContain('beyond twice')
})

test('five levels are too few, and levels that follow no such law are refused with their R²', () => {
  const five = [10, 50, 100, 200, 400].map((perSec) => ({ requestsPerSec: perSec, concurrency: perSec / 50, looks: 1 }))
  expect(fitUsl(five).because).toContain('needs 6 levels')
  const wild = [1, 2, 3, 4, 5, 6, 7].map((concurrency) => ({ concurrency, requestsPerSec: concurrency % 2 === 0 ? 900 : 20, looks: 1 }))
  expect(fitUsl(wild)).toMatchObject({ status: 'refused' })
  expect(fitUsl(wild).because).toContain('R²')
})

test('levels that fell behind, ended early or piled up are no part of the fit; looks at one rate are one point', () => {
  const steady = [level({ ratePerSec: 100, concurrency: 2 }), level({ ratePerSec: 100, concurrency: 4 })]
  const others = [
    level({ ratePerSec: 200, standing: 'invalid' }),
    level({ ratePerSec: 300, hasEndedEarly: true }),
    level({ ratePerSec: 400, isSteady: false }),
    level({ ratePerSec: 500, answeredPerSec: 400 }),
  ]
  expect(loadPoints([...steady, ...others])).toEqual([{ concurrency: 3, requestsPerSec: 100, looks: 2 }])
})

test('one request at a time gives λ, and two that share nothing twice as much', () => {
  expect(throughput([50, 0, 0], 1)).toBe(50)
  expect(throughput([50, 0, 0], 2)).toBe(100)
  expect(throughput([50, 1, 0], 2)).toBe(50)
})

test('a target that was hardly busy, its points in no order, is refused and breaks nothing', () => {
  // 50/s to 400/s with far less than one request under way: what a fast page looks like from outside. The solver finds no step from them.
  const underWayAt = [0.0968, 0.0754, 0.2028, 0.1259, 0.1129, 0.2082, 0.03, 0.1723]
  const points = underWayAt.map((concurrency, i) => ({ concurrency, requestsPerSec: 50 * (i + 1), looks: 2 }))
  expect(fitUsl(points)).toMatchObject({ status: 'refused', because: expect.stringContaining('not fitted') })
  const anyPoint = fc.record({
    concurrency: fc.double({ min: 1e-3, max: 500, noNaN: true }),
    requestsPerSec: fc.double({ min: 1, max: 5_000, noNaN: true }),
    looks: fc.constant(1),
  })
  fc.assert(
    fc.property(fc.array(anyPoint, { minLength: 6, maxLength: 9 }), (any) => {
      expect(['fitted', 'refused']).toContain(fitUsl(any).status)
    }),
    { numRuns: 60 },
  )
})
