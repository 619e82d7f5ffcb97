import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram } from '../src/histogram.ts'

const durations = fc.array(fc.double({ min: 0, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 300 })

function filled(valuesMs: readonly number[]): Histogram {
  const histogram = Histogram.create()
  for (const ms of valuesMs) histogram.recordMs(ms)
  return histogram
}

/** The smallest sample that at least `percent` of all samples do not exceed, from a plain sort. */
function sorted(valuesMs: readonly number[], percent: number): number {
  const ordered = valuesMs.map((ms) => Math.round(ms * 1e3) / 1e3).sort((a, b) => a - b)
  return ordered[Math.max(0, Math.ceil((percent / 100) * ordered.length - 1e-9) - 1)] ?? Number.NaN
}

test('a percentile lies within 0.1 % (or 1 µs) of the sorted samples', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0, max: 100, noNaN: true }), (valuesMs, percent) => {
      const histogram = filled(valuesMs)
      const exact = sorted(valuesMs, percent)
      expect(Math.abs((histogram.percentileMs(percent) ?? Number.NaN) - exact)).toBeLessThanOrEqual(Math.max(0.0011, exact * 0.001))
      histogram.destroy()
    }),
  )
})

test('count, minimum, maximum and mean are exact to a microsecond', () => {
  const histogram = filled([0.5, 1, 2, 1_796_210.687])
  expect(histogram.pct()).toMatchObject({ count: 4, min: 0.5, max: 1_796_210.687, p999: 1_796_210.687 })
  expect(histogram.meanMs).toBeCloseTo((0.5 + 1 + 2 + 1_796_210.687) / 4, 6)
})

test('merging is associative and free of order: it equals recording everything in one', () => {
  fc.assert(
    fc.property(durations, durations, durations, (a, b, c) => {
      const all = filled([...a, ...b, ...c])
      const [left, right] = [filled(a), filled(c)]
      const middle = filled(b)
      left.add(middle)
      left.add(right)
      right.add(filled(a))
      right.add(middle)
      expect(left.pct()).toEqual({ ...all.pct(), mean: left.meanMs })
      expect(right.pct()).toEqual({ ...all.pct(), mean: right.meanMs })
      expect(left.meanMs).toBeCloseTo(all.meanMs ?? Number.NaN, 6)
    }),
    { numRuns: 30 },
  )
})

test('nothing counted is null everywhere, never zero', () => {
  const { count, ...rest } = Histogram.create().pct()
  expect(count).toBe(0)
  expect(new Set(Object.values(rest))).toEqual(new Set([null]))
})

test('encoding and decoding gives the same percentiles', () => {
  fc.assert(
    fc.property(durations, (valuesMs) => {
      const histogram = filled(valuesMs)
      expect(Histogram.decode(histogram.encode(), histogram.moments).pct()).toEqual(histogram.pct())
    }),
    { numRuns: 30 },
  )
})

test.each([
  ['nothing', ''],
  ['another cookie', Buffer.alloc(60).toString('base64')],
  ['bytes that do not inflate', 'HISTFAAAAAhBQUFBQUFBQQ=='],
])('what is no payload is refused: %s', (_, base64) => expect(() => Histogram.decode(base64)).toThrow(Error))

test('a histogram that was reset counts as if it were new', () => {
  const histogram = filled([5, 50, 500])
  histogram.reset()
  histogram.recordMs(2)
  expect(histogram.pct()).toEqual(filled([2]).pct())
})

test('a duration above an hour is counted as an hour, and its maximum is still told', () => {
  const histogram = filled([1, 7_200_000])
  expect([histogram.count, histogram.maxMs]).toEqual([2, 7_200_000])
})

test('a negative duration counts as zero', () => expect(filled([-3]).pct()).toMatchObject({ count: 1, min: 0, max: 0 }))
