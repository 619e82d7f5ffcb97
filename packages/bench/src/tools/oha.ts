// oha: Rust, on one worker thread when it has one CPU. A rate is corrected for what it could not send in time, as its manual advises.
import { inCargoBin } from '../program.ts'
import type { Tool } from '../tool.ts'

type Report = {
  readonly latencyPercentiles: { readonly p50: number | null; readonly p90: number | null; readonly p99: number | null }
  readonly statusCodeDistribution: Readonly<Record<string, number>>
}

const quietly = ['--no-tui', '--output-format', 'json', '-t', '60s', '--insecure']

export const oha: Tool = {
  name: 'oha',
  find: () => inCargoBin('oha'),
  from: 'cargo install --locked oha',
  read: (stdout) => {
    const { latencyPercentiles, statusCodeDistribution }: Report = JSON.parse(stdout)
    const counts = Object.entries(statusCodeDistribution)
    const { p50, p90, p99 } = latencyPercentiles
    const known = p50 !== null && p90 !== null && p99 !== null
    return {
      answers: counts.reduce((sum, [, count]) => sum + count, 0),
      failed: counts.reduce((sum, [status, count]) => sum + (Number(status) < 400 ? 0 : count), 0),
      percentiles: known ? { p50Ms: p50 * 1e3, p90Ms: p90 * 1e3, p99Ms: p99 * 1e3 } : null,
      latenessP99Ms: null,
    }
  },
  does: {
    closed: ({ url, seconds, connections }) => ({ args: [...quietly, '-c', `${connections}`, '-z', `${seconds}s`, url] }),
    open: ({ url, seconds, ratePerSec }) => ({
      args: [...quietly, '--latency-correction', '-c', '50', '-q', `${ratePerSec}`, '-z', `${seconds}s`, url],
    }),
    waiting: ({ url, users }) => ({ args: [...quietly, '-c', `${users}`, '-n', `${users}`, url] }),
  },
}
