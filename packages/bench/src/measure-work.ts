// One workload → its rows, and the tools that it had to do without.
import type { Row } from './figures.ts'
import type { Contender } from './in-turn.ts'
import { inTurn } from './in-turn.ts'
import type { Tool } from './tool.ts'
import type { Setting, Workload } from './workload.ts'

export type MeasuredWork = { readonly workload: Workload; readonly rows: readonly Row[]; readonly missing: readonly Tool[] }

/** A round in so many of those asked for, where a round is long. */
const seldom = 3

export async function measureWork(workload: Workload, rounds: number, setting: Setting): Promise<MeasuredWork> {
  const contenders: Contender[] = []
  const missing = new Set<Tool>()
  for (const entry of workload.entries) {
    const program = entry.tool === null ? null : entry.tool.find()
    if (entry.tool === null) contenders.push({ name: entry.name, measure: () => entry.measure(setting) })
    else if (program === null) missing.add(entry.tool)
    else contenders.push({ name: entry.name, measure: () => entry.measure(program, setting) })
  }
  const turns = workload.rounds === 'all' ? rounds : Math.ceil(rounds / seldom)
  const onRound = (round: number, name: string) => console.error(`(${workload.letter}) round ${round} of ${turns}: ${name}`)
  return { workload, rows: await inTurn(contenders, { rounds: turns, onRound }), missing: [...missing] }
}
