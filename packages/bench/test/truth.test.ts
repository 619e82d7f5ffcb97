import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Holding } from '../src/held-answers.ts'
import { answerMs, oneIn } from '../src/held-answers.ts'
import { errorsOf, openModel, percentilesOf } from '../src/truth.ts'

type Freezes = Extract<Holding, { kind: 'freezes' }>
const freezes: Freezes = { kind: 'freezes', everyMs: 5_000, afterMs: 2_000, frozenMs: 1_000, serviceMs: 20 }

test('of the numbers from 1 to 100 the percentiles are themselves', () => {
  const shuffled = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1)
  expect(percentilesOf(shuffled)).toEqual({ p50Ms: 50, p90Ms: 90, p99Ms: 99 })
})

test('a server that saw nothing has no percentiles', () => expect(() => percentilesOf([])).toThrow('saw no request'))

test('where every twentieth takes 100 ms, the p90 is still 10 and the p99 is 100', () => {
  const delays: Holding = { kind: 'delays', delaysMs: oneIn(20, 10, 100) }
  const service = Array.from({ length: 400 }, (_, index) => answerMs(delays, 7, index + 1) - 7)
  expect(service.filter((ms) => ms === 100)).toHaveLength(20)
  expect(percentilesOf(service)).toEqual({ p50Ms: 10, p90Ms: 10, p99Ms: 100 })
})

test.each([
  ['before a freeze', 1_000, 1_020],
  ['that would have been answered at its very beginning', 1_980, 3_000],
  ['in its middle', 2_480, 3_000],
  ['answered just after it', 2_980, 3_000],
  ['after it', 3_500, 3_520],
  ['in the next cycle', 7_100, 8_000],
])('a request %s', (_, arrivedMs, expectedMs) => expect(answerMs(freezes, arrivedMs, 1)).toBe(expectedMs))

test('a second in five frozen makes p90 half a freeze and p99 nearly a whole one', () => {
  expect(openModel(freezes, 20)).toEqual({ p50Ms: 20, p90Ms: expect.closeTo(520, 6), p99Ms: expect.closeTo(970, 6) })
})

test('the equation is what shoppers at an even rate would meet, whatever the freeze', () => {
  const anyFreezes = fc.record({
    everyMs: fc.integer({ min: 2_000, max: 10_000 }),
    frozenMs: fc.integer({ min: 100, max: 1_500 }),
    afterMs: fc.integer({ min: 0, max: 500 }),
  })
  fc.assert(
    fc.property(anyFreezes, (some) => {
      const these: Freezes = { ...freezes, ...some }
      const count = 20_000
      const met = Array.from({ length: count }, (_, index) => {
        const arrivedMs = ((index + 0.5) / count) * 2 * these.everyMs
        return answerMs(these, arrivedMs, 1) - arrivedMs
      })
      const [simulated, equation] = [percentilesOf(met), openModel(these, 20)]
      // Neighbouring arrivals are this far apart, and the rank may fall on either.
      const apartMs = (2 * these.everyMs) / count
      expect(Math.abs(simulated.p50Ms - equation.p50Ms)).toBeLessThanOrEqual(2 * apartMs)
      expect(Math.abs(simulated.p90Ms - equation.p90Ms)).toBeLessThanOrEqual(2 * apartMs)
      expect(Math.abs(simulated.p99Ms - equation.p99Ms)).toBeLessThanOrEqual(2 * apartMs)
    }),
    { numRuns: 50 },
  )
})

test('who says 15 where 20 is true is off by a quarter, downwards', () => {
  const truth = { p50Ms: 20, p90Ms: 500, p99Ms: 1_000 }
  const errors = errorsOf({ percentiles: { p50Ms: 15, p90Ms: 500, p99Ms: 1_010 } }, truth)
  expect(errors).toMatchObject({ p50ErrorRatio: -0.25, p90ErrorRatio: 0, saidP50Ms: 15, trueP99Ms: 1_000 })
  expect(errors.p99ErrorRatio).toBeCloseTo(0.01, 9)
})

test('who tells no percentiles cannot be off', () => {
  expect(() => errorsOf({ percentiles: null }, { p50Ms: 1, p90Ms: 1, p99Ms: 1 })).toThrow('no percentiles')
})
