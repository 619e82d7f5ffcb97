// (c): a shopper goes landing → product (its JSON parsed, its price checked) → order (JSON posted), on a new connection.
// With the bare requests of wrk beside them, since that is what a journey on kept sockets is held against.
import { connections, looping } from './closed-loop.ts'
import { loadRound } from './load-round.ts'
import type { JourneyLoad, Tool } from './tool.ts'
import { artillery } from './tools/artillery.ts'
import { bareSockets } from './tools/bare-sockets.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { k6 } from './tools/k6.ts'
import { wrk } from './tools/wrk.ts'
import type { Entry, Workload } from './workload.ts'

const requestsPerJourney = 3
const keptName = 'doorbuster, kept sockets'
const bareName = 'wrk, bare requests'

function shopping(tool: Tool, sockets: JourneyLoad['sockets'], name = tool.name): readonly Entry[] {
  const { journey } = tool.does
  if (journey === undefined) return []
  const measure: Entry['measure'] = async (program, setting) => {
    const errandFor = (seconds: number) => journey({ origin: setting.target.url.slice(0, -1), seconds, shoppers: connections, sockets })
    const { figures, stolenRatio } = await loadRound({ tool, program, errandFor }, setting)
    const { cpuUsEach } = figures
    return { stolenRatio, figures: cpuUsEach === undefined ? figures : { ...figures, cpuUsPerJourney: cpuUsEach * requestsPerJourney } }
  }
  return [{ name, tool, measure }]
}

export const journey: Workload = {
  letter: 'c',
  name: 'journeys',
  says: 'landing → product (JSON parsed, price checked) → order (JSON posted), a new connection for each shopper',
  columns: ['cpuUsEach', 'cpuUsPerJourney', 'perSec', 'coreRatio', 'peakMb'],
  rounds: 'all',
  entries: [
    ...[doorbuster, bareSockets, k6, artillery].flatMap((tool) => shopping(tool, 'new')),
    ...shopping(doorbuster, 'kept', keptName),
    ...looping(wrk, ({ url }) => url, bareName),
  ],
  goals: [
    { row: 'doorbuster', figure: 'cpuUsEach', over: 'k6', atMost: 0.25 },
    { row: 'doorbuster', figure: 'cpuUsEach', over: 'Artillery', atMost: 0.1 },
    { row: keptName, figure: 'cpuUsEach', over: bareName, atMost: 1.6 },
  ],
}
