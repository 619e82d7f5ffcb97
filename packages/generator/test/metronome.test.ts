import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClock } from '../src/clock.ts'
import type { Metronome, RunMetronome } from '../src/metronome.ts'
import { joinMetronome, startMetronome } from '../src/metronome.ts'

const clock = createClock()
let metronome: RunMetronome
beforeAll(async () => {
  metronome = await startMetronome(clock, 3)
})
afterAll(() => metronome.stop())

/** The moment at which `seat`, the first unless it is said, is ticked. */
const tickAt = (ms: number, seat: Metronome = metronome): Promise<number> =>
  new Promise((resolve) => {
    seat.onTick = () => resolve(clock.now())
    seat.wakeAt(ms)
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

test('every seat is ticked by its own moment, whoever asked last', async () => {
  const [near, far] = [1, 2].map((seat) => joinMetronome(metronome.memory, seat, clock)) as [Metronome, Metronome]
  const nowMs = clock.now()
  const order: string[] = []
  const told = (name: string, ms: number, seat: Metronome) => tickAt(ms, seat).then((tickedMs) => order.push(name) && tickedMs - ms)
  const late = await Promise.all([told('far', nowMs + 60, far), told('near', nowMs + 30, near), told('first', nowMs + 5, metronome)])
  expect(order).toEqual(['first', 'near', 'far'])
  for (const ms of late) expect(ms).toBeGreaterThanOrEqual(0)
  await Promise.all([near.stop(), far.stop()])
})

test('the moment after the next is ticked too, without another word', async () => {
  const nowMs = clock.now()
  const ticksMs: number[] = []
  await new Promise<void>((resolve) => {
    metronome.onTick = () => ticksMs.push(clock.now()) === 2 && resolve()
    metronome.wakeAt(nowMs + 4, nowMs + 12)
  })
  expect(ticksMs[0]).toBeGreaterThanOrEqual(nowMs + 4)
  expect(ticksMs[1]).toBeGreaterThanOrEqual(nowMs + 12)
})

test('a clock made in another thread agrees on what moment it is', async () => {
  const script = `const { parentPort, workerData } = require('node:worker_threads')
    import(workerData).then(({ createClock }) => { const clock = createClock(); parentPort.postMessage(clock.shared(clock.now())) })`
  const beforeMs = clock.shared(clock.now())
  const worker = new Worker(script, { eval: true, workerData: new URL('../src/clock.ts', import.meta.url).href })
  const [theirMs] = (await once(worker, 'message')) as [number]
  expect(theirMs).toBeGreaterThan(beforeMs)
  expect(theirMs).toBeLessThan(clock.shared(clock.now()))
})
