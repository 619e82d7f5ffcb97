// One rehearsal on this machine, from an approved plan to a judged run folder. Everything that the packages need of the world comes from here.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createClock, Stop } from '@doorbuster/generator'
import type { RunEnd, RunEvent, RunStart, ShopFigure, Window } from '@doorbuster/measurements'
import { RunFolder, Tally, Timeline } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import type { Breach } from '@doorbuster/verdict'
import { forecastBeyondProvider, startJudging, summarise } from '@doorbuster/verdict'
import type { Approval } from './approve.ts'
import { withinCaps } from './approve.ts'
import { openAsides } from './asides.ts'
import { findCalibration } from './calibration/calibration-file.ts'
import { calibrationOfRun } from './calibration/calibration-of-run.ts'
import { exitCodes } from './exit-codes.ts'
import { fitCrowd } from './fit-crowd.ts'
import { socketLimit } from './machine.ts'
import { openBooks, socketsOfBooks } from './open-books.ts'
import type { Outputs } from './outputs.ts'
import { showProgress } from './progress.ts'
import { writeRenderings } from './render-folder.ts'
import { contactOf, newRunId } from './run-headers.ts'
import { describeStart } from './run-start.ts'
import { maskSecrets } from './secret.ts'
import type { InThreads } from './send-run.ts'
import { sendRun } from './send-run.ts'
import { isOurs } from './stray.ts'
import type { WayOut } from './transport-of-run.ts'
import { transportName } from './transport-of-run.ts'
import { UsageError } from './usage.ts'
import type { World } from './world.ts'
import { keepYoungSpaceSmall } from './young-space.ts'

export type RehearseOptions = Approval & {
  readonly plan: Plan
  readonly folder: string
  readonly outputs: Outputs
  readonly isQuiet: boolean
  readonly mostShoppers: number
  readonly way: WayOut
  /** Null: this thread sends. */
  readonly inThreads: InThreads | null
  /** File of a calibration that was named; undefined: this user's own, if there is one. */
  readonly calibrationFile?: string | undefined
  /** When its zero must be, wall-clock ms since 1970; null or left out: as soon as everything is ready. */
  readonly zeroMs?: number | null
}

/** `hasPage` false: the report could not be written. */
export type Rehearsed = { readonly report: Report; readonly end: RunEnd; readonly folder: string; readonly hasPage: boolean }

/** @throws UsageError when the run folder cannot be made. */
export async function rehearse(world: World, options: RehearseOptions): Promise<Rehearsed> {
  const { caps, outputs, isQuiet, mostShoppers, inThreads, way, zeroMs = null } = options
  const plan = withinCaps(options.plan, caps)
  const mostSockets = caps.maxSockets === null ? Number.POSITIVE_INFINITY : caps.maxSockets - socketsOfBooks(plan, caps)
  const ceiling = { sockets: Math.min(socketLimit(), mostSockets), shoppers: mostShoppers }
  const tight = fitCrowd(plan, ceiling)
  const clock = createClock()
  const facts = {
    startedAt: zeroMs === null ? world.now() : new Date(zeroMs),
    runId: newRunId(),
    ceiling,
    transport: await transportName(way, clock),
    threads: inThreads?.count ?? 1,
    nodeVersion: world.nodeVersion,
  }
  const described = describeStart(plan, facts)
  const { calibration, remarks } = calibrationOfRun(findCalibration(world, options.calibrationFile), plan, described)
  const start = { ...described, calibration }
  const stop = new AbortController()
  const progress = showProgress(world, start, isQuiet)
  // Before there is a folder: whoever sees one may press Ctrl-C.
  const forget = onInterrupts(world, stop, (text) => progress.note(text))
  const folder = createFolder(options.folder, start, forget)
  const tally = new Tally()
  const timeline = new Timeline()
  const judge = startJudging({ objectives: plan.objectives, start, tally })
  const beyond = forecastBeyondProvider(plan.orders ?? null)
  const warnings = [...(tight === null ? [] : [tight]), ...(beyond === null ? [] : [`Warning: ${beyond}.`]), ...remarks]
  for (const text of warnings) {
    progress.note(text)
    folder.note({ atMs: 0, kind: 'note', text })
  }
  const startsInMs = (): number => {
    const inMs = zeroMs === null ? 0 : zeroMs - world.now().getTime()
    if (inMs < 0) folder.note({ atMs: 0, kind: 'note', text: `getting ready took ${-inMs} ms too long: everything is that much late` })
    return inMs
  }
  const breaches: string[] = []

  const heed = ({ objective, atMs, because, abort, isAtOnce }: Breach): void => {
    breaches.push(because)
    folder.note({ atMs, kind: abort ? 'abort' : 'warn', text: because })
    if (abort && !stop.signal.aborted) stop.abort(new Stop('abort', `${objective.text}: ${because}`, isAtOnce))
  }
  const tell = (text: string): void => (isQuiet ? world.stderr.write(`${text}\n`) : progress.note(text))
  const note = (event: RunEvent): void => {
    folder.note(event)
    judge.event(event).forEach(heed)
  }

  const digest = (window: Window): void => {
    tally.add(window)
    const row = timeline.add(window)
    judge.window(window).forEach(heed)
    progress.window(row, tally.causes, tally.shoppers, breaches)
    outputs.window(row)
  }
  // Windows are digested one after the other, in turns of the event loop of their own, so that sending is never held up by more than a piece.
  let digesting = Promise.resolve()
  const onWindow = (window: Window, release: () => void): void => {
    digesting = digesting.then(async () => {
      try {
        await nextTurn()
        digest(window)
        await nextTurn()
        await folder.append(window, nextTurn)
      } catch (error) {
        if (!stop.signal.aborted) stop.abort(new Stop('bug', error instanceof Error ? (error.stack ?? error.message) : String(error)))
      }
      release()
      if (folder.failure !== null && !stop.signal.aborted)
        stop.abort(new Stop('disk', `the run folder can no longer be written: ${folder.failure}`))
    })
  }

  const tellFigure = (figure: ShopFigure): void => {
    folder.shop(figure)
    judge.shop(figure).forEach(heed)
  }
  const books = await openBooks({ ...options, plan }, { start, now: clock.now, tell: tellFigure, open: judge.open })
  const onStray = (error: unknown): void => {
    const text = maskSecrets(`an error that no journey caught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    const hasCode = plan.shoppers.some(({ kind }) => kind === 'journey') || plan.setup !== undefined || plan.teardown !== undefined
    const isJourneys = hasCode && !isOurs(text)
    if (!stop.signal.aborted) stop.abort(new Stop(isJourneys ? 'journey' : 'bug', text))
  }
  const ignoreStrays = world.onStray(onStray)
  const stopKeeping = keepYoungSpaceSmall()
  const asides = openAsides({ ...options, plan, clock, limits: { ceiling, maxRatePerSec: caps.maxRatePerSec }, stop, tell, note })
  let edges: PhaseEdges | null = null
  try {
    const shared = await asides.setUp()
    // After it: what a setup puts on the shelves is there before the first arrival.
    for (const each of books) await each.before()
    // Not before: no phase begins while the plan is set up.
    edges = tellPhases(start, folder, clock.now, stop.signal)
    const end = await sendRun(world, {
      ...options,
      shared,
      plan,
      tag: { runId: facts.runId, contact: contactOf(plan, options.contact) },
      start,
      clock,
      onWindow,
      wantsSample: (cause) => folder.wantsSample(cause),
      onEvent: note,
      onStray,
      startsInMs: () => {
        for (const each of books) each.begin()
        return startsInMs()
      },
      stop,
    })
    await asides.tearDown(shared, end)
    await digesting
    for (const each of books) await each.after(end)
    edges.tell(end.durationMs)
    folder.note({ atMs: end.durationMs, kind: 'stop', text: end.note ?? `stopped by ${end.stoppedBy}`, end })
    const summary = summarise(tally.facts(start, end), judge.finish(end))
    const report: Report = { summary, start, timeline: timeline.rows, events: folder.events }
    await folder.close()
    progress.end()
    const hasPage = await keepRenderings(world, folder, report)
    await outputs.end(report)
    return { report, end, folder: folder.path, hasPage }
  } finally {
    forget()
    ignoreStrays()
    edges?.stop()
    stopKeeping()
    for (const each of books) await each.close()
  }
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

/** The first Ctrl-C ends the arrivals and lets shoppers under way finish; the second ends the process at once. */
function onInterrupts(world: World, stop: AbortController, tell: (text: string) => void): () => void {
  let interrupts = 0
  return world.onInterrupt(() => {
    interrupts++
    if (interrupts > 1) world.exitNow(exitCodes.interrupted)
    tell('Stopping: no more arrivals; shoppers under way may finish. Press Ctrl-C again to leave at once.')
    if (!stop.signal.aborted) stop.abort(new Stop('interrupt', 'interrupted'))
  })
}

type PhaseEdges = { tell(untilMs: number): void; stop(): void }

/** Phase edges as events, each at its own moment. */
function tellPhases({ phases }: RunStart, folder: RunFolder, now: () => number, stopped: AbortSignal): PhaseEdges {
  let told = 0
  const tell = (untilMs: number): void => {
    // A phase whose arrivals were called off never began.
    if (stopped.aborted) return
    for (let next = phases[told]; next !== undefined && next.startMs <= untilMs; next = phases[told]) {
      folder.note({ atMs: next.startMs, kind: 'phase', text: next.name })
      told++
    }
  }
  const timer = setInterval(() => tell(now()), 250)
  return { tell, stop: () => clearInterval(timer) }
}

async function keepRenderings(world: World, folder: RunFolder, report: Report): Promise<boolean> {
  if (folder.failure !== null) world.stderr.write(`${folder.path}: what could be written is there, the rest is not: ${folder.failure}\n`)
  try {
    await writeRenderings(folder.path, report)
    return true
  } catch (error) {
    world.stderr.write(`${folder.path}: the report could not be written: ${(error as Error).message}\n`)
    return false
  }
}
