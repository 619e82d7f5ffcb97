// The module that each sending thread runs while several threads are calibrated: makes the level's plan and follows the main thread. The
// process here is the thread's own.
import { parentPort, workerData } from 'node:worker_threads'
import type { Makings, ThreadSeat } from '@doorbuster/generator'
import { follow } from '@doorbuster/generator'
import { threadCpuMs } from '../machine.ts'
import { plainWay, transportMaker } from '../transport-of-run.ts'
import type { Level } from './level-plan.ts'
import { levelPlan } from './level-plan.ts'

/** The null target is on this machine, and nothing else is ever asked. */
export type CalibratingOrders = Level

if (parentPort !== null) {
  const { seat, own } = workerData as { readonly seat: ThreadSeat; readonly own: CalibratingOrders }
  const approved = (origin: string): readonly string[] | undefined => (origin === own.target ? ['127.0.0.1'] : undefined)
  const make = async (): Promise<Makings> => {
    const plan = levelPlan(own)
    return { plan, approved, createTransport: await transportMaker(plainWay(plan)) }
  }
  await follow({ port: parentPort, seat, threadCpuMs, make })
}
