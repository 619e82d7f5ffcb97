import type { Spacing, Stage } from '@doorbuster/plan'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArrivalSource } from '../src/arrivals.ts'
import { arrivals, dueTimes } from '../src/arrivals.ts'
import { outline } from '../src/outline.ts'
import type { Stripe } from '../src/stripe.ts'
import { stripe } from '../src/stripe.ts'
import { exactDueNanos } from './support/exact-lines.ts'
import { anyTraffic, burst, hold, lognormal, overlay, ramp, silence } from './support/stages.ts'

const evenly = (...traffic: readonly Stage[]): ArrivalSource => ({ traffic, spacing: 'even', seed: 1 })
const poisson = (seed: number, ...traffic: readonly Stage[]): ArrivalSource => ({ traffic, spacing: 'poisson', seed })

type Seen = { dueMs: number; nth: number; stage: number }

function all(source: ArrivalSource, share?: Stripe): Seen[] {
  const cursor = arrivals(source, share)
  const seen: Seen[] = []
  while (cursor.advance()) seen.push({ dueMs: cursor.dueMs, nth: cursor.nth, stage: cursor.stage })
  return seen
}

describe('evenly spaced', () => {
  test('a hold of 4/s owes one every 250 ms, the first after 250 ms and the last at its very end', () => {
    expect([...dueTimes(evenly(hold(4, 1000)))]).toEqual([250, 500, 750, 1000])
  })

  test('2,000/s for 20 s is 40,000, the last due at 20,000 ms exactly', () => {
    const seen = all(evenly(hold(2000, 20_000)))
    expect(seen.length).toBe(40_000)
    expect(seen.at(-1)).toEqual({ dueMs: 20_000, nth: 40_000, stage: 0 })
  })

  test('a 500 ms ramp of 100 sends 100', () => {
    const seen = all(evenly(ramp(0, 400, 500)))
    expect(seen.length).toBe(100)
    expect(seen[24]?.dueMs).toBe(250)
    expect(seen[99]?.dueMs).toBe(500)
  })

  test('a fraction left by one stage counts in the next', () => {
    // 1.5 from the first second; half of one more after a quarter of a second at 2/s.
    const due = [...dueTimes(evenly(hold(1.5, 1000), hold(2, 1000)))]
    expect(due).toEqual([1000 / 1.5, 1250, 1750].map((ms) => expect.closeTo(ms, 9)))
  })

  test('ten stages that owe a tenth each send one, and three that owe a third', () => {
    expect(all(evenly(...Array.from({ length: 10 }, () => hold(0.1, 1000))))).toEqual([{ dueMs: 10_000, nth: 1, stage: 9 }])
    expect(all(evenly(...Array.from({ length: 3 }, () => hold(1 / 3, 1000))))).toEqual([{ dueMs: 3000, nth: 1, stage: 2 }])
  })

  test('a hundred thousand stages do not drift', () => {
    const cursor = arrivals(evenly(...Array.from({ length: 100_000 }, () => hold(3, 100))))
    let count = 0
    while (cursor.advance()) {
      count += 1
      if (count % 3 === 0) expect(cursor.dueMs).toBeCloseTo(1000 * (count / 3), 6)
    }
    expect(count).toBe(30_000)
    expect(cursor.dueMs).toBe(10_000_000)
  })

  test('nothing is due in a silence, and what follows is due later by as much', () => {
    expect([...dueTimes(evenly(hold(2, 1000), silence(5000), hold(2, 1000)))]).toEqual([500, 1000, 6500, 7000])
  })

  test('a burst at one instant gives all of its arrivals the same due time', () => {
    expect(all(evenly(hold(2, 1000), burst(3), hold(2, 1000)))).toEqual([
      { dueMs: 500, nth: 1, stage: 0 },
      { dueMs: 1000, nth: 2, stage: 0 },
      { dueMs: 1000, nth: 3, stage: 1 },
      { dueMs: 1000, nth: 4, stage: 1 },
      { dueMs: 1000, nth: 5, stage: 1 },
      { dueMs: 1500, nth: 6, stage: 2 },
      { dueMs: 2000, nth: 7, stage: 2 },
    ])
  })

  test('a burst within a width is spread evenly over it', () => {
    expect([...dueTimes(evenly(burst(4, 100)))]).toEqual([25, 50, 75, 100])
  })

  test('an empty plan, and one that owes less than one, send nothing', () => {
    expect(all(evenly())).toEqual([])
    expect(all(evenly(hold(0.9, 1000)))).toEqual([])
  })

  test('splitting a hold in two changes nothing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 200, noNaN: true }),
        fc.integer({ min: 2, max: 20_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (rate, lastingMs, share) => {
          const whole = [...dueTimes(evenly(hold(rate, lastingMs)))]
          const split = [...dueTimes(evenly(hold(rate, lastingMs * share), hold(rate, lastingMs - lastingMs * share)))]
          expect(split.length).toBe(whole.length)
          split.forEach((dueMs, index) => expect(Math.abs(dueMs - (whole[index] ?? Number.NaN))).toBeLessThan(1e-6))
        },
      ),
    )
  })

  test('holds and ramps agree with exact arithmetic to a nanosecond', () => {
    const rate = fc.integer({ min: 0, max: 400 })
    const line = fc.record({ fromPerSec: rate, toPerSec: rate, lastingMs: fc.integer({ min: 1, max: 3000 }) })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const exact = exactDueNanos(lines)
        const due = [...dueTimes(evenly(...lines.map((each) => ramp(each.fromPerSec, each.toPerSec, each.lastingMs))))]
        expect(due.length).toBe(exact.length)
        // The oracle rounds up to a whole ns.
        due.forEach((dueMs, index) => expect(Math.abs(dueMs * 1e6 - Number(exact[index]))).toBeLessThan(1.5))
      }),
      { numRuns: 40 },
    )
  })
})

describe('any traffic', () => {
  const spacing = fc.constantFrom<Spacing>('even', 'poisson')
  const small = anyTraffic(4).filter((traffic) => outline(traffic).arrivals < 20_000)

  test('sends the whole part of the area that it declares', () => {
    fc.assert(
      fc.property(small, (traffic) => {
        expect(all(evenly(...traffic)).length).toBe(outline(traffic).count)
      }),
      { numRuns: 60 },
    )
  })

  test('never goes back in time, and stays inside the stage it names', () => {
    fc.assert(
      fc.property(small, spacing, (traffic, spacing) => {
        const { stages } = outline(traffic)
        let beforeMs = 0
        for (const { dueMs, stage } of all({ traffic, spacing, seed: 5 })) {
          const { startMs, lastingMs } = stages[stage] ?? { startMs: Number.NaN, lastingMs: Number.NaN }
          if (dueMs < beforeMs || dueMs < startMs || dueMs > startMs + lastingMs + 1e-9) throw new Error(`${dueMs} in stage ${stage}`)
          beforeMs = dueMs
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is the union of its stripes, in order', () => {
    fc.assert(
      fc.property(small, spacing, fc.integer({ min: 1, max: 7 }), (traffic, spacing, workers) => {
        const source = { traffic, spacing, seed: 9 }
        const stripes = Array.from({ length: workers }, (_, worker) => all(source, stripe(worker, workers)))
        const merged = stripes.flat().sort((a, b) => a.nth - b.nth)
        expect(merged).toEqual(all(source))
      }),
      { numRuns: 40 },
    )
  })
})

describe('laziness', () => {
  const huge = evenly(hold(20, 60_000), lognormal(100_000_000, 45_000, 1, 300_000))

  test('the first ten of a plan of 10⁸ come without the rest', () => {
    const cursor = arrivals(evenly(hold(100_000, 1_000_000)))
    const first: number[] = []
    while (first.length < 10 && cursor.advance()) first.push(cursor.dueMs)
    expect(first).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((nth) => nth / 100))
  })

  test('a worker among 10⁷ jumps over everyone else', () => {
    const jumps = all(huge, stripe(9_999_999, 10_000_000))
    expect(jumps.map(({ nth }) => nth)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => step * 10_000_000))
  })
})

describe('Poisson', () => {
  const traffic = [ramp(0, 40, 10_000), burst(30), hold(20, 5000)]
  // 200 + 30 + 100
  const expected = 330
  const counts = Array.from({ length: 400 }, (_, seed) => all(poisson(seed, ...traffic)))

  test('sends the declared number on average, with the variance of a Poisson count, within 5σ', () => {
    const sizes = counts.map((seen) => seen.length)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / (sizes.length - 1)
    expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(expected / sizes.length))
    expect(Math.abs(variance - expected)).toBeLessThan(5 * expected * Math.sqrt(2 / sizes.length))
  })

  test('follows the shape: times turned back into areas are uniform over twenty cells', () => {
    const cells = new Array<number>(20).fill(0)
    for (const { dueMs } of counts.flat()) {
      // The ramp owes 2·(t/1 s)² by t: 200 in all, so ten arrivals a cell.
      if (dueMs >= 10_000) continue
      const cell = Math.floor((2 * (dueMs / 1000) ** 2) / 10)
      cells[cell] = (cells[cell] ?? 0) + 1
    }
    const each = 10 * counts.length
    const chiSquare = cells.reduce((sum, count) => sum + (count - each) ** 2 / each, 0)
    expect(chiSquare).toBeLessThan(20 + 5 * Math.sqrt(40))
    // Evenly spaced arrivals would give about 0.
    expect(chiSquare).toBeGreaterThan(3)
  })

  test('one seed gives one sequence, another seed another', () => {
    expect(all(poisson(3, ...traffic))).toEqual(counts[3])
    expect(counts[3]).not.toEqual(counts[4])
  })

  test('arrivals of a burst share its instant', () => {
    for (const { dueMs, stage } of counts.slice(0, 20).flat()) if (stage === 1) expect(dueMs).toBe(10_000)
  })
})

test('a cursor stands before the first arrival, and after the last on the last', () => {
  const cursor = arrivals(evenly(overlay([hold(1, 2000)]), silence(1000)))
  expect([cursor.dueMs, cursor.nth, cursor.stage]).toEqual([0, 0, -1])
  while (cursor.advance());
  expect(cursor.advance()).toBe(false)
  expect([cursor.dueMs, cursor.nth, cursor.stage]).toEqual([2000, 2, 0])
})
