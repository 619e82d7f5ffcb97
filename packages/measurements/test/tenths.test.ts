import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeWindows } from '../src/merge-windows.ts'
import { packWindow, unpackWindow } from '../src/packed-window.ts'
import { Recorder } from '../src/recorder.ts'
import { windowForm } from '../src/run-forms.ts'
import { Timeline } from '../src/timeline.ts'
import type { Window } from '../src/window.ts'
import { parseWindow, timelineLine } from '../src/window-text.ts'
import { destroyAll, happenings, windowsOf } from './support/happenings.ts'

/** One request due and sent at each of these moments; the windows are never used again. */
function windowsAt(atMs: readonly number[], endMs: number): readonly Window[] {
  const windows: Window[] = []
  const recorder = new Recorder((window) => windows.push(window))
  const slot = recorder.slot(null, 'landing')
  for (const each of atMs) {
    recorder.advance(each)
    recorder.arrived()
    recorder.due(slot)
    recorder.sent(slot, 0)
  }
  recorder.finish(endMs)
  return windows
}

const dueOf = (windows: readonly Window[]): readonly unknown[] => windows.map(({ tenths }) => tenths?.due)

describe('arrivals by 100 ms', () => {
  test('are counted in the 100 ms in which they came, whatever came before in the second', () => {
    expect(dueOf(windowsAt([0, 99, 100, 250, 999, 1_000, 1_950], 2_000))).toEqual([
      [2, 1, 1, 0, 0, 0, 0, 0, 0, 1],
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ])
  })

  test('stay empty through a silence, of seconds too', () => {
    expect(dueOf(windowsAt([50, 2_350], 3_000))[1]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(dueOf(windowsAt([50, 2_350], 3_000))[2]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
  })

  test('are as many numbers as a short window has begun 100 ms, with what came at its very end in the last', () => {
    expect(dueOf(windowsAt([0, 240], 250))).toEqual([[1, 0, 1]])
    expect(dueOf(windowsAt([0, 290, 300], 300))).toEqual([[1, 0, 2]])
  })

  test('add up to what the window counts, over one thread or several, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(happenings, { minLength: 1, maxLength: 3 }), (threads) => {
        const perThread = threads.map((all) => windowsOf(all, 3_500))
        for (let index = 0; index < 4; index++) {
          const windows = perThread.flatMap((all) => all[index] ?? [])
          const merged = mergeWindows(windows)
          for (const window of [...windows, merged]) expect(sumsOf(window)).toEqual(countsOf(window))
          destroyAll([merged])
        }
        for (const all of perThread) destroyAll(all)
      }),
      { numRuns: 30 },
    )
  })

  test('are the same once they were stored, or handed to another thread', () => {
    const [window] = windowsAt([0, 110, 120], 1_000)
    if (window === undefined) throw new Error('one window')
    const lateness = `Tag=lateness,0.000,1.000,0.000,${window.lateness.encode()}`
    const service = [lateness].values()
    expect(parseWindow(timelineLine(window), () => service.next().value ?? null)?.tenths).toEqual(window.tenths)
    expect(unpackWindow(packWindow(window)).tenths).toEqual(window.tenths)
  })

  test('are missing from a folder of an earlier version, which is read all the same; more than ten are none of ours', () => {
    const [window] = windowsAt([0], 1_000)
    if (window === undefined) throw new Error('one window')
    const { tenths, ...older } = JSON.parse(timelineLine(window))
    expect(windowForm(older)).toBeNull()
    expect(windowForm({ ...older, tenths: { ...tenths, due: [...tenths.due, 0] } })?.expected).toBe('a list of 10 at most')
    const { tenths: _, ...bare } = window
    expect(mergeWindows([bare, bare]).tenths).toBeUndefined()
  })

  test('stand in the rows of the timeline as long as a row is one window', () => {
    const timeline = new Timeline()
    const windows = windowsAt([0], 3_601_000)
    for (const window of windows.slice(0, 2)) timeline.add(window)
    expect(timeline.rows[0]?.tenths).toEqual(windows[0]?.tenths)
    for (const window of windows.slice(2)) timeline.add(window)
    expect(timeline.rows[0]?.tenths).toBeUndefined()
    destroyAll(windows)
  })
})

function sumsOf({ tenths }: Window): unknown {
  const sum = (all: readonly number[] = []): number => all.reduce((total, count) => total + count, 0)
  return { arrivals: sum(tenths?.arrivals), due: sum(tenths?.due), sent: sum(tenths?.sent) }
}

function countsOf({ cells, shoppers }: Window): unknown {
  const sum = (of: 'due' | 'sent'): number => cells.reduce((total, { counts }) => total + counts[of], 0)
  return { arrivals: shoppers.due, due: sum('due'), sent: sum('sent') }
}
