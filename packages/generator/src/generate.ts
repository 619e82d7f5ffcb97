// One rehearsal sent by the calling thread alone, from its first arrival to its last answer. With several threads: conduct.ts.
import type { RunEnd } from '@doorbuster/measurements'
import { stripe } from '@doorbuster/schedule'
import { readyLive } from './live/ready-live.ts'
import { openDoors } from './privacy/door-watch.ts'
import { privacyGround } from './privacy/privacy-memory.ts'
import { watchesPrivacy } from './privacy/privacy-watch.ts'
import type { CpuReading } from './run-cpu.ts'
import { cpuBetween } from './run-cpu.ts'
import type { SendOptions } from './send.ts'
import { send } from './send.ts'
import { endedBy } from './stop.ts'

export type GenerateOptions = Omit<SendOptions, 'stripe' | 'onLastArrival' | 'doors' | 'privacy'> & {
  readonly cpu: () => CpuReading
  /** Asked once everything is ready: in how many ms the run's zero should be. Never sooner than the run can keep it; left out: at once. */
  readonly startsInMs?: (() => number) | undefined
  /** Canaries of two runs differ by it; without one, runs of one seed have the same. */
  readonly runId?: string | undefined
}

/** The first arrival is due this long after everything is ready. */
const leadMs = 20

/** Resolves when the last shopper is gone and the last window was handed over. Never rejects for anything that a target or a journey does. */
export async function generate({ cpu, runId, startsInMs = () => 0, ...options }: GenerateOptions): Promise<RunEnd> {
  const { plan, transport, approved, clock, stop } = options
  await readyLive(plan, transport)
  const doors = openDoors({ plan, transport, approved, clock, signal: stop.signal, maxRatePerSec: options.limits.maxRatePerSec })
  await doors?.ask('before the first arrival')
  clock.zeroAt(clock.shared(clock.now() + Math.max(leadMs, startsInMs())))
  const before = cpu()
  let after = before
  const onLastArrival = (): void => {
    after = cpu()
  }
  const durationMs = await send({
    ...options,
    stripe: stripe(0, 1),
    doors,
    privacy: watchesPrivacy(plan) ? privacyGround(runId) : null,
    onLastArrival,
  })
  return { ...endedBy(stop.signal), durationMs, ...cpuBetween(before, after) }
}
