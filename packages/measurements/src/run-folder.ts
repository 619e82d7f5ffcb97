// The run folder while it is written: append-only, fsynced each window, so that a crash loses at most the open window.
// A disk that fills up or goes away never throws into the run: `failure` says so, and what was written stays readable.
import { closeSync, fdatasync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { RunEvent } from './events.ts'
import type { RunStart } from './facts.ts'
import type { ShopFigure } from './ledger-entries.ts'
import type { TargetFigure } from './target-series.ts'
import type { Window } from './window.ts'
import { hlogHead, hlogLines, orderLines, timelineLine } from './window-text.ts'

/** Failure samples kept per cause and in all: enough to see what went wrong, never a second log. */
const mostSamplesOfCause = 5
const mostEvents = 2_000

type FileName = keyof typeof fileNames

export class RunFolder {
  readonly path: string
  readonly #files: Map<FileName, number>
  readonly #samples = new Map<string, number>()
  readonly #kept: RunEvent[] = []
  #failure: string | null = null
  #queue: Promise<void> = Promise.resolve()

  private constructor(path: string, files: Map<FileName, number>) {
    this.path = path
    this.#files = files
  }

  /** Throws when the folder cannot be made or already holds a run. */
  static create(path: string, start: RunStart): RunFolder {
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'plan.json'), `${JSON.stringify(start, null, 2)}\n`, { flag: 'wx', flush: true })
    const folder = new RunFolder(path, new Map(always.map((file) => [file, openNew(path, fileNames[file])])))
    folder.#write('hlog', hlogHead(Date.parse(start.startedAt)))
    return folder
  }

  /** Why writing stopped, in the system's words; null while all is well. */
  get failure(): string | null {
    return this.#failure
  }

  get events(): readonly RunEvent[] {
    return this.#kept
  }

  /** Appends one window. `breathe` is awaited between its pieces, so that sending is not held up. */
  append(window: Window, breathe: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      let text = ''
      for (const line of hlogLines(window)) {
        text += `${line}\n`
        await breathe()
      }
      // First of all: an order that nobody wrote down is one that nobody will clear away.
      const orders = orderLines(window)
      if (orders !== '') this.#write('orders', orders)
      this.#write('hlog', text)
      this.#write('timeline', `${timelineLine(window)}\n`)
      await Promise.all([...this.#files.keys()].map((file) => this.#sync(file)))
    })
    return this.#queue
  }

  /** What the shop said of its books. */
  shop(figure: ShopFigure): void {
    this.#write('shop', `${JSON.stringify(figure)}\n`)
  }

  /** What the target's metrics pages said. */
  target(figure: TargetFigure): void {
    this.#write('target', `${JSON.stringify(figure)}\n`)
  }

  /** Keeps at most 5 samples of a failure cause and 2,000 events in all; says whether it was kept. */
  note(event: RunEvent): boolean {
    if (event.sample !== undefined) {
      const seen = this.#samples.get(event.sample.cause) ?? 0
      if (seen >= mostSamplesOfCause || this.#samples.size > 50) return false
      this.#samples.set(event.sample.cause, seen + 1)
    }
    if (this.#kept.length >= mostEvents && event.kind !== 'stop') return false
    this.#kept.push(event)
    this.#write('events', `${JSON.stringify(event)}\n`)
    return true
  }

  /** True when a sample of this cause would still be kept. */
  wantsSample(cause: string): boolean {
    return (this.#samples.get(cause) ?? 0) < mostSamplesOfCause && this.#samples.size <= 50
  }

  /** Waits for everything appended and closes the files. */
  async close(): Promise<void> {
    await this.#queue
    await Promise.all([...this.#files.keys()].map((file) => this.#sync(file)))
    for (const file of this.#files.values()) closeSync(file)
  }

  #write(file: FileName, text: string): void {
    if (this.#failure !== null) return
    const bytes = Buffer.from(text)
    try {
      const opened = this.#opened(file)
      for (let done = 0; done < bytes.length; ) done += writeSync(opened, bytes, done)
    } catch (error) {
      this.#failure = `${fileNames[file]}: ${(error as Error).message}`
    }
  }

  /** A run without orders has no files for them, and one without metrics pages none for those. */
  #opened(file: FileName): number {
    const known = this.#files.get(file)
    if (known !== undefined) return known
    const opened = openNew(this.path, fileNames[file])
    this.#files.set(file, opened)
    return opened
  }

  #sync(file: FileName): Promise<void> {
    return new Promise((resolve) => {
      fdatasync(this.#opened(file), (error) => {
        // A file system without fsync (some network mounts) is no reason to stop; one without space is found by the write.
        if (error !== null && error.code !== 'EINVAL' && error.code !== 'ENOTSUP') this.#failure ??= `${fileNames[file]}: ${error.message}`
        resolve()
      })
    })
  }
}

const fileNames = {
  timeline: 'timeline.jsonl',
  hlog: 'latency.hlog',
  events: 'events.jsonl',
  orders: 'orders.jsonl',
  shop: 'shop.jsonl',
  target: 'target.jsonl',
} as const
const always = ['timeline', 'hlog', 'events'] as const

function openNew(path: string, name: string): number {
  return openSync(join(path, name), 'ax')
}

/** Writes a rendering or summary so that a reader sees the old file or the new one, never half of it. */
export function writeWhole(folder: string, name: string, text: string): void {
  const half = join(folder, `.${name}.half`)
  try {
    writeFileSync(half, text, { flush: true })
    renameSync(half, join(folder, name))
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  }
}
