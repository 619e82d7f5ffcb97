// The module that each sending thread runs: reads the plan again, since journeys cannot be handed from thread to thread, and follows the main
// thread. The process here is the thread's own.
import { parentPort, workerData } from 'node:worker_threads'
import type { Makings, ThreadSeat } from '@doorbuster/generator'
import { follow } from '@doorbuster/generator'
import { planHash } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import { approvedBy, withinCaps } from './approve.ts'
import { threadCpuMs } from './machine.ts'
import { plainJson } from './plain-json.ts'
import type { RunFlags } from './plan-of-run.ts'
import { planOfRun } from './plan-of-run.ts'
import type { RunTag } from './run-headers.ts'
import { tagged } from './run-headers.ts'
import { maskSecrets } from './secret.ts'
import type { WayOut } from './transport-of-run.ts'
import { transportMaker } from './transport-of-run.ts'
import { keepYoungSpaceSmall } from './young-space.ts'

/** How a sending thread comes to the plan and the approval of the main thread; plain data. */
export type ThreadOrders = Pick<Approval, 'caps' | 'grounds'> & {
  readonly source: string
  readonly flags: RunFlags
  readonly cwd: string
  readonly planHash: string
  readonly way: WayOut
  readonly tag: RunTag | null
  /** What the plan's `setup` returned; plain JSON. */
  readonly shared: unknown
}

if (parentPort !== null) {
  const port = parentPort
  const { seat, own } = workerData as { readonly seat: ThreadSeat; readonly own: ThreadOrders }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) =>
      port.postMessage({ kind: 'stray', text: maskSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error)) }),
    )
  keepYoungSpaceSmall()
  await follow({ port, seat, threadCpuMs, make: () => makings(own), mask: maskSecrets })
}

async function makings({ source, flags, cwd, caps, grounds, way, tag, shared, ...expected }: ThreadOrders): Promise<Makings> {
  const plan = withinCaps(await planOfRun(source, flags, cwd), caps)
  if (planHash(plan, maskSecrets) !== expected.planHash)
    throw new Error(`the plan ${source}, read once more for this thread, is not the one it was: nothing in a plan may change by itself`)
  const sent = tagged(plan, tag)
  return { plan: sent, approved: approvedBy(grounds), createTransport: await transportMaker(way), shared: plainJson(shared, 'setup') }
}
