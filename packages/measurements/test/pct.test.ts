import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Histogram } from '../src/histogram.ts'
import type { ToldPercentile } from '../src/pct.ts'
import { missingSamples, pctIntervals, toldShares } from '../src/pct.ts'
import { samplesForClosed } from '../src/rank-interval.ts'

const percentiles = Object.keys(toldShares) as readonly ToldPercentile[]

/** Uniform numbers from 0 to 1, the same for the same seed (a multiplicative congruential generator, Park and Miller 1988). */
function uniforms(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Of a uniform distribution the q-quantile is q itself; intervals by rank are the same for any other that rises as steadily. */
function simulated(runs: number, samples: number, percentile: ToldPercentile): { readonly covered: number; readonly meanWidth: number } {
  const draw = uniforms(20_241_122 + samples)
  const share = toldShares[percentile]
  let covered = 0
  let width = 0
  for (let run = 0; run < runs; run++) {
    const sorted = Float64Array.from({ length: samples }, draw).sort()
    const [low, high] = pctIntervals(samples, (rank) => sorted[rank - 1] ?? Number.NaN)[percentile]
    if ((low ?? 0) <= share && share <= (high ?? 1)) covered++
    width += (high ?? 1) - (low ?? 0)
  }
  return { covered, meanWidth: width / runs }
}

describe('the 95 % interval of a percentile', () => {
  const runs = 1_000
  const all = (
    [
      ['p50', 40],
      ['p90', 200],
      ['p95', 500],
      ['p99', 1_000],
      ['p999', 4_000],
    ] as const
  ).map(([percentile, samples]) => ({
    percentile,
    samples,
    ...simulated(runs, samples, percentile),
  }))

  test('holds the true one in at least 95 of 100 runs', () => {
    const covered = all.reduce((sum, one) => sum + one.covered, 0)
    expect(covered / (runs * all.length)).toBeGreaterThanOrEqual(0.95)
    // Of a thousand runs alone, chance may take 2 in 100.
    for (const one of all) expect(one.covered / runs, one.percentile).toBeGreaterThanOrEqual(0.93)
  })

  test('is no wider than chance makes it', () => {
    for (const { percentile, samples, meanWidth } of all) {
      const share = toldShares[percentile]
      // A normal would have 2 × 1.96 spreads; whole ranks and the skew of the tail cost up to one more, and a rank on each side.
      expect(meanWidth, percentile).toBeLessThan(4.92 * Math.sqrt((share * (1 - share)) / samples) + 2 / samples)
    }
  })

  test('holds the percentile itself, whatever was measured', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 600 }), (all) => {
        const histogram = filled(all)
        const { intervals, ...pct } = histogram.pct()
        histogram.destroy()
        for (const name of percentiles) {
          const [low, high] = intervals?.[name] ?? [null, null]
          expect(low ?? 0).toBeLessThanOrEqual(pct[name] ?? Number.NaN)
          expect(high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(pct[name] ?? Number.NaN)
        }
      }),
      { numRuns: 40 },
    )
  })

  // Of ten, the median lies between the 2nd and the 9th, and p90 above the 7th (1.3 % of all tens have 6 or fewer below it); 0.9^10 = 35 % have none above it.
  test('is told by the samples at its ranks, and stays open where nothing bounds it', () => {
    const histogram = filled([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    const { intervals } = histogram.pct()
    histogram.destroy()
    expect([intervals?.p50, intervals?.p90]).toEqual([
      [0.2, 0.9],
      [0.7, null],
    ])
  })

  test('is not there without a sample', () => expect(Histogram.create().pct().intervals).toBeUndefined())
})

describe('the samples that a percentile needs', () => {
  // ln 0.025 ÷ ln 0.999 = −3.6889 ÷ −0.0010005 = 3,687.04
  test('are as many as close its interval', () => {
    expect(percentiles.map((name) => samplesForClosed(toldShares[name]))).toEqual([6, 36, 72, 368, 3_688])
    expect([missingSamples(1_588, 'p999'), missingSamples(3_688, 'p999'), missingSamples(9_000, 'p999')]).toEqual([2_100, 0, 0])
  })

  test('are the fewest: with one less an end is open, with one more none is', () => {
    for (const name of percentiles) {
      const samples = samplesForClosed(toldShares[name])
      for (const count of [samples - 1, samples, samples + 1])
        expect(pctIntervals(count, (rank) => rank)[name].includes(null), `${name} of ${count}`).toBe(count < samples)
    }
  })
})

function filled(allMs: readonly number[]): Histogram {
  const histogram = Histogram.create()
  for (const ms of allMs) histogram.recordMs(ms)
  return histogram
}
