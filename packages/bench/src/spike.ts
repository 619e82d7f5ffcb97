// (g): 50/s that become 5,000/s within a second. Do the arrivals come as they are owed? nginx writes down when each came.
import { setTimeout as sleep } from 'node:timers/promises'
import { complaint, startClient } from './client.ts'
import { clientCpu, serverCpu, watchStolen } from './machine.ts'
import type { Shape } from './spike-bins.ts'
import { worstBin } from './spike-bins.ts'
import type { Tool } from './tool.ts'
import { artillery } from './tools/artillery.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { k6 } from './tools/k6.ts'
import type { Entry, Workload } from './workload.ts'

const shape: Shape = { lowPerSec: 50, highPerSec: 5_000, lowSeconds: 2, riseSeconds: 1, highSeconds: 2 }
const lastingMs = (shape.lowSeconds + shape.riseSeconds + shape.highSeconds) * 1e3
/** Start-up, and an end that is waited for. What has not come by then has missed its bin by far. */
const graceMs = 10_000

function spiking(tool: Tool): readonly Entry[] {
  const { spike: errandFor } = tool.does
  if (errandFor === undefined) return []
  const measure: Entry['measure'] = async (program, setting) => {
    const { target, isPinned } = setting
    await target.arrivalsMs()
    const stolen = watchStolen(isPinned ? [serverCpu, clientCpu] : null)
    await using client = await startClient(program, errandFor({ url: target.loggedUrl, ...shape }), setting, lastingMs + graceMs)
    const { stdout, stderr } = await client.ended
    const stolenRatio = stolen()
    await sleep(100)
    const arrivalsMs = await target.arrivalsMs()
    if (arrivalsMs.length === 0) throw new Error(`nothing came: ${complaint(stderr)}`)
    const { ratio, arrivals } = worstBin(arrivalsMs, shape)
    return { stolenRatio, figures: { worstBinRatio: ratio, worstBinArrivals: arrivals, ...latenessIn(stdout, tool) } }
  }
  return [{ name: tool.name, tool, measure }]
}

/** Nothing from a tool that does not say it, or that was stopped before it could say anything. */
function latenessIn(stdout: string, tool: Tool): { readonly latenessP99Ms?: number } {
  if (stdout.trim() === '') return {}
  const { latenessP99Ms } = tool.read(stdout)
  return latenessP99Ms === null ? {} : { latenessP99Ms }
}

export const spike: Workload = {
  letter: 'g',
  name: 'spike',
  says: `${shape.lowPerSec}/s for ${shape.lowSeconds} s, to ${shape.highPerSec.toLocaleString('en')}/s within ${shape.riseSeconds} s, held ${shape.highSeconds} s: owed against came, in bins of 100 ms`,
  columns: ['worstBinRatio', 'worstBinArrivals', 'latenessP99Ms'],
  rounds: 'seldom',
  entries: [doorbuster, k6, artillery].flatMap(spiking),
  goals: [{ row: 'doorbuster', figure: 'worstBinRatio', over: null, atMost: 0.02 }],
}
