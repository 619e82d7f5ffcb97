// (h): shoppers who do all that a journey can do on the way: cookies, forms, JSON read by path, checks, a transaction, an order told, and
// canaries that every answer is searched for. Nobody else knows canaries and orders; k6 stands beside it with the rest.
import { connections } from './closed-loop.ts'
import { loadRound } from './load-round.ts'
import type { JourneyLoad, Tool } from './tool.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { k6 } from './tools/k6.ts'
import type { Entry, Workload } from './workload.ts'

const keptName = 'doorbuster, kept sockets'
/** 8,000 requests a second on one core. */
const mostCpuUsEach = 125

function shoppingFully(tool: Tool, sockets: JourneyLoad['sockets'], name = tool.name): readonly Entry[] {
  const { fullJourney: walk } = tool.does
  if (walk === undefined) return []
  const measure: Entry['measure'] = (program, setting) =>
    loadRound(
      { tool, program, errandFor: (seconds) => walk({ origin: setting.target.url.slice(0, -1), seconds, shoppers: connections, sockets }) },
      setting,
    )
  return [{ name, tool, measure }]
}

export const fullJourney: Workload = {
  letter: 'h',
  name: 'full journeys',
  says: 'landing → login (cookie) → account (2 kB of HTML) → product → cart (form) → order, with checks, canaries and a ledger of orders',
  columns: ['cpuUsEach', 'perSec', 'coreRatio', 'peakMb'],
  rounds: 'all',
  entries: [...[doorbuster, k6].flatMap((tool) => shoppingFully(tool, 'new')), ...shoppingFully(doorbuster, 'kept', keptName)],
  goals: [
    { row: 'doorbuster', figure: 'cpuUsEach', over: null, atMost: mostCpuUsEach },
    { row: keptName, figure: 'cpuUsEach', over: null, atMost: mostCpuUsEach },
  ],
}
