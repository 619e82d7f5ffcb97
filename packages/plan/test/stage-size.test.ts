import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curve } from '../src/curve.ts'
import { decay } from '../src/decay.ts'
import { overlay } from '../src/overlay.ts'
import { rush } from '../src/rush.ts'
import { highestPerSec, owedArrivals } from '../src/stage-size.ts'
import { burst, hold, ramp, silence } from '../src/stages.ts'

const points = [
  { at: '0s', rate: '10/s' },
  { at: '10s', rate: '30/s' },
  { at: '20s', rate: '0/s' },
]

test.each([
  [hold('20/s', '1m'), 1200, 20],
  [ramp('0/s', '100/s', '500ms'), 25, 100],
  [burst(300), 300, 300],
  [burst(300, '3s'), 300, 100],
  [silence('1m'), 0, 0],
  [decay({ from: '10/s', to: '0/s', lasting: '10s' }), 50, 10],
  [curve(points), 200 + 150, 30],
  [overlay([[hold('20/s', '1m')], [silence('30s'), burst(100)]]), 1300, 120],
])('%j owes %d arrivals and goes up to %d a second', (stage, arrivals, perSec) => {
  expect(owedArrivals(stage)).toBeCloseTo(arrivals, 9)
  expect(highestPerSec(stage)).toBeCloseTo(perSec, 9)
})

describe('a decay', () => {
  /** Midpoint sum of the rate that stages.ts states for each law. */
  function summed(rateAt: (share: number) => number, lastingMs: number): number {
    const parts = 20_000
    const rates = Array.from({ length: parts }, (_, index) => rateAt((index + 0.5) / parts))
    return (rates.reduce((sum, rate) => sum + rate, 0) / parts) * (lastingMs / 1e3)
  }

  const ends = fc.record({ to: fc.integer({ min: 1, max: 50 }), above: fc.integer({ min: 1, max: 50 }) })

  test('by the exponential law owes the area under its rate', () => {
    fc.assert(
      fc.property(ends, ({ to, above }) => {
        const from = to + above
        const expected = summed((share) => from * (to / from) ** share, 10_000)
        expect(owedArrivals(decay({ from, to, lasting: '10s', law: 'exponential' }))).toBeCloseTo(expected, 2)
      }),
      { numRuns: 20 },
    )
  })

  test('by a power law owes the area under its rate, the power 1 included', () => {
    fc.assert(
      fc.property(ends, fc.constantFrom(0.5, 1, 1.7, 3), ({ to, above }, power) => {
        const from = to + above
        const x = (from / to) ** (1 / power)
        const expected = summed((share) => from * (1 + share * (x - 1)) ** -power, 10_000)
        const stage = decay({ from, to, lasting: '10s', law: 'power', power })
        expect(Math.abs(owedArrivals(stage) / expected - 1)).toBeLessThan(1e-3)
      }),
      { numRuns: 20 },
    )
  })
})

test('an exponential rush is highest at once: its count over its mean, raised by what the cut leaves out', () => {
  const stage = rush({ arrivals: 1000, law: 'exponential', mean: '10s', lasting: '10s' })
  expect(highestPerSec(stage)).toBeCloseTo(100 / (1 - Math.exp(-1)), 9)
})

test('a log-normal rush that is cut before its mode is highest where it is cut', () => {
  const whole = rush({ arrivals: 1000, law: 'lognormal', median: '45s', sigma: 1, lasting: '1h' })
  const cut = rush({ arrivals: 1000, law: 'lognormal', median: '45s', sigma: 1, lasting: '10s' })
  // Density at the mode: exp(σ²/2) / (m·σ·√2π).
  expect(highestPerSec(whole)).toBeCloseTo((1000 * Math.exp(0.5)) / (45 * Math.sqrt(2 * Math.PI)), 3)
  expect(highestPerSec(cut)).toBeGreaterThan(100)
})
