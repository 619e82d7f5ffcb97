import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantCourse, lineAreaUntil, lineCourse, lineDueMs } from '../src/linear.ts'

describe('one root for rising, falling and flat', () => {
  test.each([
    // A hold of 10/s owes one every 100 ms.
    [{ fromPerSec: 10, toPerSec: 10, lastingMs: 2000 }, 1, 100],
    [{ fromPerSec: 10, toPerSec: 10, lastingMs: 2000 }, 20, 2000],
    // A ramp 0 → 10/s over 2 s owes 10 in all, and a quarter of them by half time: 2.5.
    [{ fromPerSec: 0, toPerSec: 10, lastingMs: 2000 }, 2.5, 1000],
    [{ fromPerSec: 0, toPerSec: 10, lastingMs: 2000 }, 10, 2000],
    // Its mirror image owes three quarters by half time.
    [{ fromPerSec: 10, toPerSec: 0, lastingMs: 2000 }, 7.5, 1000],
    [{ fromPerSec: 10, toPerSec: 0, lastingMs: 2000 }, 10, 2000],
    // 10 → 30/s over 4 s: by 2 s the mean is 15/s, so 30.
    [{ fromPerSec: 10, toPerSec: 30, lastingMs: 4000 }, 30, 2000],
    // A 500 ms ramp of 100: 0 → 400/s.
    [{ fromPerSec: 0, toPerSec: 400, lastingMs: 500 }, 25, 250],
  ])('%o owes its arrival %d after %d ms', (line, area, ms) => {
    expect(lineDueMs(line, area)).toBe(ms)
    expect(lineAreaUntil(line, ms)).toBe(area)
  })
})

test('the due time is the inverse of the area, to the last digits', () => {
  const rate = fc.double({ min: 0, max: 1e5, noNaN: true })
  fc.assert(
    fc.property(rate, rate, fc.double({ min: 1, max: 1e8, noNaN: true }), fc.nat(2 ** 30), (from, to, lastingMs, part) => {
      const share = part / 2 ** 30
      fc.pre(from + to > 1e-3)
      const line = { fromPerSec: from, toPerSec: to, lastingMs }
      const { area } = lineCourse(line)
      const dueMs = lineDueMs(line, area * share)
      expect(dueMs).toBeLessThanOrEqual(lastingMs)
      expect(Math.abs(lineAreaUntil(line, dueMs) - area * share)).toBeLessThanOrEqual(1e-14 * area)
    }),
  )
})

test('a line that falls to 0 is over exactly at its end, in spite of rounding under the root', () => {
  for (let rate = 1; rate < 500; rate += 1) {
    const line = { fromPerSec: rate / 7, toPerSec: 0, lastingMs: 900.9 }
    expect(lineDueMs(line, lineCourse(line).area)).toBeCloseTo(900.9, 4)
  }
})

test('a rate of 0 owes nobody, and asking for somebody gives the end', () => {
  const silence = lineCourse({ fromPerSec: 0, toPerSec: 0, lastingMs: 700 })
  expect(silence.area).toBe(0)
  expect(silence.dueMs(0)).toBe(0)
  expect(silence.dueMs(1)).toBe(700)
})

test('an instant owes everyone at 0 ms and nobody before', () => {
  const instant = instantCourse(50)
  expect([instant.areaUntil(-1e-9), instant.areaUntil(0), instant.areaUntil(5)]).toEqual([0, 50, 50])
  expect([instant.dueMs(1), instant.dueMs(50)]).toEqual([0, 0])
  expect(instant.ratePerSecAt(0)).toBe(0)
})
