// A window taken apart, into plain data and its histograms in a fixed order, and put together again. Knows neither text nor bytes.
import { byName } from './by-name.ts'
import type { Counts } from './counts.ts'
import { noCounts } from './counts.ts'
import type { Cut } from './cut.ts'
import type { Moments } from './histogram.ts'
import { Histogram } from './histogram.ts'
import type { Cell, Window } from './window.ts'
import { noShoppers } from './window.ts'

/** Histograms of the whole run, in the order in which they are stored; those of the cells follow. */
const runKinds = ['lateness', 'connect', 'handshake'] as const
type RunKind = (typeof runKinds)[number]
const cellKinds = ['response', 'service', 'failed'] as const
type CellKind = (typeof cellKinds)[number]

export type StoredCell = Pick<Cell, 'phase' | 'step' | 'counts' | 'causes'> & Readonly<Record<CellKind, Moments>>

const cutKinds = ['response', 'failed'] as const

export type StoredCut = Pick<Cut, 'by' | 'name' | 'phase' | 'counts' | 'causes'> & Readonly<Record<(typeof cutKinds)[number], Moments>>

/** What windows of folders written by an earlier version lack. */
type Later = 'counters' | 'orders' | 'findings' | 'gcPauseMs' | 'threads'

/** A window with the exact moments in place of its histograms. Folders of an earlier version lack what is optional. */
export type StoredWindow = Omit<Window, 'cells' | RunKind | 'cuts' | 'trends' | Later> &
  Partial<Pick<Window, Later>> & {
    readonly cells: readonly StoredCell[]
    readonly cuts?: readonly StoredCut[]
    readonly trends?: Readonly<Record<string, Moments>>
    readonly lateness: Moments
    readonly connect?: Moments
    readonly handshake?: Moments
  }

type Tagged = { readonly tag: string; readonly histogram: Histogram }

/** All but the empty ones: what is read back in the same order by `wholeWindow`. */
export function taggedHistograms(window: Window): readonly Tagged[] {
  const ofRun = runKinds.map((kind) => ({ tag: kind as string, histogram: window[kind] }))
  const ofCells = window.cells.flatMap((cell) =>
    cellKinds.map((kind) => ({ tag: `${tagOf(cell.step)}.${kind}`, histogram: histogramOf(cell, kind) })),
  )
  const ofCuts = window.cuts.flatMap((cut) =>
    cutKinds.map((kind) => ({ tag: `${cutTag(cut)}.${kind}`, histogram: histogramOf(cut, kind) })),
  )
  const ofTrends = Object.entries(window.trends).map(([name, histogram]) => ({ tag: `trend:${tagOf(name)}`, histogram }))
  return [...ofRun, ...ofCells, ...ofCuts, ...ofTrends].filter(({ histogram }) => histogram.count > 0)
}

export function plainWindow(window: Window): StoredWindow {
  const { lateness, connect, handshake, cells, cuts, trends, ...plain } = window
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
    cuts: cuts.map(({ by, name, phase, counts, causes, response, failedResponse }) => ({
      by,
      name,
      phase,
      counts: { ...counts },
      causes: { ...causes },
      response: response.moments,
      failed: failedResponse.moments,
    })),
    trends: byName(Object.entries(trends).map(([name, { moments }]) => [name, moments])),
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
    return { phase, step, counts: wholeCounts(counts), causes: byName(Object.entries(causes)), response, service, failedResponse }
  })
  const cuts = (stored.cuts ?? []).map(({ counts, causes, response, failed, ...name }): Cut => {
    const times = { response: readOf(`${cutTag(name)}.response`, response), failedResponse: readOf(`${cutTag(name)}.failed`, failed) }
    return { ...name, counts: wholeCounts(counts), causes: byName(Object.entries(causes)), ...times }
  })
  const trends = byName(Object.entries(stored.trends ?? {}).map(([name, moments]) => [name, readOf(`trend:${tagOf(name)}`, moments)]))
  const { gcPauseMs = null, threads = [], orders = [], findings = [] } = stored
  return {
    ...stored,
    shoppers: { ...noShoppers(), ...stored.shoppers },
    checks: byName(Object.entries(stored.checks)),
    counters: byName(Object.entries(stored.counters ?? {})),
    lateness,
    connect,
    handshake,
    gcPauseMs,
    threads,
    cells,
    cuts,
    trends,
    orders,
    findings,
  }
}

function wholeCounts(counts: Counts): Counts {
  return { ...noCounts(), ...counts }
}

/** Gives the memory of a window back that was read, unpacked or merged. */
export function destroyWindow(window: Window): void {
  for (const kind of runKinds) window[kind].destroy()
  for (const cell of window.cells) for (const kind of cellKinds) histogramOf(cell, kind).destroy()
  for (const cut of window.cuts) for (const kind of cutKinds) histogramOf(cut, kind).destroy()
  for (const histogram of Object.values(window.trends)) histogram.destroy()
}

function histogramOf<Kind extends CellKind>(
  of: Readonly<Record<Exclude<Kind, 'failed'>, Histogram>> & Pick<Cell, 'failedResponse'>,
  kind: Kind,
): Histogram {
  return kind === 'failed' ? of.failedResponse : of[kind as Exclude<Kind, 'failed'>]
}

function cutTag({ by, name }: Pick<Cut, 'by' | 'name'>): string {
  return `${by}:${tagOf(name)}`
}

/** A log's tags hold no comma, no space and no line break. */
function tagOf(step: string): string {
  return step.replace(/[%,\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
