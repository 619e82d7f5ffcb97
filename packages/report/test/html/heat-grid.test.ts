import { Histogram, heatEdgesMs } from '@doorbuster/measurements'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heatGrid, highestOf, runsOf } from '../../src/html/heat-grid.ts'

/** A stretch with answers of these times. */
function stretchOf(allMs: readonly number[]) {
  const histogram = Histogram.create()
  for (const ms of allMs) histogram.recordMs(ms)
  const heat = histogram.countsBetween(heatEdgesMs)
  histogram.destroy()
  return {
    startMs: 0,
    lastingMs: 1_000,
    heat,
    arrivals: 0,
    causes: {},
    answeredBy: {},
    loopDelayMs: { p99: 0, max: 0 },
  }
}

const times = fc.array(fc.double({ min: 0.05, max: 200_000, noNaN: true }), { minLength: 1, maxLength: 60 })

describe('a grid', () => {
  test('holds every answer once, and reaches from below the fastest to above the slowest up to its last edge', () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        const grid = heatGrid([stretchOf(one), stretchOf(other)])
        const columns = [0, 1].map((column) => grid?.rows.reduce((sum, row) => sum + (row[column] ?? 0), 0))
        expect(columns).toEqual([one.length, other.length])
        expect(grid?.rows.length).toBeLessThanOrEqual(60)
        // Times are recorded in whole µs, and told to a thousandth.
        const inside = [...one, ...other].map((ms) => Math.round(ms * 1e3) / 1e3).filter((ms) => ms > 0.1 && ms <= 100_000)
        for (const ms of inside) expect((grid?.leastMs ?? 0) < ms * 1.001 && ms * 0.999 <= (grid?.mostMs ?? 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('of one answer after 5 ms is one row around 5 ms, an eighth wide', () => {
    const grid = heatGrid([stretchOf([5])])
    expect(grid?.rows).toEqual([[1]])
    expect(grid?.leastMs).toBeLessThan(5)
    expect(grid?.mostMs).toBeGreaterThan(5)
    expect((grid?.mostMs ?? 0) / (grid?.leastMs ?? 1)).toBeCloseTo(1.122, 3)
  })
})

describe('runs', () => {
  test('are neighbours of one shade; nothing is none', () =>
    expect(runsOf([1, 1, 0, 1, 64, 64], 64)).toEqual([
      { from: 0, to: 1, shade: 0 },
      { from: 3, to: 3, shade: 0 },
      { from: 4, to: 5, shade: 5 },
    ]))

  test('have shades of equal factors: of 64 each is twice the last', () =>
    expect([0, 1, 2, 3, 4, 5].map((shade) => highestOf(shade, 64))).toEqual([2, 4, 8, 16, 32, 64]))
})
