// One window as plain data and a single piece of bytes, for another thread of this process; never for a disk.
import { Histogram } from './histogram.ts'
import type { StoredWindow } from './stored-window.ts'
import { plainWindow, taggedHistograms, wholeWindow } from './stored-window.ts'
import type { Window } from './window.ts'

/** May be cloned; `postMessage(packed, [packed.bytes.buffer])` moves the bytes instead of copying them. */
export type PackedWindow = {
  readonly plain: StoredWindow
  /** The payloads of all histograms that are not empty, one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each of them ends. */
  readonly ends: readonly number[]
}

/** A copy: the window may be released as soon as this returns. About 50 µs for every histogram that is not empty. */
export function packWindow(window: Window): PackedWindow {
  const payloads = taggedHistograms(window).map(({ histogram }) => histogram.pack())
  const ends: number[] = []
  for (const { length } of payloads) ends.push((ends.at(-1) ?? 0) + length)
  const bytes = new Uint8Array(ends.at(-1) ?? 0)
  for (const [index, payload] of payloads.entries()) bytes.set(payload, ends[index - 1] ?? 0)
  return { plain: plainWindow(window), bytes, ends }
}

/** The window again, with histograms of its own: `destroyWindow` gives their memory back. */
export function unpackWindow({ plain, bytes, ends }: PackedWindow): Window {
  let read = 0
  return wholeWindow(plain, (_, moments) => {
    const payload = bytes.subarray(ends[read - 1] ?? 0, ends[read])
    read++
    return Histogram.unpack(payload, moments)
  })
}
