// CPU time of a running program and all that it started, read from outside. Linux only.
import { readdirSync, readFileSync } from 'node:fs'

/**
 * User and system time so far, ms, exact to a microsecond or so. /proc/<pid>/stat counts in steps of 10 ms, too coarse for a short round,
 * so the scheduler's own nanoseconds are added up over the threads that live. A thread that ended is not counted any more:
 * take differences only while the program's threads stay.
 */
export function treeCpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`)
  return threads.reduce((sumMs, thread) => sumMs + threadCpuMs(thread) + childrenCpuMs(thread), 0)
}

function threadCpuMs(thread: string): number {
  // Time on a CPU in ns, time waiting for one in ns, number of slices.
  return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6
}

function childrenCpuMs(thread: string): number {
  const pids = readFileSync(`${thread}/children`, 'utf8').trim()
  return pids === '' ? 0 : pids.split(' ').reduce((sumMs, pid) => sumMs + treeCpuMs(Number(pid)), 0)
}
