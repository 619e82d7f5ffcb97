import { expect, test } from 'vitest'
import { instantCourse, lineCourse } from '../src/linear.ts'
import { distinct, sequenceCourse } from '../src/sequence.ts'

const flat = (ratePerSec: number, lastingMs: number) => lineCourse({ fromPerSec: ratePerSec, toPerSec: ratePerSec, lastingMs })

// 10 by 1 s, 5 at once there, nothing for 2 s, 20 more by 4 s.
const lane = sequenceCourse([flat(10, 1000), instantCourse(5), flat(0, 2000), flat(20, 1000)])

test('lengths and areas add up', () => {
  expect([lane.lastingMs, lane.area]).toEqual([4000, 35])
  expect([999, 1000, 2500, 3500, 9000].map((tMs) => lane.areaUntil(tMs))).toEqual([9.99, 15, 15, 25, 35])
})

test('the earliest time counts: nobody waits through the quiet part', () => {
  expect([10, 11, 15, 16, 35].map((nth) => lane.dueMs(nth))).toEqual([1000, 1000, 1000, 3050, 4000])
})

test('where two parts meet the later one has the rate', () => {
  expect([0, 1000, 3000, 4000, 4001].map((tMs) => lane.ratePerSecAt(tMs))).toEqual([10, 0, 20, 20, 0])
  expect(lane.highestPerSec()).toBe(20)
})

test('edges and jumps are counted from the start of the whole', () => {
  expect(lane.edgesMs).toEqual([0, 1000, 3000, 4000])
  expect(lane.jumps).toEqual([{ atMs: 1000, arrivals: 5 }])
})

test('nothing in a row is nothing', () => {
  expect(sequenceCourse([])).toMatchObject({ lastingMs: 0, area: 0 })
  expect(sequenceCourse([]).areaUntil(5)).toBe(0)
})

test('numbers come back sorted by size, each once', () => {
  expect(distinct([10, 9, 100, 9, 1e-3])).toEqual([1e-3, 9, 10, 100])
})
