import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createClock } from '../src/clock.ts'
import type { SelfWatch } from '../src/self-watch.ts'
import { watchSelf } from '../src/self-watch.ts'

const clock = createClock()
let watch: SelfWatch
afterEach(() => watch.stop())

test('CPU time counts from the reading before; where nobody can tell, nobody guesses', () => {
  const readings = [100, 130, 190, null, null]
  watch = watchSelf(clock, () => readings.shift() ?? null)
  expect([watch.cpuMs(), watch.cpuMs(), watch.cpuMs(), watch.cpuMs()]).toEqual([30, 60, null, null])
})

test('a stall shows as event-loop delay, also when it begins as soon as the one before was told', async () => {
  watch = watchSelf(clock, () => null)
  await sleep(50)
  watch.loopDelay()
  for (const untilMs = clock.now() + 150; clock.now() < untilMs; );
  await sleep(1)
  // A timer of 20 ms cannot see how long before it the stall began.
  expect(watch.loopDelay().max).toBeGreaterThanOrEqual(150 - 20)
})

test('memory that is thrown away shows as pauses, and none of them is told twice', async () => {
  watch = watchSelf(clock, () => null)
  let kept: unknown[] = []
  for (let i = 0; i < 400_000; i++) kept = [kept.length, new Array(40).fill(i)]
  expect(kept.length).toBe(2)
  // They are told in a turn of their own.
  await sleep(1)
  const { total, max } = watch.gcPause()
  expect(total).toBeGreaterThan(0)
  expect(max).toBeLessThanOrEqual(total)
  expect(watch.gcPause()).toEqual({ total: 0, max: 0 })
})
