import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PackedWindow } from '../src/packed-window.ts'
import { packWindow, unpackWindow } from '../src/packed-window.ts'
import { Recorder } from '../src/recorder.ts'
import type { Window } from '../src/window.ts'
import { timelineLine } from '../src/window-text.ts'
import { destroyAll, happenings, told, windowsOf } from './support/happenings.ts'

/** Through a message port, with the bytes moved: what arrives is what another thread would see. */
function sent(packed: PackedWindow): PackedWindow {
  const { port1, port2 } = new MessageChannel()
  port1.postMessage(packed, [packed.bytes.buffer])
  const { message } = receiveMessageOnPort(port2) as { message: PackedWindow }
  port1.close()
  return message
}

test('a window that was packed, sent to another thread and unpacked is the same', () => {
  fc.assert(
    fc.property(happenings, (all) => {
      for (const window of windowsOf(all, 3_500)) {
        const again = unpackWindow(sent(packWindow(window)))
        expect(told(again)).toEqual(told(window))
        expect(timelineLine(again)).toBe(timelineLine(window))
        destroyAll([window, again])
      }
    }),
    { numRuns: 50 },
  )
})

test('a packed window stays as it was when the recorder uses its bank again', () => {
  const packed: PackedWindow[] = []
  const recorder = new Recorder((window, release) => {
    packed.push(packWindow(window))
    release()
  })
  const slot = recorder.slot(null, 'x')
  recorder.failed(slot, 'timeout', 5)
  for (const second of [1, 2, 3]) {
    recorder.advance(second * 1_000)
    recorder.failed(slot, 'reset', 9)
  }
  const [first] = packed.map(unpackWindow)
  expect(first?.cells[0]).toMatchObject({ counts: { failed: 1 }, causes: { timeout: 1 } })
  expect(first?.cells[0]?.failedResponse.pct()).toMatchObject({ count: 1, max: 5 })
})

test('an unpacked window can be counted on, with longer times than it came with', () => {
  const windows: Window[] = []
  const recorder = new Recorder((window) => windows.push(unpackWindow(packWindow(window))))
  recorder.connected(1, null)
  recorder.finish(500)
  windows[0]?.connect.recordMs(3_000_000)
  expect(windows[0]?.connect.pct()).toMatchObject({ count: 2, p50: 1, max: 3_000_000 })
})

test('bytes that hold another number of samples than the window says are refused', () => {
  const windows: Window[] = []
  const recorder = new Recorder((window) => windows.push(window))
  recorder.connected(1, null)
  recorder.finish(500)
  const [packed] = windows.map(packWindow)
  if (packed === undefined) throw new Error('one window')
  expect(() => unpackWindow({ ...packed, plain: { ...packed.plain, connect: [2, 2_000, 1_000, 1_000] } })).toThrow(
    'expected 2 samples, received 1',
  )
})
