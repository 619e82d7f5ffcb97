// One window as text and back: a line of timeline.jsonl and, beside it, one line of latency.hlog for every histogram that is not empty.
// The timeline line says how many .hlog lines belong to it and keeps the exact moments that buckets lose.

import type { Counts } from './counts.ts'
import { noCounts } from './counts.ts'
import type { Moments } from './histogram.ts'
import { Histogram } from './histogram.ts'
import { windowForm } from './run-forms.ts'
import type { StoredWindow } from './stored-window.ts'
import { destroyWindow, plainWindow, taggedHistograms, wholeWindow } from './stored-window.ts'
import type { Window } from './window.ts'

/** Yields the .hlog lines one by one (each costs about 0.3 ms of CPU), so that the caller can take a breath between them. */
export function* hlogLines(window: Window): Generator<string> {
  for (const { tag, histogram } of taggedHistograms(window)) yield hlogLine(tag, window, histogram)
}

/** Lines of orders.jsonl, each with its line break; empty when nobody ordered. */
export function orderLines({ index, orders }: Window): string {
  return orders.map((order) => `${JSON.stringify({ window: index, ...order })}\n`).join('')
}

export function timelineLine(window: Window): string {
  const sum = noCounts()
  for (const { counts } of window.cells) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key]
  // Orders have a file of their own, for whoever has to clear them away again.
  const { index, startMs, lastingMs, orders: _, ...rest } = plainWindow(window)
  return JSON.stringify({ index, startMs, lastingMs, ...sum, ...rest })
}

/**
 * The window again. Null when it cannot be read: its line is no window, or the .hlog ends before it does (the crash came between
 * the two files) or holds something else at its place.
 */
export function parseWindow(line: string, nextHlogLine: () => string | null): Window | null {
  const stored = readStored(line)
  if (stored === null) return null
  let isWhole = true
  const window = wholeWindow(stored, (tag, moments) => {
    const found = isWhole ? readHistogram(nextHlogLine(), tag, moments) : null
    if (found === null) isWhole = false
    return found ?? Histogram.create()
  })
  if (isWhole) return window
  destroyWindow(window)
  return null
}

function readStored(line: string): StoredWindow | null {
  try {
    const stored: unknown = JSON.parse(line)
    return windowForm(stored) === null ? (stored as StoredWindow) : null
  } catch {
    return null
  }
}

/** Null when the line is another's, or its payload is none. */
function readHistogram(line: string | null, tag: string, moments: Moments): Histogram | null {
  if (line?.startsWith(`Tag=${tag},`) !== true) return null
  try {
    return Histogram.decode(line.slice(line.lastIndexOf(',') + 1), moments)
  } catch {
    // Decoding runs over bytes that anybody may have changed: whatever it stumbles on, the payload is damaged.
    return null
  }
}

/** `Tag=name,start s,length s,max ms,payload`. */
function hlogLine(tag: string, { startMs, lastingMs }: Window, histogram: Histogram): string {
  return `Tag=${tag},${(startMs / 1e3).toFixed(3)},${(lastingMs / 1e3).toFixed(3)},${(histogram.maxMs ?? 0).toFixed(3)},${histogram.encode()}`
}

/** Head of an interval log 1.3; the intervals below count from StartTime. */
export function hlogHead(startedAtMs: number): string {
  const seconds = (startedAtMs / 1e3).toFixed(3)
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${seconds} (seconds since epoch)]`,
    '#[values in microseconds, Interval_Max in milliseconds]',
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    '',
  ].join('\n')
}
