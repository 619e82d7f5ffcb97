// (a) and (d): one address, 50 connections that each ask again when answered, without and with TLS.
import type { Figure } from './figures.ts'
import { loadRound } from './load-round.ts'
import type { Target } from './target.ts'
import type { Tool } from './tool.ts'
import { ab } from './tools/ab.ts'
import { artillery } from './tools/artillery.ts'
import { autocannon } from './tools/autocannon.ts'
import { bareSockets } from './tools/bare-sockets.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { h2load } from './tools/h2load.ts'
import { hey } from './tools/hey.ts'
import { k6 } from './tools/k6.ts'
import { oha } from './tools/oha.ts'
import { vegeta } from './tools/vegeta.ts'
import { wrk } from './tools/wrk.ts'
import type { Entry, Workload } from './workload.ts'

export const connections = 50

const columns: readonly Figure[] = ['cpuUsEach', 'perSec', 'coreRatio', 'peakMb']

/** Empty for a tool that cannot loop. */
export function looping(tool: Tool, urlOf: (target: Target) => string, name = tool.name): readonly Entry[] {
  const { closed } = tool.does
  if (closed === undefined) return []
  const measure: Entry['measure'] = (program, setting) =>
    loadRound({ tool, program, errandFor: (seconds) => closed({ url: urlOf(setting.target), seconds, connections }) }, setting)
  return [{ name, tool, measure }]
}

export const closedLoop: Workload = {
  letter: 'a',
  name: 'one URL, closed loop',
  says: `one URL over ${connections} keep-alive connections, each asking again when answered`,
  columns,
  rounds: 'all',
  entries: [doorbuster, bareSockets, wrk, h2load, ab, autocannon, hey, oha, vegeta, k6, artillery].flatMap((tool) =>
    looping(tool, ({ url }) => url),
  ),
  goals: [
    { row: 'doorbuster', figure: 'cpuUsEach', over: 'wrk', atMost: 1 },
    { row: 'doorbuster', figure: 'cpuUsEach', over: 'autocannon', atMost: 0.45 },
    { row: 'doorbuster', figure: 'cpuUsEach', over: 'hey', atMost: 0.2 },
  ],
}

export const tlsLoop: Workload = {
  letter: 'd',
  name: 'HTTPS, closed loop',
  says: `the same over TLS: ${connections} keep-alive connections, an ECDSA certificate, handshakes before the window`,
  columns,
  rounds: 'all',
  entries: [doorbuster, wrk, h2load, autocannon, hey, oha, k6].flatMap((tool) => looping(tool, ({ tlsUrl }) => tlsUrl)),
  goals: [{ row: 'doorbuster', figure: 'cpuUsEach', over: 'wrk', atMost: 1.4 }],
}
