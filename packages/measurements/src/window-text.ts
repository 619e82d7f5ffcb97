// One window as text and back: a line of timeline.jsonl and, beside it, one line of latency.hlog for every histogram that is not empty.
// The timeline line says how many .hlog lines belong to it and keeps the exact moments that buckets lose.
import { byName } from './by-name.ts'
import type { Moments } from './histogram.ts'
import { Histogram } from './histogram.ts'
import { windowForm } from './run-forms.ts'
import type { Cell, Counts, Window } from './window.ts'
import { noCounts } from './window.ts'

const kinds = ['response', 'service', 'failed'] as const
type Kind = (typeof kinds)[number]

/** Yields the .hlog lines one by one (each costs about 0.3 ms of CPU), so that the caller can take a breath between them. */
export function* hlogLines(window: Window): Generator<string> {
  if (window.lateness.count > 0) yield hlogLine('lateness', window, window.lateness)
  for (const cell of window.cells) {
    for (const kind of kinds) {
      const histogram = histogramOf(cell, kind)
      if (histogram.count > 0) yield hlogLine(`${tagOf(cell.step)}.${kind}`, window, histogram)
    }
  }
}

export function timelineLine(window: Window): string {
  const sum = noCounts()
  for (const { counts } of window.cells) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key]
  const { index, startMs, lastingMs, shoppers, checks, inFlight, loopDelayMs } = window
  const cells = window.cells.map(({ phase, step, counts, causes, response, service, failedResponse }) => ({
    phase,
    step,
    counts,
    causes,
    response: response.moments,
    service: service.moments,
    failed: failedResponse.moments,
  }))
  return JSON.stringify({
    index,
    startMs,
    lastingMs,
    ...sum,
    shoppers,
    checks,
    inFlight,
    loopDelayMs,
    lateness: window.lateness.moments,
    cells,
  })
}

type StoredCell = Pick<Cell, 'phase' | 'step' | 'counts' | 'causes'> & Record<Kind, Moments>
type StoredWindow = Omit<Window, 'cells' | 'lateness'> & { readonly lateness: Moments; readonly cells: readonly StoredCell[] }

/**
 * The window again. Null when it cannot be read: its line is no window, or the .hlog ends before it does (the crash came between
 * the two files) or holds something else at its place.
 */
export function parseWindow(line: string, nextHlogLine: () => string | null): Window | null {
  const stored = readStored(line)
  if (stored === null) return null
  let isWhole = true
  const read = (tag: string, moments: Moments): Histogram => {
    if (moments[0] === 0) return Histogram.create()
    const found = isWhole ? readHistogram(nextHlogLine(), tag, moments) : null
    if (found === null) isWhole = false
    return found ?? Histogram.create()
  }
  const lateness = read('lateness', stored.lateness)
  const cells = stored.cells.map((cell): Cell => {
    const { phase, step, counts, causes } = cell
    const [response, service, failedResponse] = kinds.map((kind) => read(`${tagOf(step)}.${kind}`, cell[kind])) as [
      Histogram,
      Histogram,
      Histogram,
    ]
    return { phase, step, counts, causes: byName(Object.entries(causes)), response, service, failedResponse }
  })
  const window = { ...stored, checks: byName(Object.entries(stored.checks)), lateness, cells }
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

/** Gives the memory of a window that was read from a folder back. */
export function destroyWindow(window: Window): void {
  window.lateness.destroy()
  for (const cell of window.cells) for (const kind of kinds) histogramOf(cell, kind).destroy()
}

function histogramOf(cell: Cell, kind: Kind): Histogram {
  return kind === 'failed' ? cell.failedResponse : cell[kind]
}

/** A log's tags hold no comma, no space and no line break. */
function tagOf(step: string): string {
  return step.replace(/[%,\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
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
