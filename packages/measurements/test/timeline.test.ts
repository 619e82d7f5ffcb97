import { expect, test } from 'vitest'
import { Recorder } from '../src/recorder.ts'
import { mostRows, Timeline } from '../src/timeline.ts'

function timelineOf(windows: number): Timeline {
  const timeline = new Timeline()
  const recorder = new Recorder((window, release) => {
    timeline.add(window)
    release()
  })
  const slot = recorder.slot(null, 'x')
  for (let i = 0; i < windows; i++) {
    recorder.advance(i * 1_000)
    recorder.due(slot)
    if (i !== 1) recorder.answered(slot, false, i + 1, i + 1)
  }
  recorder.finish(windows * 1_000)
  return timeline
}

test('a second without an answer has no percentile', () => expect(timelineOf(3).rows.map(({ p99 }) => p99)).toEqual([1, null, 3]))

test('a long run is drawn with as many rows as a short one, and loses no count and no worst second', () => {
  const { rows } = timelineOf(10_000)
  expect(rows.length).toBeLessThanOrEqual(mostRows)
  expect(rows.reduce((sum, { due }) => sum + due, 0)).toBe(10_000)
  expect(rows.reduce((sum, { lastingMs }) => sum + lastingMs, 0)).toBe(10_000_000)
  expect(Math.max(...rows.map(({ max }) => max ?? 0))).toBe(10_000)
})
