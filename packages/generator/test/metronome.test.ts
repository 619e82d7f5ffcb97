import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClock } from '../src/clock.ts'
import type { Metronome } from '../src/metronome.ts'
import { startMetronome } from '../src/metronome.ts'

const clock = createClock()
let metronome: Metronome
beforeAll(async () => {
  metronome = await startMetronome(clock)
})
afterAll(() => metronome.stop())

const tickAt = (ms: number): Promise<number> =>
  new Promise((resolve) => {
    metronome.onTick = () => resolve(clock.now())
    metronome.wakeAt(ms)
  })

test('a tick never comes before its moment', async () => {
  for (let i = 0; i < 50; i++) {
    const wantedMs = clock.now() + 1 + (i % 7) / 3
    expect(await tickAt(wantedMs)).toBeGreaterThanOrEqual(wantedMs)
  }
})

test('a moment that has passed ticks too', async () => {
  const nowMs = clock.now()
  expect(await tickAt(nowMs - 1_000)).toBeGreaterThanOrEqual(nowMs)
})

test('a new moment replaces the one before, sooner or later', async () => {
  metronome.wakeAt(clock.now() + 60_000)
  const soonMs = clock.now() + 2
  const tickedMs = await tickAt(soonMs)
  expect(tickedMs).toBeGreaterThanOrEqual(soonMs)
  expect(tickedMs).toBeLessThan(soonMs + 30_000)
})
