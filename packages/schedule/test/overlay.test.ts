import { describe, expect, test } from 'vitest'
import { areaBefore } from '../src/course.ts'
import { courseOf } from '../src/stage-course.ts'
import { burst, exponential, hold, lognormal, overlay, ramp, silence } from './support/stages.ts'

describe('straight lanes', () => {
  test('two holds at once are one hold of both rates', () => {
    const both = courseOf(overlay([hold(10, 4000)], [hold(30, 4000)]))
    expect(both.isStraight).toBe(true)
    expect(both.area).toBe(160)
    expect(both.dueMs(40)).toBe(1000)
  })

  test('a ramp up over a ramp down is flat', () => {
    const flat = courseOf(overlay([ramp(0, 50, 2000)], [ramp(50, 0, 2000)]))
    expect([1, 25, 50, 99].map((nth) => flat.dueMs(nth))).toEqual([20, 500, 1000, 1980].map((ms) => expect.closeTo(ms, 9)))
  })

  test('a lane that ends early leaves the others alone', () => {
    const sum = courseOf(overlay([hold(10, 1000)], [hold(10, 3000)]))
    expect(sum.lastingMs).toBe(3000)
    // 20 in the first second, then 10/s.
    expect(sum.dueMs(20)).toBe(1000)
    expect(sum.dueMs(25)).toBeCloseTo(1500, 9)
    expect(sum.ratePerSecAt(1500)).toBe(10)
  })

  test('the highest rate of a straight sum lies at an edge', () => {
    expect(courseOf(overlay([ramp(0, 80, 1000), silence(1000)], [hold(5, 2000)])).highestPerSec()).toBeCloseTo(85, 9)
  })
})

describe('bursts', () => {
  const watchers = courseOf(overlay([silence(2000), burst(50)], [hold(10, 4000)]))

  test('all of a burst lands exactly on its instant', () => {
    // 20 by 2 s, then 50 at once.
    expect(watchers.dueMs(20)).toBe(2000)
    for (const nth of [21, 45, 70]) expect(watchers.dueMs(nth)).toBe(2000)
    expect(watchers.dueMs(71)).toBeCloseTo(2100, 9)
  })

  test('the area steps there, and the instant itself belongs to the step', () => {
    expect(areaBefore(watchers, 2000)).toBe(20)
    expect(watchers.areaUntil(2000)).toBe(70)
  })

  test('a burst among curved lanes lands exactly too', () => {
    const sum = courseOf(overlay([lognormal(1000, 3000, 1, 10_000)], [silence(1234.5), burst(100)]))
    const before = Math.floor(areaBefore(sum, 1234.5))
    for (const nth of [before + 1, before + 50, before + 99]) expect(sum.dueMs(nth)).toBe(1234.5)
    expect(sum.dueMs(before)).toBeLessThan(1234.5)
  })

  test('overlays nest', () => {
    const inner = overlay([silence(500), burst(3)], [hold(4, 1000)])
    const nested = courseOf(overlay([silence(1000), inner], [hold(1, 2000)]))
    expect(nested.area).toBeCloseTo(9, 12)
    // 1 from the outer second, then 5/s: 3.5 by 1.5 s, and 3 more at that instant.
    expect(nested.dueMs(4)).toBe(1500)
    expect(nested.dueMs(6.5)).toBe(1500)
  })
})

test('curved lanes are solved to 1 µs', () => {
  const sum = courseOf(
    overlay([lognormal(5000, 30_000, 1, 120_000)], [exponential(2000, 20_000, 60_000), hold(3, 60_000)], [ramp(0, 40, 90_000)]),
  )
  expect(sum.isStraight).toBe(false)
  for (let nth = 1; nth < sum.area; nth += 37) {
    const dueMs = sum.dueMs(nth)
    expect((1000 * Math.abs(sum.areaUntil(dueMs) - nth)) / sum.ratePerSecAt(dueMs)).toBeLessThan(1e-3)
  }
})

test('two equal curved lanes are one lane of twice the count', () => {
  const one = lognormal(1000, 5000, 0.8, 20_000)
  const both = courseOf(overlay([one], [one]))
  const alone = courseOf(one)
  for (const nth of [1, 10, 500, 900, 999]) expect(both.dueMs(2 * nth)).toBeCloseTo(alone.dueMs(nth), 6)
})
