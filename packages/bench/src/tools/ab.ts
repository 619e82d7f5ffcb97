// ab, the Apache benchmark: a closed loop in C that speaks HTTP/1.0 with keep-alive, and tells percentiles in whole milliseconds.
// It waits for its first answer before it sends the second request (measured), so it can bring no crowd that waits for its last.
import { onPath } from '../program.ts'
import { counted, numberIn } from '../read-text.ts'
import type { Tool } from '../tool.ts'

/** It wants a number of requests as well, and stops at whichever comes first. */
const never = 100_000_000

export const ab: Tool = {
  name: 'ab',
  find: () => onPath('ab'),
  from: 'apt-get install apache2-utils',
  read: (stdout) => ({
    answers: counted(stdout, /^Complete requests: +(\d+)$/gm),
    // "Failed" counts answers of another length too, so only wrong statuses are read.
    failed: numberIn(stdout, /^Non-2xx responses: +(\d+)$/m) ?? 0,
    percentiles: percentages(stdout),
    latenessP99Ms: null,
  }),
  does: {
    closed: ({ url, seconds, connections }) => ({
      args: ['-q', '-k', '-s', '60', '-c', `${connections}`, '-t', `${seconds}`, '-n', `${never}`, url],
    }),
  },
}

function percentages(stdout: string) {
  const [p50Ms, p90Ms, p99Ms] = [50, 90, 99].map((percent) => numberIn(stdout, new RegExp(`^ +${percent}% +(\\d+)$`, 'm')))
  return p50Ms === undefined || p90Ms === undefined || p99Ms === undefined ? null : { p50Ms, p90Ms, p99Ms }
}
