// Sends an approved plan: from the calling thread, or from threads of their own while the calling one judges and writes.
import type { Clock, ConductOptions, GenerateOptions, LimitFacts, RunLimits } from '@doorbuster/generator'
import { conduct, generate, runLimits, startMetronome, warmUp } from '@doorbuster/generator'
import type { RunEnd, RunStart } from '@doorbuster/measurements'
import { Recorder } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import type { RunFlags } from './plan-of-run.ts'
import type { ThreadOrders } from './sending-thread.ts'
import type { WayOut } from './transport-of-run.ts'
import { transportMaker } from './transport-of-run.ts'
import type { World } from './world.ts'

/** Threads beside the main one, two or more, and what they read the plan again from. */
export type InThreads = { readonly count: number; readonly source: string; readonly flags: RunFlags }

export type SendRunOptions = Approval &
  Pick<ConductOptions, 'onWindow' | 'onEvent' | 'onStray' | 'stop'> &
  Pick<GenerateOptions, 'wantsSample'> & {
    readonly plan: Plan
    readonly start: RunStart
    readonly clock: Clock
    readonly way: WayOut
    /** Null: the calling thread sends. */
    readonly inThreads: InThreads | null
  }

export function sendRun(world: World, options: SendRunOptions): Promise<RunEnd> {
  const limitFacts = { ceiling: options.start.ceiling, maxRatePerSec: options.caps.maxRatePerSec }
  return options.inThreads === null ? sendAlone(world, options, limitFacts) : sendInThreads(world, options, options.inThreads, limitFacts)
}

async function sendAlone(world: World, options: SendRunOptions, facts: LimitFacts): Promise<RunEnd> {
  const { plan, approved, clock, way, onWindow, onEvent, wantsSample, stop } = options
  const limits: RunLimits = runLimits(facts)
  const create = await transportMaker(way)
  const metronome = await startMetronome(clock)
  const transport = create(clock, approved, limits.sockets)
  const { cpu, threadCpuMs } = world
  try {
    await warmUp({ clock, metronome })
    const recorder = new Recorder(onWindow)
    return await generate({ plan, transport, approved, clock, metronome, recorder, limits, cpu, threadCpuMs, wantsSample, onEvent, stop })
  } finally {
    await Promise.all([metronome.stop(), transport.close()])
  }
}

async function sendInThreads(world: World, options: SendRunOptions, { count, source, flags }: InThreads, limitFacts: LimitFacts) {
  const { plan, start, clock, caps, grounds, way, onWindow, onEvent, onStray, stop } = options
  const metronome = await startMetronome(clock, count + 1)
  const own: ThreadOrders = { source, flags, cwd: world.cwd, planHash: start.planHash, caps, grounds, way }
  const entry = new URL(import.meta.url.endsWith('.ts') ? './sending-thread.ts' : './sending-thread.js', import.meta.url)
  const { cpu } = world
  try {
    return await conduct({ plan, threads: count, entry, own, clock, metronome, limitFacts, cpu, onWindow, onEvent, onStray, stop })
  } finally {
    await metronome.stop()
  }
}
