import { parseThink } from '@doorbuster/plan'
import { seededRandom } from '@doorbuster/schedule'
import { expect, test } from 'vitest'
import { drawThinkMs } from '../src/think.ts'

const drawn = (text: string, count: number): number[] => {
  const random = seededRandom(7, 1)
  return Array.from({ length: count }, () => drawThinkMs(parseThink(text), () => random.uniform()))
}

test('a fixed time is always itself', () => expect(new Set(drawn('3s', 10))).toEqual(new Set([3_000])))

test('an exponential time has its mean, and never passes its cap', () => {
  const times = drawn('exp 100ms cap 800ms', 20_000)
  const meanMs = times.reduce((a, b) => a + b) / times.length
  // The cap takes e^-8 of the mean off; five standard errors are 100 / sqrt(20000) × 5.
  expect(Math.abs(meanMs - 100 * (1 - Math.exp(-8)))).toBeLessThan(3.6)
  expect(Math.max(...times)).toBe(800)
})

test('a uniform time stays between its ends and reaches near both', () => {
  const times = drawn('uniform 1s 5s', 5_000)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(1_000)
  expect(Math.min(...times)).toBeLessThan(1_010)
  expect(Math.max(...times)).toBeLessThanOrEqual(5_000)
  expect(Math.max(...times)).toBeGreaterThan(4_990)
})

test.each(['', 'exp', 'exp 3', 'exp 3s cap', 'uniform 5s 1s', '3s 4s'])('%j is no time to think', (text) =>
  expect(() => parseThink(text)).toThrow(/expected a (?:time|duration)/),
)

test('half of all log-normal times lie below their median, one in six above a sigma, none above the cap', () => {
  const times = drawn('lognormal median 100ms sigma 0.8 cap 500ms', 20_000)
  const share = (ms: number): number => times.filter((each) => each < ms).length / times.length
  // Five standard errors of a half are 5 · 0.5 / √20000; Φ(1) is 0.8413.
  expect(Math.abs(share(100) - 0.5)).toBeLessThan(0.018)
  expect(Math.abs(share(100 * Math.exp(0.8)) - 0.8413)).toBeLessThan(0.018)
  expect(Math.max(...times)).toBe(500)
})
