import { expect, test } from 'vitest'
import type { Arrivals } from '../src/pace.ts'
import { pace } from '../src/pace.ts'
import { handTime } from './support/hand-time.ts'

/** Arrivals at these moments, as schedule's cursor hands them out. */
function at(...duesMs: readonly number[]): Arrivals {
  let next = 0
  return {
    get dueMs() {
      return duesMs[next - 1] ?? 0
    },
    get nth() {
      return next
    },
    stage: 0,
    advance: () => next++ < duesMs.length,
  }
}

test('nothing is handed out before it is due, and everything at its own wake-up', async () => {
  const { clock, metronome, wakes, moveTo } = handTime()
  const seen: [number, number][] = []
  void pace(at(10, 20, 20, 35), clock, metronome, new AbortController().signal, ({ dueMs }) => seen.push([dueMs, clock.now()]))
  for (const ms of [9.9, 10, 19, 20, 34, 35]) await moveTo(ms)
  expect(seen).toEqual([
    [10, 10],
    [20, 20],
    [20, 20],
    [35, 35],
  ])
  expect(wakes).toEqual([10, 20, 35])
})

test('after a pause the overdue ones come first, in order, none left out', async () => {
  const { clock, metronome, moveTo } = handTime()
  const seen: number[] = []
  const done = pace(at(1, 2, 3, 500, 501), clock, metronome, new AbortController().signal, ({ nth }) => seen.push(nth))
  await moveTo(400)
  expect(seen).toEqual([1, 2, 3])
  await moveTo(501)
  await done
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('a stop leaves what was not due alone', async () => {
  const { clock, metronome, moveTo } = handTime()
  const stop = new AbortController()
  const seen: number[] = []
  const done = pace(at(1, 1_000), clock, metronome, stop.signal, ({ nth }) => seen.push(nth))
  await moveTo(1)
  stop.abort()
  await done
  await moveTo(2_000)
  expect(seen).toEqual([1])
})

test('a plan without arrivals is over at once', async () => {
  const { clock, metronome } = handTime()
  await expect(pace(at(), clock, metronome, new AbortController().signal, () => {})).resolves.toBeUndefined()
})
