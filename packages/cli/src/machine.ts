// What this machine is and how much it may open: facts that go into every run folder.
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import type { Machine } from '@doorbuster/measurements'

export function machineFacts(): Machine {
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryBytes: totalmem(), os: `${type()} ${release()}` }
}

/** Files, pipes and threads of our own that must stay openable beside the sockets. */
const keptDescriptors = 128
const mostSockets = 20_000
const unknownDescriptors = 1_024

/** Most sockets this process can hold open, from its limit on file descriptors. */
export function socketLimit(): number {
  return Math.max(1, Math.min(mostSockets, openFileLimit() - keptDescriptors))
}

/** The limit on file descriptors under which so many sockets fit; null when none would do. */
export function openFilesFor(sockets: number): number | null {
  return sockets > mostSockets ? null : sockets + keptDescriptors
}

function openFileLimit(): number {
  try {
    const line = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return line === undefined ? unknownDescriptors : line === 'unlimited' ? mostSockets + keptDescriptors : Number(line)
  } catch {
    // Not Linux: most systems give a process at least this many.
    return unknownDescriptors
  }
}

/** CPU time of the calling thread so far, ms; null for a Node that cannot tell. */
export function threadCpuMs(): number | null {
  const read: typeof process.threadCpuUsage | undefined = process.threadCpuUsage
  if (read === undefined) return null
  const { user, system } = read.call(process)
  return (user + system) / 1e3
}

/** CPU time of the whole machine, and of it what its host gave to others, ms so far; null where the system does not tell. */
export function machineCpu(): { readonly machineMs: number | null; readonly stolenMs: number | null } {
  try {
    // user nice system idle iowait irq softirq steal, in hundredths of a second (proc_stat(5)).
    const ticks = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? []
    const [stolen = Number.NaN] = ticks.slice(7)
    const machineMs = ticks.reduce((sum, each) => sum + each, 0) * 10
    return Number.isFinite(stolen) ? { machineMs, stolenMs: stolen * 10 } : { machineMs: null, stolenMs: null }
  } catch {
    return { machineMs: null, stolenMs: null }
  }
}
