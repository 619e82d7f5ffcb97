// The same closed loop by two instruments, one after the other, on a target whose waiting times are known: ours in this thread, autocannon
// in one of its own.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { launch } from '@doorbuster/plan'
import type { World } from '../world.ts'
import { disagreeing } from './agreement.ts'
import type { Percentiles, SecondOpinion } from './calibration.ts'
import { nullPaths } from './null-answers.ts'
import type { Opinion, OpinionOrders } from './second-opinion-thread.ts'
import { Interrupted, sendCounted } from './send-counted.ts'

/** Few enough to leave everybody room: it is times that are compared here, not strength. */
const connections = 10

/** Asked once more where they disagree: one of two loops that follow each other may have had the bad second. */
export async function askSecondOpinion(...loops: Parameters<typeof compare>): Promise<SecondOpinion> {
  const first = await compare(...loops)
  return first.disagreeing.length === 0 ? first : await compare(...loops)
}

async function compare(world: World, target: string, lastingMs: number, stop: AbortController): Promise<SecondOpinion> {
  const url = `${target}${nullPaths.waits}`
  const doorbuster = await ourTimes(world, url, lastingMs, stop)
  const autocannon = await theirTimes({ url, connections, lastingMs }, stop.signal)
  return { connections, doorbuster, autocannon, disagreeing: disagreeing(doorbuster, autocannon) }
}

async function ourTimes(world: World, url: string, lastingMs: number, stop: AbortController): Promise<Percentiles> {
  const plan = launch({ name: 'second-opinion', target: url, closed: { shoppers: connections, lasting: lastingMs }, drain: 2_000 })
  const { facts } = await sendCounted(world, plan, null, stop)
  const { count, p50, p90, p99 } = facts.serviceMs
  return { samples: count, p50: p50 ?? 0, p90: p90 ?? 0, p99: p99 ?? 0 }
}

/** @throws whatever autocannon throws; Interrupted. */
async function theirTimes(orders: OpinionOrders, signal: AbortSignal): Promise<Opinion> {
  const entry = new URL(import.meta.url.endsWith('.ts') ? './second-opinion-thread.ts' : './second-opinion-thread.js', import.meta.url)
  const thread = new Worker(entry, { workerData: orders })
  try {
    const [opinion] = (await once(thread, 'message', { signal })) as [Opinion]
    return opinion
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error
  } finally {
    await thread.terminate()
  }
}
