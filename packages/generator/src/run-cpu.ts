// CPU time of the whole process over a run, and what this machine's host gave to others meanwhile.
import type { RunEnd } from '@doorbuster/measurements'

/** CPU times so far, ms: this process, the whole machine, and what the machine's host gave to others. Null where nobody can tell. */
export type CpuReading = { readonly ownMs: number; readonly machineMs: number | null; readonly stolenMs: number | null }

export function cpuBetween(before: CpuReading, after: CpuReading): Pick<RunEnd, 'cpuSeconds' | 'stolenCpuRatio'> {
  const cpuSeconds = (after.ownMs - before.ownMs) / 1e3
  const machineMs = (after.machineMs ?? 0) - (before.machineMs ?? 0)
  if (machineMs <= 0 || after.stolenMs === null || before.stolenMs === null) return { cpuSeconds }
  return { cpuSeconds, stolenCpuRatio: (after.stolenMs - before.stolenMs) / machineMs }
}
