import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeWindows } from '../src/merge-windows.ts'
import { Recorder } from '../src/recorder.ts'
import type { Window } from '../src/window.ts'
import type { Happening } from './support/happenings.ts'
import { destroyAll, happenings, told, windowsOf } from './support/happenings.ts'

/** Mean times are sums divided, and a sum may differ in its last bit; everything else is whole numbers. */
function same(one: Window, other: Window): void {
  const [a, b] = [told(one), told(other)] as [Window, Window]
  expect(b).toEqual({ ...a, inFlight: { ...a.inFlight, mean: expect.closeTo(a.inFlight.mean, 9) } })
}

function byIndex(threads: readonly (readonly Window[])[]): readonly Window[] {
  const last = Math.max(...threads.map(({ length }) => length))
  return Array.from({ length: last }, (_, index) => mergeWindows(threads.flatMap((windows) => windows.slice(index, index + 1))))
}

/** Takes turns, as stripes do. Every thread but the first ends right after its last happening. */
function dealt(all: readonly Happening[], threads: number, endMs: number): readonly (readonly Window[])[] {
  return Array.from({ length: threads }, (_, thread) => {
    const own = all.filter((_, nth) => nth % threads === thread)
    return windowsOf(own, thread === 0 ? endMs : (own.at(-1)?.atMs ?? 0) + 0.5)
  })
}

describe('laws of merging', () => {
  test('what several threads saw, each of them only a stripe and some of them not to the end, adds up to what one would have seen', () => {
    fc.assert(
      fc.property(happenings, fc.integer({ min: 1, max: 4 }), (all, threads) => {
        const whole = windowsOf(all, 3_500)
        const stripes = dealt(all, threads, 3_500)
        const merged = byIndex(stripes)
        // Under way are none at the moments of these happenings, but up to one while they go on, in each thread.
        const free = (window: Window): unknown => told({ ...window, inFlight: { mean: 0, max: 0 } })
        expect(merged.map(free)).toEqual(whole.map(free))
        for (const windows of [whole, merged, ...stripes]) destroyAll(windows)
      }),
      { numRuns: 50 },
    )
  })

  test('it does not matter how windows are put in brackets, nor in which order they come', () => {
    const flights = fc.record({ mean: fc.integer({ max: 900, min: 0 }), max: fc.integer({ min: 0, max: 999 }) })
    const pauses = fc.option(fc.record({ total: fc.nat(500), max: fc.nat(99) }))
    const cpu = fc.array(fc.option(fc.nat(999)), { maxLength: 2 })
    const any = fc.tuple(happenings, flights, pauses, cpu, fc.integer({ min: 1, max: 1_000 }))
    fc.assert(
      fc.property(fc.tuple(any, any, any), (given) => {
        // Made anew for each try, since a window that was destroyed is of no use; no two threads of a run have one id.
        const [a, b, c] = given.map(([all, inFlight, gcPauseMs, cpuMs, lastingMs], nth): Window => {
          const threads = cpuMs.map((each, index) => ({ id: nth * 10 + index, cpuMs: each }))
          return { ...(windowsOf(all, 3_500)[0] as Window), inFlight, gcPauseMs, threads, lastingMs }
        }) as [Window, Window, Window]
        const [ab, bc] = [mergeWindows([a, b]), mergeWindows([b, c])]
        const all = [mergeWindows([a, b, c]), mergeWindows([ab, c]), mergeWindows([a, bc]), mergeWindows([c, b, a])] as const
        for (const each of all) same(all[0], each)
        destroyAll([a, b, c, ab, bc, ...all])
      }),
      { numRuns: 50 },
    )
  })
})

describe('a merged window', () => {
  const flying = (mean: number, max: number, lastingMs = 1_000): Window => {
    const [window] = windowsOf([], lastingMs)
    if (window === undefined) throw new Error('one window')
    return { ...window, inFlight: { mean, max } }
  }

  test('has the requests under way of all: means and maxima add', () => {
    expect(mergeWindows([flying(10, 20), flying(5, 9)]).inFlight).toEqual({ mean: 15, max: 29 })
  })

  test('counts a thread that ended halfway for half of the second: 10 for 1 s and 10 for 0.5 s are 15', () => {
    const { lastingMs, inFlight } = mergeWindows([flying(10, 10), flying(10, 10, 500)])
    expect([lastingMs, inFlight]).toEqual([1_000, { mean: 15, max: 20 }])
  })

  test('has the event-loop delay of the thread that was held up longest', () => {
    const [one, other] = [flying(0, 0), flying(0, 0)]
    const merged = mergeWindows([
      { ...one, loopDelayMs: { p99: 3, max: 80 } },
      { ...other, loopDelayMs: { p99: 7, max: 8 } },
    ])
    expect(merged.loopDelayMs).toEqual({ p99: 7, max: 80 })
  })

  test('adds up the pauses of those that measured them, and lists the threads by id', () => {
    const [window] = windowsOf([], 1_000)
    if (window === undefined) throw new Error('one window')
    const merged = mergeWindows([
      { ...window, gcPauseMs: { total: 5, max: 4 }, threads: [{ id: 2, cpuMs: 300 }] },
      window,
      { ...window, gcPauseMs: { total: 7, max: 3 }, threads: [{ id: 1, cpuMs: null }] },
    ])
    expect([merged.gcPauseMs, window.gcPauseMs]).toEqual([{ total: 12, max: 4 }, null])
    expect(merged.threads).toEqual([
      { id: 1, cpuMs: null },
      { id: 2, cpuMs: 300 },
    ])
  })

  test('leaves what it was made of as it was', () => {
    const windows: Window[] = []
    const recorder = new Recorder((window) => windows.push(window))
    recorder.failed(recorder.slot(null, 'x'), 'timeout', 5)
    recorder.finish(500)
    const before = windows.map(told)
    mergeWindows([...windows, ...windows])
    expect(windows.map(told)).toEqual(before)
  })

  test('is made of at least one, and of one second', () => {
    const [first, second] = windowsOf([], 2_000)
    if (first === undefined || second === undefined) throw new Error('two windows')
    expect(() => mergeWindows([])).toThrow('no window')
    expect(() => mergeWindows([first, second])).toThrow('windows of different seconds: 0,1')
  })
})
