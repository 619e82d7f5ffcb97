// One rehearsal on this machine, from an approved plan to a judged run folder. Everything that the packages need of the world comes from here.
import type { RunEnd, RunStart } from '@doorbuster/measurements'
import { RunFolder } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import type { CapacityResult } from '@doorbuster/verdict'
import type { Approval } from './approve.ts'
import type { Asides } from './asides.ts'
import { openAsides } from './asides.ts'
import { keepCapacity } from './capacity/capacity-folder.ts'
import { keepComparison } from './kept.ts'
import type { OpenBooks } from './open-books.ts'
import { openBooks } from './open-books.ts'
import type { Outputs } from './outputs.ts'
import { tellPhases } from './phase-edges.ts'
import type { PreparedRun, PrepareOptions } from './prepare-run.ts'
import { prepareRun } from './prepare-run.ts'
import { bothProgress, showProgress } from './progress.ts'
import { reportPath, writeRenderings, writeSummary } from './render-folder.ts'
import type { RunTag } from './run-headers.ts'
import { contactOf, tagged } from './run-headers.ts'
import type { HopelessWatch } from './run-record.ts'
import { RunRecord } from './run-record.ts'
import { sendRun } from './send-run.ts'
import { onInterrupts, stopOnStray } from './stops-of-run.ts'
import type { LivePageOptions, OpenLivePage } from './ui/open-live-page.ts'
import { openLivePage } from './ui/open-live-page.ts'
import { UsageError } from './usage.ts'
import type { World } from './world.ts'
import { keepYoungSpaceSmall } from './young-space.ts'

export type RehearseOptions = Approval &
  PrepareOptions & {
    readonly folder: string
    readonly outputs: Outputs
    readonly isQuiet: boolean
    /** Of the live page, 0: any that is free; null or left out: there is none. */
    readonly uiPort?: number | null
    /** `summary`: summary.json alone, for a run that is one of many; left out: every rendering. */
    readonly renderings?: 'all' | 'summary'
    /** What an earlier search for capacity found; kept in the folder and told on the page. */
    readonly capacity?: CapacityResult
    /** Asked after each window; a sentence ends the run as a breach with `abort` does. */
    readonly hopeless?: HopelessWatch
    /** Puts an earlier run beside the finished one. */
    readonly besideBase?: (folder: string, report: Report) => Report
  }

/** `hasPage` false: the report could not be written. */
export type Rehearsed = { readonly report: Report; readonly end: RunEnd; readonly folder: string; readonly hasPage: boolean }

/** @throws UsageError when the run folder cannot be made. */
export async function rehearse(world: World, options: RehearseOptions): Promise<Rehearsed> {
  const { outputs, isQuiet } = options
  const prepared = await prepareRun(world, options)
  const { plan, start, clock, limits, warnings } = prepared
  const stop = new AbortController()
  const terminal = showProgress(world, start, isQuiet)
  const page = await openPage(options, { start, objectives: plan.objectives, onStop: () => interrupts.stop(), onLost: terminal.note })
  const progress = page === null ? terminal : bothProgress(terminal, page.progress)
  // Before there is a folder: whoever sees one may press Ctrl-C.
  const interrupts = onInterrupts(world, stop, (text) => progress.note(text))
  const folder = createFolder(options.folder, start, () => {
    interrupts.forget()
    page?.close()
  })
  if (page !== null) world.stderr.write(`Live: ${page.url}\n`)
  const record = new RunRecord({ ...options, objectives: plan.objectives, start, folder, progress, stop })
  outputs.begin(start)
  for (const text of warnings) {
    progress.note(text)
    folder.note({ atMs: 0, kind: 'note', text })
  }
  const { headers } = tagged({ ...plan, headers: {} }, tagOf(plan, prepared.runId, options.contact))
  const ofRecord = { tell: record.shop.bind(record), open: record.open.bind(record), tellTarget: record.target.bind(record) }
  const beside = { start, clock, now: clock.now, headers, ...ofRecord }
  const books = await openBooks({ ...options, plan }, beside)
  const onStray = stopOnStray(plan, stop)
  const ignoreStrays = world.onStray(onStray)
  const stopKeeping = keepYoungSpaceSmall()
  const tell = (text: string): void => (isQuiet ? world.stderr.write(`${text}\n`) : progress.note(text))
  const asides = openAsides({ ...options, plan, clock, limits, stop, tell, note: record.event.bind(record) })
  try {
    const end = await perform(world, options, { prepared, stop, folder, record, books, asides, onStray })
    folder.note({ atMs: end.durationMs, kind: 'stop', text: end.note ?? `stopped by ${end.stoppedBy}`, end })
    const judged = record.conclude(end)
    const concluded = { ...judged, ...(options.capacity !== undefined && { capacity: options.capacity }) }
    await folder.close()
    const report = options.besideBase?.(folder.path, concluded) ?? concluded
    progress.end()
    const hasPage = await keepRenderings(world, folder, report, options.renderings)
    await page?.end(hasPage ? reportPath(folder.path) : null)
    await outputs.end(report)
    return { report, end, folder: folder.path, hasPage }
  } finally {
    interrupts.forget()
    ignoreStrays()
    stopKeeping()
    for (const each of books) await each.close()
    await page?.close()
  }
}

type Opened = {
  readonly prepared: PreparedRun
  readonly stop: AbortController
  readonly folder: RunFolder
  readonly record: RunRecord
  readonly books: readonly OpenBooks[]
  readonly asides: Asides
  readonly onStray: (error: unknown) => void
}

/** Sets up, sends, tears down, and reads the shop's books around it. */
async function perform(world: World, options: RehearseOptions, opened: Opened): Promise<RunEnd> {
  const { prepared, stop, folder, record, books, asides } = opened
  const shared = await asides.setUp()
  // After it: what a setup puts on the shelves is there before the first arrival.
  for (const each of books) await each.before()
  // Not before: no phase begins while the plan is set up.
  const edges = tellPhases(prepared.start, folder, prepared.clock.now, stop.signal)
  try {
    const end = await send(world, options, opened, shared)
    await asides.tearDown(shared, end)
    await record.digested()
    for (const each of books) await each.after(end)
    edges.tell(end.durationMs)
    return end
  } finally {
    edges.stop()
  }
}

function send(world: World, options: RehearseOptions, opened: Opened, shared: unknown): Promise<RunEnd> {
  const { prepared, stop, folder, record, books, onStray } = opened
  const { plan, start, clock, runId } = prepared
  return sendRun(world, {
    ...options,
    shared,
    plan,
    tag: tagOf(plan, runId, options.contact),
    start,
    clock,
    onWindow: record.window.bind(record),
    wantsSample: (cause) => folder.wantsSample(cause),
    onEvent: record.event.bind(record),
    onStray,
    startsInMs: () => {
      for (const each of books) each.begin()
      return startsInMs(world, options.zeroMs ?? null, folder)
    },
    stop,
  })
}

function tagOf(plan: Plan, runId: string, ofAllowList: string | null): RunTag {
  return { runId, contact: contactOf(plan, ofAllowList) }
}

/** Until the zero that was asked for; below zero: it has passed. */
function startsInMs(world: World, zeroMs: number | null, folder: RunFolder): number {
  const inMs = zeroMs === null ? 0 : zeroMs - world.now().getTime()
  if (inMs < 0) folder.note({ atMs: 0, kind: 'note', text: `getting ready took ${-inMs} ms too long: everything is that much late` })
  return inMs
}

function openPage({ uiPort = null }: RehearseOptions, options: Omit<LivePageOptions, 'port'>): Promise<OpenLivePage | null> {
  return uiPort === null ? Promise.resolve(null) : openLivePage({ ...options, port: uiPort })
}

function createFolder(path: string, start: RunStart, onFailure: () => void): RunFolder {
  try {
    return RunFolder.create(path, start)
  } catch (error) {
    onFailure()
    const { code = 'an error' } = error as NodeJS.ErrnoException
    throw new UsageError('--folder', 'a new folder, or one that holds no run yet, on a disk that can be written', `${path} (${code})`)
  }
}

async function keepRenderings(world: World, folder: RunFolder, report: Report, which: RehearseOptions['renderings']): Promise<boolean> {
  if (folder.failure !== null) world.stderr.write(`${folder.path}: what could be written is there, the rest is not: ${folder.failure}\n`)
  try {
    if (report.capacity !== undefined) keepCapacity(folder.path, report.capacity)
    if (report.comparison !== undefined) keepComparison(folder.path, report.comparison)
    if (which === 'summary') writeSummary(folder.path, report)
    else await writeRenderings(folder.path, report)
    return true
  } catch (error) {
    world.stderr.write(`${folder.path}: the report could not be written: ${(error as Error).message}\n`)
    return false
  }
}
