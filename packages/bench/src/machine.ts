// The machine under the benchmark: its facts, which CPUs are ours to pin to, and how much of them its host took away.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

export const serverCpu = 0
export const clientCpu = 1

export type MachineFacts = {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly os: string
  readonly node: string
  /** Mean number of runnable tasks over the minute before the bench: what else was going on. */
  readonly loadBefore: number
}

export function machineFacts(): MachineFacts {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    os: `${type()} ${release()}`,
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  }
}

/** Whether target and client can each have a CPU of their own: taskset is there, and both CPUs may be used. */
export function canPin(): boolean {
  return [serverCpu, clientCpu].every((cpu) => {
    const [program = '', ...programArguments] = pinned(cpu, ['true'])
    return spawnSync(program, programArguments).status === 0
  })
}

/** The command on one CPU alone; as it stands when `cpu` is null. */
export function pinned(cpu: number | null, command: readonly string[]): readonly string[] {
  return cpu === null ? command : ['taskset', '-c', `${cpu}`, ...command]
}

/** The answer is for the time since this call. `among`: the CPUs looked at, all of them when null. */
export function watchStolen(among: readonly number[] | null): () => number | null {
  const before = readProcStat()
  return () => stolenRatio(before, readProcStat(), among)
}

/** The worst of these CPUs' shares of time that the host gave to others between two texts of /proc/stat; null where it is not told. */
export function stolenRatio(before: string, after: string, among: readonly number[] | null): number | null {
  const earlier = new Map(cpuTimes(before).map((times) => [times.cpu, times]))
  const shares = cpuTimes(after)
    .filter(({ cpu }) => among?.includes(cpu) ?? true)
    .map(({ cpu, allTicks, stolenTicks }) => {
      const was = earlier.get(cpu)
      return was === undefined || allTicks <= was.allTicks ? 0 : (stolenTicks - was.stolenTicks) / (allTicks - was.allTicks)
    })
  return shares.length === 0 ? null : Math.max(...shares)
}

/** Lines `cpu<N> user nice system idle iowait irq softirq steal …`, see proc_stat(5). What follows is counted in user already. */
function cpuTimes(procStat: string) {
  return [...procStat.matchAll(/^cpu(\d+) ((?:\d+ ){7})(\d+)/gm)].map(([, cpu, others = '', stolen]) => {
    const stolenTicks = Number(stolen)
    const otherTicks = others.trim().split(' ').map(Number)
    return { cpu: Number(cpu), stolenTicks, allTicks: otherTicks.reduce((sum, each) => sum + each, stolenTicks) }
  })
}

function readProcStat(): string {
  try {
    return readFileSync('/proc/stat', 'utf8')
  } catch {
    return ''
  }
}
