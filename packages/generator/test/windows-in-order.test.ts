import type { Window } from '@doorbuster/measurements'
import { packWindow, Recorder, unpackWindow } from '@doorbuster/measurements'
import { expect, test } from 'vitest'
import { WindowsInOrder } from '../src/windows-in-order.ts'

/** Windows of one thread that began so many requests a second. */
function windowsOf(...requests: readonly number[]): readonly Window[] {
  const windows: Window[] = []
  const recorder = new Recorder((window, release) => {
    windows.push(unpackWindow(packWindow(window)))
    release()
  })
  for (const [second, count] of requests.entries()) {
    recorder.advance(second * 1e3)
    for (let i = 0; i < count; i++) recorder.due(recorder.slot(null, 'landing'))
  }
  recorder.finish(requests.length * 1e3)
  return windows
}

function merging(threads: number) {
  const seen: [index: number, due: number][] = []
  const windows = new WindowsInOrder(threads, (window, release) => {
    seen.push([window.index, window.cells.reduce((sum, { counts }) => sum + counts.due, 0)])
    release()
  })
  return { windows, seen }
}

test('a second goes on when the last thread has handed it in, in order, whoever is ahead', () => {
  const { windows, seen } = merging(2)
  for (const window of windowsOf(1, 2, 3)) windows.add(0, window)
  expect(seen).toEqual([])
  for (const window of windowsOf(10, 20)) windows.add(1, window)
  expect(seen).toEqual([
    [0, 11],
    [1, 22],
  ])
})

test('a thread that hands in nothing more is not waited for', () => {
  const { windows, seen } = merging(3)
  for (const window of windowsOf(1, 2)) windows.add(0, window)
  windows.end(2)
  expect(seen).toEqual([])
  windows.end(1)
  expect(seen).toEqual([
    [0, 1],
    [1, 2],
  ])
})

test('what was handed in after an earlier end still goes on', () => {
  const { windows, seen } = merging(2)
  windows.end(0)
  for (const window of windowsOf(5, 0, 7)) windows.add(1, window)
  windows.end(1)
  expect(seen).toEqual([
    [0, 5],
    [1, 0],
    [2, 7],
  ])
})
