// When a series came to its end, on series whose end is known.
import type { TargetPoint } from '@doorbuster/measurements'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Load } from '../src/saturation.ts'
import { saturationOf } from '../src/saturation.ts'

/** A load that rises by ten a second, for a minute; a reading at the end of each second. */
const ramp: readonly Load[] = Array.from({ length: 60 }, (_, second) => ({
  startMs: second * 1_000,
  lastingMs: 1_000,
  perSec: second * 10,
}))
const read = (value: (load: number, second: number) => number, loads = ramp): readonly TargetPoint[] =>
  loads.map(({ startMs, perSec }, second) => [startMs + 1_000, value(perSec, second)])

test('a share that stays at nine tenths of all there is came to its end at the first of three such readings', () => {
  const points = read((_, second) => (second === 20 || second >= 30 ? 0.9 : 0.5))
  expect(saturationOf(points, 1, ramp)).toEqual({ kind: 'ceiling', atMs: 31_000, value: 0.9 })
  expect(saturationOf(points.slice(0, 32), 1, ramp)).toBeNull()
  expect(
    saturationOf(
      read(() => 0.89),
      1,
      ramp,
    ),
  ).toBeNull()
})

test('a series that rises with the load to 300 a second and no further came to its end there', () => {
  expect(
    saturationOf(
      read((load) => Math.min(load, 300) / 3),
      null,
      ramp,
    ),
  ).toEqual({ kind: 'plateau', atMs: 31_000, value: 100 })
})

test.each<[string, (load: number, second: number) => number]>([
  ['follows the load to the end', (load) => load / 3],
  ['bends, and rises on at half the slope', (load) => Math.min(load, 300) + Math.max(0, load - 300) / 2],
  ['is always the same', () => 7],
  ['falls as the load rises', (load) => 1_000 - Math.min(load, 300)],
  ['comes to its end only where the load does too', (load) => Math.min(load, 560)],
  ['goes up and down whatever the load is', (_, second) => Math.sin(second * 2.4)],
])('a series that %s has no end that is known', (_, value) => {
  expect(saturationOf(read(value), null, ramp)).toBeNull()
})

test('only the way up to the peak of the load tells: that a series falls with the load is no end', () => {
  const hill = [...ramp, ...ramp.toReversed()].map((load, second) => ({ ...load, startMs: second * 1_000 }))
  expect(
    saturationOf(
      read((load) => load, hill),
      null,
      hill,
    ),
  ).toBeNull()
  expect(
    saturationOf(
      read((load) => Math.min(load, 300), hill),
      null,
      hill,
    ),
  ).toMatchObject({ kind: 'plateau', atMs: 31_000 })
})

test('no load and hardly a reading tell nothing', () => {
  expect(
    saturationOf(
      read((load) => Math.min(load, 300)),
      null,
      [],
    ),
  ).toBeNull()
  expect(saturationOf(read((load) => Math.min(load, 30)).slice(0, 9), null, ramp)).toBeNull()
  expect(saturationOf([], 1, ramp)).toBeNull()
})

test('with noise of a tenth of its height the end is found within a quarter of its load, and noise alone has none', () => {
  const noise = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(noise, fc.integer({ min: 150, max: 400 }), (wobble, end) => {
      const found = saturationOf(
        read((load, second) => Math.min(load, end) + (wobble[second] ?? 0) * end),
        null,
        ramp,
      )
      expect(found?.kind).toBe('plateau')
      expect(Math.abs((found?.atMs ?? 0) / 100 - end)).toBeLessThanOrEqual(end / 4)
      expect(
        saturationOf(
          read((_, second) => wobble[second] ?? 0),
          null,
          ramp,
        ),
      ).toBeNull()
    }),
    { numRuns: 100, seed: 20 },
  )
})
