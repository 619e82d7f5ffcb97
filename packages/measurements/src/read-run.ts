// A run folder read again, whole, cut off in the middle or damaged: reading stops where it cannot go on, lines that are no events are
// left out, and a missing end is said.
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { RunEvent } from './events.ts'
import type { RunEnd, RunStart } from './facts.ts'
import type { OrderEntry, ShopFigure } from './ledger-entries.ts'
import { eventForm, orderLineForm, shopForm, startForm } from './run-forms.ts'
import { destroyWindow } from './stored-window.ts'
import { targetForm } from './target-forms.ts'
import type { TargetFigure } from './target-series.ts'
import type { Window } from './window.ts'
import { parseWindow } from './window-text.ts'

export type StoredRun = {
  readonly start: RunStart
  readonly events: readonly RunEvent[]
  /** What the shop said of its books, in the order in which it said it. */
  readonly shop: readonly ShopFigure[]
  /** What the target's metrics pages said, in the order in which they said it. Lines that are none are left out. */
  readonly eachTarget: (visit: (figure: TargetFigure) => void) => void
  /** How the run ended; null when it was cut off before it could say so. */
  readonly end: RunEnd | null
  /** Calls `visit` with every whole window in order; each is gone when the call returns. Returns how many there were. */
  readonly eachWindow: (visit: (window: Window) => void) => number
}

/** @throws RunFolderError when the folder holds no run, or a plan.json that lacks something. */
export function readRun(folder: string): StoredRun {
  const start = readStart(folder)
  refuseWithoutTimeline(folder)
  const events = [...lines(join(folder, 'events.jsonl'))].flatMap(readEvent)
  const end = events.findLast((event) => event.kind === 'stop')?.end ?? null
  const shop = [...lines(join(folder, 'shop.jsonl'))].flatMap(readFigure)
  return { start, events, shop, end, eachTarget: (visit) => eachTarget(folder, visit), eachWindow: (visit) => eachWindow(folder, visit) }
}

/** A run folder that is none, or none that this version reads. */
export class RunFolderError extends Error {
  override readonly name = 'RunFolderError'
  readonly path: string
  readonly expected: string
  readonly received: string

  constructor(path: string, expected: string, received: string) {
    super(`${path}: expected ${expected}, received ${received}`)
    this.path = path
    this.expected = expected
    this.received = received
  }
}

function readStart(folder: string): RunStart {
  let text: string
  try {
    text = readFileSync(join(folder, 'plan.json'), 'utf8')
  } catch (error) {
    throw new RunFolderError(folder, 'a run folder with a plan.json in it', (error as NodeJS.ErrnoException).code ?? 'nothing')
  }
  return startIn(text, join(folder, 'plan.json'))
}

function startIn(text: string, path: string): RunStart {
  const start = parsed(text)
  if (start === undefined) throw new RunFolderError(path, 'JSON', `${text.length} characters that are none`)
  const wrong = startForm(start)
  if (wrong === null) return start as RunStart
  throw new RunFolderError(wrong.path === '' ? path : `${path}, ${wrong.path}`, wrong.expected, wrong.received)
}

function readEvent(line: string): readonly RunEvent[] {
  const event = parsed(line)
  return eventForm(event) === null ? [event as RunEvent] : []
}

function readFigure(line: string): readonly ShopFigure[] {
  const figure = parsed(line)
  return shopForm(figure) === null ? [figure as ShopFigure] : []
}

function eachTarget(folder: string, visit: (figure: TargetFigure) => void): void {
  for (const line of lines(join(folder, 'target.jsonl'))) {
    const figure = parsed(line)
    if (targetForm(figure) === null) visit(figure as TargetFigure)
  }
}

/** A run makes the file before it sends; without it the windows are not few, they are gone. */
function refuseWithoutTimeline(folder: string): void {
  const path = join(folder, 'timeline.jsonl')
  if (!existsSync(path)) throw new RunFolderError(path, 'the windows of the run', 'no such file')
}

function eachWindow(folder: string, visit: (window: Window) => void): number {
  const hlog = lines(join(folder, 'latency.hlog'))
  const nextHlogLine = (): string | null => {
    for (let next = hlog.next(); next.done !== true; next = hlog.next()) {
      if (next.value.startsWith('Tag=')) return next.value
    }
    return null
  }
  const orders = lines(join(folder, 'orders.jsonl'))
  const ordersOf = orderReader(orders)
  let count = 0
  try {
    for (const line of lines(join(folder, 'timeline.jsonl'))) {
      const window = parseWindow(line, nextHlogLine)
      if (window === null) break
      visit({ ...window, orders: ordersOf(window.index) })
      destroyWindow(window)
      count++
    }
  } finally {
    hlog.return(undefined)
    orders.return(undefined)
  }
  return count
}

/** Hands out the orders of each window; windows must be asked for in order. Lines that are no orders are left out. */
function orderReader(all: Generator<string, void>): (index: number) => readonly OrderEntry[] {
  let ahead: { readonly window: number; readonly order: OrderEntry } | null = null
  const next = (): typeof ahead => {
    for (let line = all.next(); line.done !== true; line = all.next()) {
      const found = parsed(line.value)
      if (orderLineForm(found) !== null) continue
      const { window, ...order } = found as OrderEntry & { readonly window: number }
      return { window, order }
    }
    return null
  }
  return (index) => {
    const orders: OrderEntry[] = []
    for (ahead ??= next(); ahead !== null && ahead.window <= index; ahead = next()) orders.push(ahead.order)
    return orders
  }
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Whole lines of a file, read in pieces; a last line without its line break was torn by a crash and is left out. Ends where the file
 * can no longer be read: at once when it is missing, or a folder.
 */
function* lines(path: string): Generator<string, void> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return
  }
  try {
    const piece = Buffer.alloc(1 << 16)
    let rest = Buffer.alloc(0)
    for (let length = readPiece(file, piece); length > 0; length = readPiece(file, piece)) {
      rest = Buffer.concat([rest, piece.subarray(0, length)])
      for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
        yield rest.toString('utf8', 0, at)
        rest = rest.subarray(at + 1)
      }
    }
  } finally {
    closeSync(file)
  }
}

function readPiece(file: number, piece: Buffer): number {
  try {
    return readSync(file, piece)
  } catch {
    return 0
  }
}
