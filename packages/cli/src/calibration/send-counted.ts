// Sends a plan to the null target and judges it as any run is judged, by the default objectives, but leaves no folder behind.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '@doorbuster/generator'
import { conduct, createClock, Stop, startMetronome } from '@doorbuster/generator'
import type { Facts, OnWindow, RunEnd, RunStart } from '@doorbuster/measurements'
import { Tally } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { TrustCheck } from '@doorbuster/verdict'
import { startJudging } from '@doorbuster/verdict'
import type { Approval } from '../approve.ts'
import { approvedBy } from '../approve.ts'
import { socketLimit } from '../machine.ts'
import { newRunId } from '../run-headers.ts'
import { describeStart } from '../run-start.ts'
import { sendRun } from '../send-run.ts'
import { plainWay, transportName } from '../transport-of-run.ts'
import type { World } from '../world.ts'
import type { CalibratingOrders } from './calibrating-thread.ts'

/** Null: the main thread sends, as in a run of one thread. */
export type CalibratingThreads = { readonly count: number; readonly own: CalibratingOrders } | null

export type Counted = { readonly facts: Facts; readonly trust: readonly TrustCheck[] }

const mostShoppers = 50_000

/** @throws Stop's reason when the run was stopped, whether from outside or by a defect. */
export async function sendCounted(world: World, plan: Plan, threads: CalibratingThreads, stop: AbortController): Promise<Counted> {
  const clock = createClock()
  const start = describeStart(plan, {
    startedAt: world.now(),
    runId: newRunId(),
    ceiling: { sockets: socketLimit(), shoppers: mostShoppers },
    transport: await transportName(plainWay(plan), clock),
    threads: threads?.count ?? 1,
    nodeVersion: world.nodeVersion,
  })
  const tally = new Tally()
  const judge = startJudging({ objectives: [], start, tally })
  let digesting = Promise.resolve()
  // In a turn of its own, as in a run: what judging costs a sending thread belongs to what is measured.
  const onWindow: OnWindow = (window, release) => {
    digesting = digesting.then(async () => {
      await nextTurn()
      tally.add(window)
      judge.window(window)
      release()
    })
  }
  const end = await sendBy(world, { plan, start, clock, threads, onWindow, stop })
  await digesting
  if (stop.signal.aborted) throw stopped(stop.signal.reason)
  return { facts: tally.facts(start, end), trust: judge.finish(end).trust }
}

/** Ctrl-C: nothing went wrong, and nothing is known. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

function stopped(reason: unknown): Error {
  if (reason instanceof Stop && reason.by === 'interrupt') return new Interrupted()
  return new Error(reason instanceof Stop ? reason.note : String(reason))
}

type Sending = {
  readonly plan: Plan
  readonly start: RunStart
  readonly clock: Clock
  readonly threads: CalibratingThreads
  readonly onWindow: OnWindow
  readonly stop: AbortController
}

async function sendBy(world: World, { plan, start, clock, threads, onWindow, stop }: Sending): Promise<RunEnd> {
  const onStray = (error: unknown): void => {
    if (!stop.signal.aborted) stop.abort(new Stop('bug', error instanceof Error ? (error.stack ?? error.message) : String(error)))
  }
  const common = { plan, clock, onWindow, onEvent: () => {}, onStray, stop }
  if (threads === null)
    return await sendRun(world, {
      ...common,
      ...ownMachine,
      // Its own target keeps no log.
      tag: null,
      start,
      way: plainWay(plan),
      inThreads: null,
      wantsSample: () => false,
      shared: undefined,
    })
  const metronome = await startMetronome(clock, threads.count + 1)
  const entry = new URL(import.meta.url.endsWith('.ts') ? './calibrating-thread.ts' : './calibrating-thread.js', import.meta.url)
  const limitFacts = { ceiling: start.ceiling, maxRatePerSec: null }
  try {
    return await conduct({ ...common, threads: threads.count, entry, own: threads.own, metronome, limitFacts, cpu: world.cpu })
  } finally {
    await metronome.stop()
  }
}

/** The null target listens on this address alone, and no list of the user's is asked. */
const address = '127.0.0.1'
const grounds: Approval['grounds'] = {
  allow: [],
  todayIso: '',
  wanted: { peakPerSec: 0, lastingMs: 0 },
  resolved: new Map([[address, [address]]]),
  detours: [],
}
const ownMachine: Approval = {
  approved: approvedBy(grounds),
  caps: { maxRatePerSec: null, maxSockets: null, maxLastingMs: null },
  grounds,
  proxy: null,
  contact: null,
}
