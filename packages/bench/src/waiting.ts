// (e): 10,000 users who wait for an answer that does not come. How much memory that takes, while all of them are there.
//
//   start ──▶ users come, 5 s where the tool can spread them ──▶ all are there ── 3 s more ──▶ all are answered ── 1 s ──▶ stopped
//
// A fixed wait would let the first go before the last came, where a tool is slow to connect.
import { setTimeout as sleep } from 'node:timers/promises'
import { complaint, startClient } from './client.ts'
import type { HeldTarget } from './held-target.ts'
import { startHeldTarget } from './held-target.ts'
import { clientCpu, watchStolen } from './machine.ts'
import { treeCpuMs, treePeakBytes } from './process-tree.ts'
import type { Running } from './program.ts'
import type { Tool } from './tool.ts'
import { artillery } from './tools/artillery.ts'
import { autocannon } from './tools/autocannon.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { h2load } from './tools/h2load.ts'
import { hey } from './tools/hey.ts'
import { k6 } from './tools/k6.ts'
import { oha } from './tools/oha.ts'
import { vegeta } from './tools/vegeta.ts'
import { wrk } from './tools/wrk.ts'
import type { Entry, Workload } from './workload.ts'

const users = 10_000
const overSeconds = 5
const longerMs = 3_000
const afterwardsMs = 1_000
/** A tool that has not brought its users by then will not. */
const patienceMs = 25_000
/** Memory of a crowd that is not there says nothing. A few late ones do not matter. */
const enoughRatio = 0.99
const lookEveryMs = 250

function crowding(tool: Tool): readonly Entry[] {
  const { waiting: errandFor } = tool.does
  if (errandFor === undefined) return []
  const measure: Entry['measure'] = async (program, setting) => {
    await using target = await startHeldTarget({ kind: 'waiting', users, longerMs }, { cwd: setting.folder, isPinned: setting.isPinned })
    const stolen = watchStolen(setting.isPinned ? [clientCpu] : null)
    await using client = await startClient(program, errandFor({ url: target.url, users, overSeconds }), setting, patienceMs * 2)
    const { peakBytes, cpuMs } = await watchCrowd(client, target)
    const { mostWaiting } = await target.log()
    if (mostWaiting < users * enoughRatio) throw new Error(`it never had more than ${mostWaiting} users waiting at once`)
    return { stolenRatio: stolen(), figures: { peakMb: peakBytes / 1e6, atOnce: mostWaiting, cpuUsEach: (cpuMs * 1e3) / mostWaiting } }
  }
  return [{ name: tool.name, tool, measure }]
}

async function watchCrowd(client: Running, target: HeldTarget) {
  const sinceMs = performance.now()
  let peakBytes = 0
  let cpuMs = 0
  let answeredMs: number | null = null
  while (answeredMs === null ? performance.now() - sinceMs < patienceMs : performance.now() - answeredMs < afterwardsMs) {
    if (client.hasEnded()) break
    peakBytes = Math.max(peakBytes, treePeakBytes(client.pid))
    cpuMs = Math.max(cpuMs, treeCpuMs(client.pid))
    await sleep(lookEveryMs)
    if (answeredMs === null && (await target.log()).serviceMs.length > 0) answeredMs = performance.now()
  }
  if (client.hasEnded() && answeredMs === null)
    throw new Error(`it ended before its users were answered: ${complaint((await client.ended).stderr)}`)
  return { peakBytes, cpuMs }
}

export const waiting: Workload = {
  letter: 'e',
  name: `${users.toLocaleString('en')} waiting users`,
  says: 'as many connections, all open at once, each waiting for an answer; start-up counted',
  columns: ['peakMb', 'atOnce', 'cpuUsEach'],
  rounds: 'seldom',
  entries: [doorbuster, wrk, h2load, autocannon, hey, oha, vegeta, k6, artillery].flatMap(crowding),
  goals: [{ row: 'doorbuster', figure: 'peakMb', over: null, atMost: 200 }],
}
