import { expect, test } from 'vitest'
import { outline, phaseOfStage } from '../src/outline.ts'
import { burst, hold, lognormal, named, ramp, silence } from './support/stages.ts'

const launch = [
  named('baseline', hold(20, 60_000)),
  named('countdown', ramp(20, 80, 30_000)),
  named('doors', burst(500)),
  named('doors', hold(300, 10_000)),
  silence(5000),
  named('aftershock', hold(20, 20_000)),
]

test('the whole is the sum of its stages', () => {
  // 1,200 + 50·30 + 500 + 3,000 + 0 + 400
  const { lastingMs, arrivals, count } = outline(launch)
  expect({ lastingMs, arrivals, count }).toEqual({ lastingMs: 125_000, arrivals: 6600, count: 6600 })
})

test('neighbouring stages of one name are one phase, and nameless stages none', () => {
  expect(outline(launch).phases).toEqual([
    { name: 'baseline', startMs: 0, lastingMs: 60_000, arrivals: 1200 },
    { name: 'countdown', startMs: 60_000, lastingMs: 30_000, arrivals: 1500 },
    { name: 'doors', startMs: 90_000, lastingMs: 10_000, arrivals: 3500 },
    { name: 'aftershock', startMs: 105_000, lastingMs: 20_000, arrivals: 400 },
  ])
  expect([0, 3, 4, 9].map((stage) => phaseOfStage(launch, stage))).toEqual(['baseline', 'doors', null, null])
})

test('a name that comes back after another is a second span', () => {
  const again = [named('calm', hold(1, 1000)), hold(5, 1000), named('calm', hold(1, 1000))]
  expect(outline(again).phases.map(({ startMs }) => startMs)).toEqual([0, 2000])
})

test('each stage tells its start, its arrivals and its busiest second', () => {
  expect(
    outline(launch).stages.map(({ kind, startMs, arrivals, peakPerSec, peakRatePerSec }) => [
      kind,
      startMs,
      arrivals,
      peakPerSec,
      peakRatePerSec,
    ]),
  ).toEqual([
    ['hold', 0, 1200, 20, 20],
    // The last second of a ramp that climbs 2/s every second: 80 − 1.
    ['ramp', 60_000, 1500, 79, 80],
    ['burst', 90_000, 500, 500, null],
    ['hold', 90_000, 3000, 300, 300],
    ['silence', 100_000, 0, 0, 0],
    ['hold', 105_000, 400, 20, 20],
  ])
})

test('the peak is the stage with the busiest second, a burst counted over at least one', () => {
  expect(outline(launch).peak).toEqual({ startMs: 90_000, lastingMs: 0, perSec: 500, peakRatePerSec: null })
  // 500 over 2 s is 250/s: less than the hold of 300/s.
  expect(outline([burst(500, 2000), hold(300, 10_000)]).peak).toEqual({
    startMs: 2000,
    lastingMs: 10_000,
    perSec: 300,
    peakRatePerSec: 300,
  })
})

test('of two equal stages the first is the peak, and of nothing none', () => {
  expect(outline([hold(20, 1000), hold(20, 5000)]).peak?.lastingMs).toBe(1000)
  expect(outline([silence(1000)]).peak).toBeNull()
  expect(outline([])).toEqual({ lastingMs: 0, arrivals: 0, count: 0, phases: [], stages: [], peak: null })
})

test('fractions are kept, but a tenth ten times is one', () => {
  expect(outline([hold(0.7, 1500)]).arrivals).toBeCloseTo(1.05, 12)
  expect(outline(Array.from({ length: 10 }, () => hold(0.1, 1000))).arrivals).toBe(1)
})

test('a rush has its peak at its mode, and its busiest second just below that rate', () => {
  const peak = outline([lognormal(60_000, 45_000, 1, 300_000)]).peak
  // n/(Φ(z_T)·m·σ·√(2π))·e^(σ²/2), with Φ(ln(300/45)) = 0.97109…
  expect(peak?.peakRatePerSec).toBeCloseTo(903.0978, 4)
  expect(peak?.perSec).toBeGreaterThan(902)
  expect(peak?.perSec).toBeLessThan(peak?.peakRatePerSec ?? 0)
})
