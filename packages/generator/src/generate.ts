// One rehearsal sent by the calling thread alone, from its first arrival to its last answer. With several threads: conduct.ts.
import type { RunEnd } from '@doorbuster/measurements'
import { stripe } from '@doorbuster/schedule'
import type { CpuReading } from './run-cpu.ts'
import { cpuBetween } from './run-cpu.ts'
import type { SendOptions } from './send.ts'
import { send } from './send.ts'
import { endedBy } from './stop.ts'

export type GenerateOptions = Omit<SendOptions, 'stripe' | 'onLastArrival'> & { readonly cpu: () => CpuReading }

/** The first arrival is due this long after everything is ready. */
const leadMs = 20

/** Resolves when the last shopper is gone and the last window was handed over. Never rejects for anything that a target or a journey does. */
export async function generate({ cpu, ...options }: GenerateOptions): Promise<RunEnd> {
  const { clock, stop } = options
  clock.zeroAt(clock.shared(clock.now() + leadMs))
  const before = cpu()
  let after = before
  const onLastArrival = (): void => {
    after = cpu()
  }
  const durationMs = await send({ ...options, stripe: stripe(0, 1), onLastArrival })
  return { ...endedBy(stop.signal), durationMs, ...cpuBetween(before, after) }
}
