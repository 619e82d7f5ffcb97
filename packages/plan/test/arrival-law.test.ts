import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lawDensity, lawPeakMs, lawWeight } from '../src/arrival-law.ts'
import type { RushLaw } from '../src/stages.ts'

const usual: RushLaw = { kind: 'lognormal', medianMs: 45_000, sigma: 1 }
const laws: fc.Arbitrary<RushLaw> = fc.oneof(
  fc.record({
    kind: fc.constant('lognormal'),
    medianMs: fc.double({ min: 100, max: 1e6, noNaN: true }),
    sigma: fc.double({ min: 0.3, max: 2, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('exponential'), meanMs: fc.double({ min: 100, max: 1e6, noNaN: true }) }),
  fc.record({
    kind: fc.constant('plateau'),
    plateauMs: fc.double({ min: 100, max: 1e6, noNaN: true }),
    power: fc.double({ min: 0.1, max: 3, noNaN: true }),
  }),
)

test('a log-normal rush with median 45 s and sigma 1 has 61 % within 60 s, 84 % within 120 s', () => {
  expect(lawWeight(usual, 45_000)).toBe(0.5)
  expect(lawWeight(usual, 60_000)).toBeCloseTo(0.61, 2)
  expect(lawWeight(usual, 120_000)).toBeCloseTo(0.84, 2)
})

test('an exponential crowd has come to 1 − 1/e after its mean', () => {
  expect(lawWeight({ kind: 'exponential', meanMs: 60_000 }, 60_000)).toBeCloseTo(1 - 1 / Math.E, 15)
})

test('a plateau of 60 s that falls with power 0.7 peaks at 53 times the mean of its day', () => {
  const law: RushLaw = { kind: 'plateau', plateauMs: 60_000, power: 0.7 }
  expect(86_400_000 / lawWeight(law, 86_400_000)).toBeCloseTo(53, 0)
})

test('the plateau law runs smoothly through power 1, where its area is a logarithm', () => {
  const areaAt = (power: number) => lawWeight({ kind: 'plateau', plateauMs: 1000, power }, 10_000)
  expect(areaAt(1)).toBeCloseTo(1000 * (1 + Math.log(10)), 9)
  expect(areaAt(1 + 1e-12)).toBeCloseTo(areaAt(1), 6)
  expect(areaAt(0.5)).toBeCloseTo(1000 * (1 + (Math.sqrt(10) - 1) / 0.5), 9)
})

test('the density is the slope of the weight', () => {
  fc.assert(
    fc.property(laws, fc.double({ min: 0.05, max: 8, noNaN: true }), (law, share) => {
      const scaleMs = law.kind === 'lognormal' ? law.medianMs : law.kind === 'exponential' ? law.meanMs : law.plateauMs
      const [atMs, step] = [share * scaleMs, scaleMs * 1e-5]
      const slope = (lawWeight(law, atMs + step) - lawWeight(law, atMs - step)) / (2 * step)
      const highest = lawDensity(law, lawPeakMs(law))
      expect(Math.abs(slope - lawDensity(law, atMs)) / highest).toBeLessThan(1e-4)
    }),
  )
})

test('nowhere is a crowd denser than at its peak', () => {
  fc.assert(
    fc.property(laws, fc.double({ min: 0, max: 1e7, noNaN: true }), (law, atMs) => {
      expect(lawDensity(law, atMs)).toBeLessThanOrEqual(lawDensity(law, lawPeakMs(law)) * (1 + 1e-12))
    }),
  )
})
