import { expect, test } from 'vitest'
import { rateCap } from '../src/rate-cap.ts'

const capOf = (mostPerSec: number, memory = new SharedArrayBuffer(4)) => rateCap(mostPerSec, new Int32Array(memory), 0)

/** How many requests at these moments are let pass. */
const passed = (isBeyond: (nowMs: number) => boolean, ...momentsMs: readonly number[]): number =>
  momentsMs.filter((nowMs) => !isBeyond(nowMs)).length

const times = (count: number, nowMs: number): readonly number[] => Array.from({ length: count }, () => nowMs)

// One more than the cap passes, and one in a hundred.
test('a second holds the cap, one more, and one in a hundred', () => {
  expect(passed(capOf(20), ...times(50, 0))).toBe(21)
  expect(passed(capOf(500), ...times(600, 0))).toBe(506)
})

test('every second starts anew, however long the run', () => {
  const isBeyond = capOf(10)
  for (const second of [0, 1, 2, 900, 4_095, 4_096, 5_000]) expect(passed(isBeyond, ...times(20, second * 1e3 + 5))).toBe(11)
})

test('a moment before the zero belongs to the first second, and one just gone by to the second that another thread is in', () => {
  expect(passed(capOf(10), ...times(8, -0.1), ...times(8, 3))).toBe(11)
  expect(passed(capOf(10), ...times(8, 2_000), ...times(8, 1_999.9))).toBe(11)
})

test('threads share one cap', () => {
  const memory = new SharedArrayBuffer(4)
  const [one, other] = [capOf(10, memory), capOf(10, memory)]
  expect(passed(one, ...times(6, 100)) + passed(other, ...times(6, 200)) + passed(one, ...times(6, 300))).toBe(11)
})

test('a cap that no machine reaches refuses nothing', () => {
  expect(passed(capOf(2_000_000), ...times(2_000, 0))).toBe(2_000)
})
