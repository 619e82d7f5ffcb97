import { expect, test } from 'vitest'
import { mostSteps, otherSteps, Recorder } from '../src/recorder.ts'
import type { Window } from '../src/window.ts'
import { told } from './support/story.ts'

test('every window is handed over once, in order, empty ones too', () => {
  const seen: [number, number, number][] = []
  const recorder = new Recorder(({ index, startMs, lastingMs }, release) => {
    seen.push([index, startMs, lastingMs])
    release()
  })
  recorder.advance(2_500)
  recorder.finish(3_250)
  expect(seen).toEqual([
    [0, 0, 1_000],
    [1, 1_000, 1_000],
    [2, 2_000, 1_000],
    [3, 3_000, 250],
  ])
})

test('what happened counts in the window in which it happened', () => {
  const rows: unknown[] = []
  told(({ cells }) =>
    rows.push(cells.map(({ step, counts }) => [step, counts.due, counts.sent, counts.ok, counts.degraded, counts.failed, counts.dropped])),
  )
  expect(rows).toEqual([
    [
      ['landing', 1, 1, 1, 0, 0, 0],
      ['place, an order', 1, 1, 0, 0, 0, 0],
    ],
    [['place, an order', 1, 1, 0, 1, 1, 0]],
    [['place, an order', 1, 0, 0, 0, 0, 1]],
  ])
})

test('a window is not touched by what happens after it, until it is released', () => {
  const kept: Window[] = []
  const recorder = new Recorder((window) => kept.push(window))
  const slot = recorder.slot(null, 'x')
  recorder.sent(slot, 1)
  recorder.advance(1_000)
  recorder.sent(slot, 2)
  recorder.sent(slot, 2)
  recorder.advance(2_000)
  expect(kept.map(({ cells, lateness }) => [cells[0]?.counts.sent, lateness.count])).toEqual([
    [1, 1],
    [2, 2],
  ])
})

test('requests under way are sampled, and the most of them is kept across windows', () => {
  const flights: unknown[] = []
  const recorder = new Recorder(({ inFlight }, release) => {
    flights.push(inFlight)
    release()
  })
  const slot = recorder.slot(null, 'x')
  recorder.sent(slot, 0)
  recorder.sample()
  recorder.sent(slot, 0)
  recorder.sample()
  recorder.advance(1_000)
  recorder.landed(slot, 0, 0)
  recorder.sample()
  recorder.advance(2_000)
  expect(flights).toEqual([
    { mean: 1.5, max: 2, samples: 2 },
    { mean: 1, max: 2, samples: 1 },
  ])
})

test('step names without end share one row, so that they cannot fill the memory', () => {
  const recorder = new Recorder((_, release) => release())
  const steps = new Set(Array.from({ length: 1_000 }, (_, i) => recorder.slot(null, `GET /p/${i}`).step))
  expect(steps.size).toBe(mostSteps + 1)
  expect(recorder.slot(null, 'GET /p/999').step).toBe(otherSteps)
})

test('causes without end share one row', () => {
  const recorder = new Recorder((_, release) => release())
  const slot = recorder.slot(null, 'x')
  for (let i = 0; i < 1_000; i++) recorder.failed(slot, `cause ${i}`, 1)
  expect(Object.keys(slot.cell.causes).length).toBe(101)
  expect(Object.values(slot.cell.causes).reduce((a, b) => a + b)).toBe(1_000)
})

test('causes and checks count under any name, such as those that every object inherits', () => {
  const names = ['__proto__', 'constructor', 'toString']
  const windows: Window[] = []
  const recorder = new Recorder((window) => windows.push(window))
  const slot = recorder.slot(null, 'x')
  for (const name of [...names, ...names]) {
    recorder.failed(slot, name, 1)
    recorder.check(name, false)
  }
  recorder.finish(500)
  expect(Object.entries(windows[0]?.cells[0]?.causes ?? {})).toEqual(names.map((name) => [name, 2]))
  expect(Object.entries(windows[0]?.checks ?? {})).toEqual(names.map((name) => [name, { passed: 0, failed: 2 }]))
})
