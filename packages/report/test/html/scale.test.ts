import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linearScale, logScale, tickMs } from '../../src/html/scale.ts'

const span = { from: 300, to: 20 }
const value = fc.double({ min: 1e-3, max: 1e9, noNaN: true })

describe('a linear scale', () => {
  test('begins at 0, reaches at or above its most, and never by more than half as much again as a step', () => {
    fc.assert(
      fc.property(value, (most) => {
        const { ticks, most: top, place } = linearScale(most, span)
        const step = (ticks[1] ?? 0) - (ticks[0] ?? 0)
        expect(ticks[0]).toBe(0)
        expect(top).toBeGreaterThanOrEqual(most * (1 - 1e-9))
        expect(top - most).toBeLessThan(step)
        expect(ticks.length).toBeLessThanOrEqual(5)
        expect([place(0), place(top)]).toEqual([300, 20])
      }),
    )
  })

  test.each([
    [340, [0, 100, 200, 300, 400]],
    [4, [0, 1, 2, 3, 4]],
    [0.07, [0, 0.02, 0.04, 0.06, 0.08]],
    [0, [0, 0.5, 1]],
  ])('up to %d has the ticks %j', (most, ticks) => expect(linearScale(most, span).ticks).toEqual(ticks))
})

describe('a logarithmic scale', () => {
  test('holds its least and its most between its ends, equal factors being equal steps', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)]
        const scale = logScale(least, most, span)
        expect(scale.least).toBeLessThanOrEqual(least * 1.000_01)
        expect(scale.most).toBeGreaterThanOrEqual(most * 0.999_99)
        expect(scale.place(scale.least * 2) - scale.place(scale.least)).toBeCloseTo(
          scale.place(scale.least * 4) - scale.place(scale.least * 2),
          6,
        )
        expect(scale.ticks.every((tick) => scale.place(tick) >= 19.9 && scale.place(tick) <= 300)).toBe(true)
        expect(scale.ticks.length).toBeGreaterThan(1)
      }),
    )
  })

  test('has a foot for what is smaller than its least', () => expect(logScale(5, 900, span).place(0.2)).toBe(300))

  test('names 1, 2 and 5 in a single decade, and powers of ten alone in four', () => {
    expect(logScale(12, 80, span).ticks).toEqual([10, 20, 50, 100])
    expect(logScale(1, 10_000, span).ticks).toEqual([1, 10, 100, 1_000, 10_000])
  })
})

test.each([
  [10_000, 10, 1_000],
  [150_000, 10, 15_000],
  [3_600_000, 10, 600_000],
  [86_400_000, 10, 10_800_000],
  [864_000_000, 5, 172_800_000],
])('a run of %d ms with at most %d ticks has one every %d ms', (lastingMs, most, stepMs) => expect(tickMs(lastingMs, most)).toBe(stepMs))
