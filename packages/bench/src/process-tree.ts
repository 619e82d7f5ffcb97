// CPU time and memory of a running program and all that it started, read from outside. Linux only.
import { readdirSync, readFileSync } from 'node:fs'

/**
 * User and system time so far, ms, exact to a microsecond or so. /proc/<pid>/stat counts in steps of 10 ms, too coarse for a short round,
 * so the scheduler's own nanoseconds are added up over the threads that live. A thread that ended is not counted any more:
 * take differences only while the program's threads stay.
 */
export function treeCpuMs(pid: number): number {
  return treeOf(pid).reduce((sumMs, each) => sumMs + ownCpuMs(each), 0)
}

/** The most memory that each process of the tree has held so far, added up: bytes resident, shared pages counted in each. */
export function treePeakBytes(pid: number): number {
  return treeOf(pid).reduce((sumBytes, each) => sumBytes + ownPeakBytes(each), 0)
}

/** What is there now. A process that ends while it is read is left out. */
function treeOf(pid: number): readonly number[] {
  const children = threadsOf(pid).flatMap((thread) => readNow(`${thread}/children`).split(' ').filter(Boolean).map(Number))
  return [pid, ...children.flatMap(treeOf)]
}

function ownCpuMs(pid: number): number {
  // Time on a CPU in ns, time waiting for one in ns, number of slices.
  return threadsOf(pid).reduce((sumMs, thread) => sumMs + Number(readNow(`${thread}/schedstat`).split(' ', 1)[0]) / 1e6, 0)
}

function ownPeakBytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readNow(`/proc/${pid}/status`))?.[1] ?? 0) * 1_024
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`)
  } catch (error) {
    return nothingIfGone(error, [])
  }
}

function readNow(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    return nothingIfGone(error, '')
  }
}

/** ENOENT: gone before it was opened. ESRCH: gone before it was read. */
function nothingIfGone<T>(error: unknown, nothing: T): T {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return nothing
  throw error
}
