// The main thread's side of a run of several threads: starts them, gives them one zero, puts their windows together, ends the run when one
// dies. It sends nothing itself, so that judging and writing never make a request late. Knows nothing of verdicts, files or screens.
import type { OnWindow, RunEnd, RunEvent } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { outline } from '@doorbuster/schedule'
import type { Clock } from './clock.ts'
import { lostArrivals } from './lost-arrivals.ts'
import type { RunMetronome } from './metronome.ts'
import { privacyGround } from './privacy/privacy-memory.ts'
import { watchesPrivacy } from './privacy/privacy-watch.ts'
import type { CpuReading } from './run-cpu.ts'
import { cpuBetween } from './run-cpu.ts'
import type { LimitFacts } from './run-limits.ts'
import { limitsMemory } from './run-limits.ts'
import { SendingThread } from './sending-thread.ts'
import { endedBy, Stop } from './stop.ts'
import { WindowsInOrder } from './windows-in-order.ts'

export type ConductOptions = {
  readonly plan: Plan
  readonly threads: number
  /** The module that every thread runs; it calls `follow` with its `workerData`'s `seat`. */
  readonly entry: URL
  /** Whatever the entry needs beside its seat, as `own` of its `workerData`: plain data. */
  readonly own: unknown
  readonly execArgv?: readonly string[]
  readonly clock: Clock
  /** With a seat for every thread and one more. */
  readonly metronome: RunMetronome
  readonly limitFacts: LimitFacts
  readonly cpu: () => CpuReading
  readonly onWindow: OnWindow
  readonly onEvent: (event: RunEvent) => void
  /** An error in a sending thread that nobody caught. */
  readonly onStray: (text: string) => void
  /** As for `generate`. */
  readonly startsInMs?: (() => number) | undefined
  readonly stop: AbortController
  /** Canaries of two runs differ by it; without one, runs of one seed have the same. */
  readonly runId?: string | undefined
}

/** The first arrival is due this long after every thread is ready; they hear of it within a few ms. */
const leadMs = 50
/** A thread that gives no sign of life, or has not ended, so long after the drain time never will: something in it does not let go of it. */
const graceMs = 3_000
/** A thread reads the plan and warms up in well under a second; one that takes this long hangs. */
const startWithinMs = 30_000
const lookEveryMs = 250

/** Resolves when the last thread is gone and the last window was handed over. Never rejects for anything that a target or a journey does. */
export async function conduct(options: ConductOptions): Promise<RunEnd> {
  const { plan, clock, cpu, stop } = options
  const run = new Conducted(options)
  if (!(await hasStarted(run, stop.signal))) return await unstarted(options, run)
  let stoppedMs = Number.POSITIVE_INFINITY
  const onStop = (): void => {
    stoppedMs = Math.min(stoppedMs, clock.now())
    run.stop(stop.signal.reason as Stop)
  }
  clock.zeroAt(clock.shared(clock.now() + Math.max(leadMs, options.startsInMs?.() ?? 0)))
  if (stop.signal.aborted) onStop()
  else stop.signal.addEventListener('abort', onStop)
  const before = cpu()
  const owedUntilMs = (): number => Math.min(stoppedMs, lastingMsOf(plan))
  const watch = setInterval(() => run.giveUpSilent(clock.now() - plan.limits.drainMs - graceMs, owedUntilMs()), lookEveryMs)
  run.go(clock.shared(0))
  await run.lastArrival
  const after = cpu()
  const durationMs = await run.end
  stop.signal.removeEventListener('abort', onStop)
  clearInterval(watch)
  return { ...ended(options, run, stoppedMs), durationMs: durationMs ?? Math.max(0, clock.now()), ...cpuBetween(before, after) }
}

/** False: the run was stopped before every thread was ready, or one of them never was. */
async function hasStarted(run: Conducted, signal: AbortSignal): Promise<boolean> {
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<void>((resolve) => {
    late = setTimeout(() => {
      run.giveUp(`it was not ready within ${startWithinMs / 1e3} s`)
      resolve()
    }, startWithinMs)
  })
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([run.ready, stopped, tooLate])
  clearTimeout(late)
  return !signal.aborted && run.dead.length === 0
}

/** Nothing was sent. */
async function unstarted(options: ConductOptions, run: Conducted): Promise<RunEnd> {
  run.leave()
  await run.end
  return { ...ended(options, run, 0), durationMs: 0, cpuSeconds: 0 }
}

function lastingMsOf({ model }: Plan): number {
  return model.kind === 'open' ? outline(model.traffic).lastingMs : model.lastingMs
}

/** A thread that died makes the end our defect, whatever else had ended the run before. */
function ended(
  { plan, stop }: ConductOptions,
  { dead }: Conducted,
  stoppedMs: number,
): Pick<RunEnd, 'finished' | 'stoppedBy' | 'note' | 'lost'> {
  if (dead.length === 0) return endedBy(stop.signal)
  const arrivals = dead.reduce((sum, { stripe, handedIn }) => sum + lostArrivals(plan, stripe, stoppedMs, handedIn), 0)
  const note = `${dead.map(({ name, died }) => `${name} died: ${died}`).join('; ')}; ${arrivals} arrivals of its stripe came to no known end`
  return { finished: false, stoppedBy: 'bug', note, lost: { threads: dead.length, arrivals } }
}

/** All threads of a run. */
class Conducted {
  readonly #threads: readonly SendingThread[]
  readonly ready: Promise<unknown>
  readonly lastArrival: Promise<unknown>
  /** The latest end of a thread, ms from the run's zero; null when all of them died. */
  readonly end: Promise<number | null>

  constructor({
    plan,
    threads,
    entry,
    own,
    execArgv,
    clock,
    metronome,
    limitFacts,
    onWindow,
    onEvent,
    onStray,
    stop,
    runId,
  }: ConductOptions) {
    const windows = new WindowsInOrder(threads, onWindow)
    const limits = limitsMemory()
    const privacy = watchesPrivacy(plan) ? privacyGround(runId) : null
    const end = (by: Stop['by'], note: string): void => {
      if (!stop.signal.aborted) stop.abort(new Stop(by, note))
    }
    this.#threads = Array.from(
      { length: threads },
      (_, worker) =>
        new SendingThread({
          entry,
          execArgv,
          own,
          clock,
          seat: { stripe: { worker, of: threads }, metronome: metronome.memory, limits, limitFacts, privacy },
          onWindow: (window) => windows.add(worker, window),
          onEvent,
          onStray,
          onStop: end,
          onEnd: (died) => {
            windows.end(worker)
            if (died !== null) end('bug', `sending thread ${worker + 1} of ${threads} died: ${died}`)
          },
        }),
    )
    this.ready = Promise.all(this.#threads.map((thread) => thread.ready))
    this.lastArrival = Promise.all(this.#threads.map((thread) => thread.lastArrival))
    this.end = Promise.all(this.#threads.map((thread) => thread.end)).then((ends) => {
      const known = ends.filter((endMs) => endMs !== null)
      return known.length === 0 ? null : Math.max(...known)
    })
  }

  get dead(): readonly SendingThread[] {
    return this.#threads.filter(({ died }) => died !== null)
  }

  go(zeroSharedMs: number): void {
    for (const thread of this.#threads) thread.tell({ kind: 'go', zeroSharedMs })
  }

  giveUp(why: string): void {
    for (const thread of this.#threads) thread.giveUp(why)
  }

  /** Ends threads of which nothing was heard since `sinceMs`; a thread that is merely late is heard every second. */
  giveUpSilent(sinceMs: number, owedUntilMs: number): void {
    if (sinceMs < owedUntilMs) return
    for (const thread of this.#threads) {
      if (thread.lastSignMs < sinceMs) thread.giveUp('it did not end by itself: something that its journeys began never lets go of it')
    }
  }

  /** Ends all where they stand; nobody is to blame. */
  leave(): void {
    for (const thread of this.#threads) thread.leave()
  }

  stop({ by, note, isAtOnce }: Stop): void {
    for (const thread of this.#threads) thread.tell({ kind: 'stop', by, note, isAtOnce })
  }
}
