// Sends an approved plan: from the calling thread, or from threads of their own while the calling one judges and writes.
import type { Clock, ConductOptions, GenerateOptions, LimitFacts, RunLimits } from '@doorbuster/generator'
import { conduct, generate, runLimits, startMetronome, warmUp } from '@doorbuster/generator'
import type { RunEnd, RunStart } from '@doorbuster/measurements'
import { Recorder } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import type { RunFlags } from './plan-of-run.ts'
import type { RunTag } from './run-headers.ts'
import { tagged } from './run-headers.ts'
import { maskSecrets } from './secret.ts'
import type { ThreadOrders } from './sending-thread.ts'
import type { WayOut } from './transport-of-run.ts'
import { transportMaker } from './transport-of-run.ts'
import type { World } from './world.ts'

/** Threads beside the main one, two or more, and what they read the plan again from. */
export type InThreads = { readonly count: number; readonly source: string; readonly flags: RunFlags }

export type SendRunOptions = Approval &
  Pick<ConductOptions, 'onWindow' | 'onEvent' | 'onStray' | 'startsInMs' | 'stop'> &
  Pick<GenerateOptions, 'wantsSample'> & {
    readonly plan: Plan
    /** What every request says of the run; null: nothing. */
    readonly tag: RunTag | null
    readonly start: RunStart
    readonly clock: Clock
    readonly way: WayOut
    /** What the plan's `setup` returned. */
    readonly shared: unknown
    /** Null: the calling thread sends. */
    readonly inThreads: InThreads | null
  }

export function sendRun(world: World, options: SendRunOptions): Promise<RunEnd> {
  const limitFacts = { ceiling: options.start.ceiling, maxRatePerSec: options.caps.maxRatePerSec }
  return options.inThreads === null ? sendAlone(world, options, limitFacts) : sendInThreads(world, options, options.inThreads, limitFacts)
}

async function sendAlone(world: World, options: SendRunOptions, facts: LimitFacts): Promise<RunEnd> {
  const { start, approved, clock, way, onWindow, onEvent, wantsSample, startsInMs, stop, shared } = options
  const plan = tagged(options.plan, options.tag)
  const limits: RunLimits = runLimits(facts)
  const create = await transportMaker(way)
  const metronome = await startMetronome(clock)
  const transport = create(clock, approved, limits.sockets)
  const { cpu, threadCpuMs } = world
  try {
    await warmUp({ clock, metronome })
    const recorder = new Recorder(onWindow)
    const its = { plan, transport, approved, clock, metronome, recorder, limits, shared, mask: maskSecrets, runId: runIdOf(start) }
    return await generate({ ...its, cpu, threadCpuMs, wantsSample, onEvent, startsInMs, stop })
  } finally {
    await Promise.all([metronome.stop(), transport.close()])
  }
}

async function sendInThreads(world: World, options: SendRunOptions, { count, source, flags }: InThreads, limitFacts: LimitFacts) {
  const { plan, tag, start, clock, caps, grounds, way, shared, onWindow, onEvent, onStray, startsInMs, stop } = options
  const metronome = await startMetronome(clock, count + 1)
  const own: ThreadOrders = { source, flags, cwd: world.cwd, planHash: start.planHash, caps, grounds, way, tag, shared }
  const entry = new URL(import.meta.url.endsWith('.ts') ? './sending-thread.ts' : './sending-thread.js', import.meta.url)
  const { cpu } = world
  try {
    const its = { plan, threads: count, entry, own, clock, metronome, limitFacts, cpu, runId: runIdOf(start) }
    return await conduct({ ...its, onWindow, onEvent, onStray, startsInMs, stop })
  } finally {
    await metronome.stop()
  }
}

/** No two runs of a plan begin in the same millisecond. */
function runIdOf({ planHash, startedAt }: RunStart): string {
  return `${planHash} ${startedAt}`
}
