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

function openFileLimit(): number {
  try {
    const line = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return line === undefined ? unknownDescriptors : line === 'unlimited' ? mostSockets + keptDescriptors : Number(line)
  } catch {
    // Not Linux: most systems give a process at least this many.
    return unknownDescriptors
  }
}
