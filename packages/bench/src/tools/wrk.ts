// wrk: a closed loop in C, with the least work of all.
import { onPath } from '../program.ts'
import { counted, milliseconds, numberIn } from '../read-text.ts'
import type { Tool } from '../tool.ts'

export const wrk: Tool = {
  name: 'wrk',
  find: () => onPath('wrk'),
  from: 'apt-get install wrk',
  read: (stdout) => ({
    answers: counted(stdout, /^ *(\d+) requests in /gm),
    failed: numberIn(stdout, /Non-2xx or 3xx responses: (\d+)/) ?? 0,
    percentiles: latencies(stdout),
    latenessP99Ms: null,
  }),
  does: {
    closed: ({ url, seconds, connections }) => ({
      args: ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '20s', url],
    }),
    waiting: ({ url, users }) => ({ args: ['-t1', `-c${users}`, '-d60s', '--timeout', '60s', url] }),
  },
}

function latencies(stdout: string) {
  const [p50Ms, p90Ms, p99Ms] = [50, 90, 99].map((percent) =>
    milliseconds(new RegExp(`^ +${percent}% +([\\d.]+(?:us|ms|s|m))$`, 'm').exec(stdout)?.[1]),
  )
  return p50Ms === undefined || p90Ms === undefined || p99Ms === undefined ? null : { p50Ms, p90Ms, p99Ms }
}
