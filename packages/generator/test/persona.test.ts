import type { Shopper } from '@doorbuster/plan'
import { launch } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { doorsOf, personaOf, waitingOf } from '../src/persona.ts'

const plan = launch({
  name: 'x',
  target: 'http://127.0.0.1/',
  traffic: 'baseline: hold 1/s for 10s; countdown: hold 1/s for 20s; doors: hold 5/s for 10s',
  shoppers: [
    {
      name: 'a',
      devices: { phone: { share: 0.7, rtt: 'lognormal median 80ms sigma 0.5', downBytesPerSec: 1e6 }, desk: { share: 0.3 } },
      watchers: { share: 0.4, jitter: '2s' },
      steps: [{ get: '/' }],
    },
  ],
})
const shopper = plan.shoppers[0] as Shopper
const doors = doorsOf(plan)
const numbers = Array.from({ length: 10_000 }, (_, nth) => nth + 1)

test('each device comes as often as its share says, with the line that it has', () => {
  const personas = numbers.map((nth) => personaOf(shopper, 1, nth))
  const phones = personas.filter(({ device }) => device?.name === 'phone')
  // Five standard errors of a share of 0.7 among 10,000 are 0.023.
  expect(Math.abs(phones.length / 10_000 - 0.7)).toBeLessThan(0.023)
  expect(phones.every(({ link }) => link?.readBytesPerSec === 1e6 && link.roundTripMs > 0)).toBe(true)
  expect(personas.filter(({ device }) => device?.name === 'desk').every(({ link }) => link === undefined)).toBe(true)
})

test('a shopper is the same in every run of a seed, and another in a run of another', () => {
  const of = (seed: number): unknown => numbers.slice(0, 50).map((nth) => personaOf(shopper, seed, nth))
  expect(of(1)).toEqual(of(1))
  expect(of(1)).not.toEqual(of(2))
})

test('of the countdown the share waits, each until a moment of its own after the doors open', () => {
  const waiting = numbers.flatMap((nth) => waitingOf(shopper, doors, { seed: 1, nth, dueMs: 15_000, phase: 'countdown' }) ?? [])
  // Five standard errors of a share of 0.4 among 10,000 are 0.025.
  expect(Math.abs(waiting.length / 10_000 - 0.4)).toBeLessThan(0.025)
  const moments = waiting.map(({ enterMs }) => enterMs)
  expect([Math.min(...moments) >= 30_000, Math.max(...moments) < 32_000, Math.max(...moments) > 31_900]).toEqual([true, true, true])
})

test('who comes in another phase, or when the doors are open, waits for nothing', () => {
  for (const nth of numbers.slice(0, 200)) {
    expect(waitingOf(shopper, doors, { seed: 1, nth, dueMs: 5_000, phase: 'baseline' })).toBeNull()
    expect(waitingOf(shopper, doors, { seed: 1, nth, dueMs: 30_000, phase: 'doors' })).toBeNull()
  }
})
