// The module that each sending thread runs: reads the plan again, since journeys cannot be handed from thread to thread, and follows the main
// thread. The process here is the thread's own.
import { parentPort, workerData } from 'node:worker_threads'
import type { Makings, ThreadSeat } from '@doorbuster/generator'
import { follow } from '@doorbuster/generator'
import { planHash } from '@doorbuster/plan'
import type { Approval } from './approve.ts'
import { approvedBy, withinCaps } from './approve.ts'
import { threadCpuMs } from './machine.ts'
import type { RunFlags } from './plan-of-run.ts'
import { planOfRun } from './plan-of-run.ts'
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
}

if (parentPort !== null) {
  const port = parentPort
  const { seat, own } = workerData as { readonly seat: ThreadSeat; readonly own: ThreadOrders }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) =>
      port.postMessage({ kind: 'stray', text: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  keepYoungSpaceSmall()
  await follow({ port, seat, threadCpuMs, make: () => makings(own) })
}

async function makings({ source, flags, cwd, caps, grounds, way, ...expected }: ThreadOrders): Promise<Makings> {
  const plan = withinCaps(await planOfRun(source, flags, cwd), caps)
  if (planHash(plan) !== expected.planHash)
    throw new Error(`the plan ${source}, read once more for this thread, is not the one it was: nothing in a plan may change by itself`)
  return { plan, approved: approvedBy(grounds), createTransport: await transportMaker(way) }
}
