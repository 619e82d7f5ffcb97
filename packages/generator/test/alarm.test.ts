import { expect, test } from 'vitest'
import { Alarm } from '../src/alarm.ts'
import { createClock } from '../src/clock.ts'

test('an alarm never rings before its moment, however many are set in one turn and whatever their fraction', async () => {
  const clock = createClock()
  const early = await Promise.all(
    Array.from({ length: 200 }, (_, nth) => {
      const atMs = clock.now() + 5 + nth / 37
      return new Promise<number>((resolve) => new Alarm(clock, atMs, () => resolve(atMs - clock.now())))
    }),
  )
  expect(Math.max(...early)).toBeLessThanOrEqual(0)
})

test('an alarm that was cancelled does not ring', async () => {
  const clock = createClock()
  let rang = false
  new Alarm(clock, clock.now() + 2, () => {
    rang = true
  }).cancel()
  await new Promise<void>((resolve) => new Alarm(clock, clock.now() + 6, resolve))
  expect(rang).toBe(false)
})
