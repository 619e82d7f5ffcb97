// autocannon: a closed loop in JavaScript, on the Node that runs the bench. Percentiles in whole milliseconds.
// Its rate mode sends in bursts and its correction of what was not sent is wrong (both measured), so it has no open load here.
import { nodeScript } from '../program.ts'
import type { Tool } from '../tool.ts'

type Result = {
  readonly requests: { readonly total: number }
  readonly non2xx: number
  readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number }
}

export const autocannon: Tool = {
  name: 'autocannon',
  find: () => nodeScript(() => import.meta.resolve('autocannon')),
  from: 'pnpm install',
  read: (stdout) => {
    const { requests, non2xx, latency }: Result = JSON.parse(stdout)
    const percentiles = { p50Ms: latency.p50, p90Ms: latency.p90, p99Ms: latency.p99 }
    return { answers: requests.total, failed: non2xx, percentiles, latenessP99Ms: null }
  },
  does: {
    closed: ({ url, seconds, connections }) => ({ args: ['-j', '-t', '60', '-c', `${connections}`, '-d', `${seconds}`, url] }),
    waiting: ({ url, users }) => ({ args: ['-j', '-t', '60', '-c', `${users}`, '-a', `${users}`, url] }),
  },
}
