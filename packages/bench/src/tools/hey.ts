// hey: Go. Its rate is one limit for each worker, so an open load is that rate shared by the workers, and a worker that waits sends nothing.
import { onPath } from '../program.ts'
import { counted, numberIn } from '../read-text.ts'
import type { Tool } from '../tool.ts'

/** Workers of a fixed rate: each has so few requests a second that a short answer never holds it up. */
const rateWorkers = 50

export const hey: Tool = {
  name: 'hey',
  find: () => onPath('hey'),
  from: 'apt-get install hey',
  read: (stdout) => ({
    // One line a status, so a sum.
    answers: counted(stdout, /^ *\[\d{3}\]\t(\d+) responses$/gm),
    failed: [...stdout.matchAll(/^ *\[[45]\d\d\]\t(\d+) responses$/gm)].reduce((sum, [, count]) => sum + Number(count), 0),
    percentiles: latencies(stdout),
    latenessP99Ms: null,
  }),
  does: {
    closed: ({ url, seconds, connections }) => ({ args: ['-cpus', '1', '-t', '60', '-c', `${connections}`, '-z', `${seconds}s`, url] }),
    open: ({ url, seconds, ratePerSec }) => ({
      args: ['-cpus', '1', '-t', '60', '-c', `${rateWorkers}`, '-q', `${ratePerSec / rateWorkers}`, '-z', `${seconds}s`, url],
    }),
    waiting: ({ url, users }) => ({ args: ['-cpus', '1', '-t', '60', '-c', `${users}`, '-n', `${users}`, url] }),
  },
}

function latencies(stdout: string) {
  const [p50, p90, p99] = [50, 90, 99].map((percent) => numberIn(stdout, new RegExp(`^ +${percent}%? in ([\\d.]+) secs$`, 'm')))
  return p50 === undefined || p90 === undefined || p99 === undefined ? null : { p50Ms: p50 * 1e3, p90Ms: p90 * 1e3, p99Ms: p99 * 1e3 }
}
