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

test('a connection counts in the window in which it was opened, and a bank that is used again has forgotten it', () => {
  const opened: [number, number][] = []
  const recorder = new Recorder(({ connect, handshake }, release) => {
    opened.push([connect.count, handshake.count])
    release()
  })
  recorder.connected(0.4, 2)
  recorder.connected(0.4, null)
  recorder.advance(2_000)
  recorder.connected(0.4, null)
  recorder.finish(2_500)
  expect(opened).toEqual([
    [2, 1],
    [0, 0],
    [1, 0],
  ])
})

test('requests under way are averaged over time, and the most of them is kept across windows', () => {
  const flights: unknown[] = []
  const recorder = new Recorder(({ inFlight }, release) => {
    flights.push(inFlight)
    release()
  })
  const slot = recorder.slot(null, 'x')
  recorder.advance(200)
  recorder.sent(slot, 0)
  recorder.advance(700)
  recorder.sent(slot, 0)
  recorder.advance(1_250)
  recorder.landed(slot, 0, 0)
  recorder.landed(slot, 0, 0)
  recorder.finish(2_500)
  // One for 500 ms and two for 300; two for 250 ms; none at the end.
  expect(flights).toEqual([
    { mean: 1.1, max: 2 },
    { mean: 0.5, max: 2 },
    { mean: 0, max: 0 },
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

test('the generator is asked for its own health once a window, and what nobody measures is not there', () => {
  const health: unknown[] = []
  const keep = ({ loopDelayMs, gcPauseMs, threads }: Window, release: () => void): void => {
    health.push([loopDelayMs.max, gcPauseMs, threads])
    release()
  }
  new Recorder(keep).finish(500)
  const recorder = new Recorder(keep)
  let asked = 0
  recorder.loopDelay = () => ({ p99: 1, max: 2 })
  recorder.gcPause = () => ({ total: ++asked, max: 1 })
  recorder.threadCpu = () => ({ id: 3, cpuMs: asked * 10 })
  recorder.finish(1_500)
  expect(health).toEqual([
    [0, null, []],
    [2, { total: 1, max: 1 }, [{ id: 3, cpuMs: 10 }]],
    [2, { total: 2, max: 1 }, [{ id: 3, cpuMs: 20 }]],
  ])
})
