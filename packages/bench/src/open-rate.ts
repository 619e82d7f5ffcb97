// (b): a fixed rate, whatever the target does. And doorbuster alone: at eight times that, which one thread has to send on time, and nearly idle. Both are asked what one
// thread does on a machine of its own, so they are pinned to no CPU: the metronome would else wait for the thread that it wakes.
import { loadRound } from './load-round.ts'
import type { Tool } from './tool.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { hey } from './tools/hey.ts'
import { k6 } from './tools/k6.ts'
import { oha } from './tools/oha.ts'
import { vegeta } from './tools/vegeta.ts'
import type { Entry, Workload } from './workload.ts'

const ratePerSec = 5_000
const highPerSec = 40_000
const highName = `doorbuster at ${highPerSec.toLocaleString('en')}/s`
const idlePerSec = 100
const idleName = `doorbuster at ${idlePerSec}/s`
/** Its lateness is that of the whole run, the cold first tenth of a second included; what is nearly idle is compiled late. */
const longWarmUpMs = 10_000

function sending(tool: Tool, atPerSec: number, name = tool.name): readonly Entry[] {
  const { open } = tool.does
  if (open === undefined) return []
  const measure: Entry['measure'] = (program, setting) => {
    const errandFor = (seconds: number) => open({ url: setting.target.url, seconds, ratePerSec: atPerSec })
    return name === tool.name
      ? loadRound({ tool, program, errandFor }, setting)
      : loadRound({ tool, program, errandFor, warmUpMs: longWarmUpMs }, { ...setting, isPinned: false })
  }
  return [{ name, tool, measure }]
}

export const openRate: Workload = {
  letter: 'b',
  name: 'fixed rate, open',
  says: `one URL at ${ratePerSec.toLocaleString('en')}/s over keep-alive connections, whatever the target does`,
  columns: ['cpuUsEach', 'perSec', 'coreRatio', 'peakMb', 'latenessP99Ms'],
  rounds: 'all',
  entries: [
    ...[doorbuster, hey, oha, vegeta, k6].flatMap((tool) => sending(tool, ratePerSec)),
    ...sending(doorbuster, highPerSec, highName),
    ...sending(doorbuster, idlePerSec, idleName),
  ],
  goals: [
    { row: highName, figure: 'latenessP99Ms', over: null, atMost: 2 },
    { row: idleName, figure: 'coreRatio', over: null, atMost: 0.03 },
  ],
}
