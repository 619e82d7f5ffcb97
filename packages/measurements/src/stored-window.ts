// A window taken apart, into plain data and its histograms in a fixed order, and put together again. Knows neither text nor bytes.
import { byName } from './by-name.ts'
import type { Moments } from './histogram.ts'
import { Histogram } from './histogram.ts'
import type { Cell, Window } from './window.ts'

/** Histograms of the whole run, in the order in which they are stored; those of the cells follow. */
const runKinds = ['lateness', 'connect', 'handshake'] as const
type RunKind = (typeof runKinds)[number]
const cellKinds = ['response', 'service', 'failed'] as const
type CellKind = (typeof cellKinds)[number]

export type StoredCell = Pick<Cell, 'phase' | 'step' | 'counts' | 'causes'> & Readonly<Record<CellKind, Moments>>

/** A window with the exact moments in place of its histograms. Folders of an earlier version lack what is optional. */
export type StoredWindow = Omit<Window, 'cells' | RunKind | 'gcPauseMs' | 'threads'> & {
  readonly cells: readonly StoredCell[]
  readonly lateness: Moments
  readonly connect?: Moments
  readonly handshake?: Moments
  readonly gcPauseMs?: Window['gcPauseMs']
  readonly threads?: Window['threads']
}

type Tagged = { readonly tag: string; readonly histogram: Histogram }

/** All but the empty ones: what is read back in the same order by `wholeWindow`. */
export function taggedHistograms(window: Window): readonly Tagged[] {
  const ofRun = runKinds.map((kind) => ({ tag: kind as string, histogram: window[kind] }))
  const ofCells = window.cells.flatMap((cell) =>
    cellKinds.map((kind) => ({ tag: `${tagOf(cell.step)}.${kind}`, histogram: histogramOf(cell, kind) })),
  )
  return [...ofRun, ...ofCells].filter(({ histogram }) => histogram.count > 0)
}

export function plainWindow(window: Window): StoredWindow {
  const { lateness, connect, handshake, cells, ...plain } = window
  return {
    ...plain,
    lateness: lateness.moments,
    connect: connect.moments,
    handshake: handshake.moments,
    cells: cells.map(({ phase, step, counts, causes, response, service, failedResponse }) => ({
      phase,
      step,
      // Copies: the recorder uses its counts again once the window is released.
      counts: { ...counts },
      causes: { ...causes },
      response: response.moments,
      service: service.moments,
      failed: failedResponse.moments,
    })),
  }
}

/** The window again; `read` is asked once for every histogram that is not empty, in the order of `taggedHistograms`. */
export function wholeWindow(stored: StoredWindow, read: (tag: string, moments: Moments) => Histogram): Window {
  const readOf = (tag: string, moments: Moments = [0, 0, 0, 0]): Histogram => (moments[0] === 0 ? Histogram.create() : read(tag, moments))
  const lateness = readOf('lateness', stored.lateness)
  const connect = readOf('connect', stored.connect)
  const handshake = readOf('handshake', stored.handshake)
  const cells = stored.cells.map((cell): Cell => {
    const { phase, step, counts, causes } = cell
    const response = readOf(`${tagOf(step)}.response`, cell.response)
    const service = readOf(`${tagOf(step)}.service`, cell.service)
    const failedResponse = readOf(`${tagOf(step)}.failed`, cell.failed)
    return { phase, step, counts, causes: byName(Object.entries(causes)), response, service, failedResponse }
  })
  const { gcPauseMs = null, threads = [] } = stored
  return { ...stored, checks: byName(Object.entries(stored.checks)), lateness, connect, handshake, gcPauseMs, threads, cells }
}

/** Gives the memory of a window back that was read, unpacked or merged. */
export function destroyWindow(window: Window): void {
  for (const kind of runKinds) window[kind].destroy()
  for (const cell of window.cells) for (const kind of cellKinds) histogramOf(cell, kind).destroy()
}

function histogramOf(cell: Cell, kind: CellKind): Histogram {
  return kind === 'failed' ? cell.failedResponse : cell[kind]
}

/** A log's tags hold no comma, no space and no line break. */
function tagOf(step: string): string {
  return step.replace(/[%,\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
