// vegeta: a fixed rate in Go; without one and with a limit of workers, a closed loop. Its command line knows no ramp.
import { inGoBin } from '../program.ts'
import type { Tool } from '../tool.ts'

type Report = {
  readonly requests: number
  readonly status_codes: Readonly<Record<string, number>>
  readonly latencies: { readonly '50th': number; readonly '90th': number; readonly '99th': number }
}

/** The attack writes its results to a file, and the report is made when it is over: its cost is nobody's request. */
const attackThenReport = '"$0" attack -targets=targets.txt -output=results.bin "$@" && "$0" report -type=json results.bin'

const nanosecondsInMs = 1e6

export const vegeta: Tool = {
  name: 'vegeta',
  find: () => {
    const program = inGoBin('vegeta')
    return program === null ? null : ['bash', '-c', attackThenReport, ...program]
  },
  from: 'go install github.com/tsenart/vegeta/v12@latest',
  read: (stdout) => {
    const { requests, status_codes: statuses, latencies }: Report = JSON.parse(stdout)
    const { 0: unanswered = 0, ...answered } = statuses
    const failed = Object.entries(answered).reduce((sum, [status, count]) => sum + (Number(status) < 400 ? 0 : count), unanswered)
    const [p50Ms, p90Ms, p99Ms] = [latencies['50th'], latencies['90th'], latencies['99th']].map((ns) => ns / nanosecondsInMs)
    if (p50Ms === undefined || p90Ms === undefined || p99Ms === undefined) throw new Error('its report has no percentiles')
    return { answers: requests - unanswered, failed, percentiles: { p50Ms, p90Ms, p99Ms }, latenessP99Ms: null }
  },
  does: {
    closed: ({ url, seconds, connections }) => ({
      args: ['-insecure', '-http2=false', '-rate=0', `-workers=${connections}`, `-max-workers=${connections}`, `-duration=${seconds}s`],
      files: targets(url),
    }),
    open: ({ url, seconds, ratePerSec }) => ({ args: [`-rate=${ratePerSec}/1s`, `-duration=${seconds}s`], files: targets(url) }),
    waiting: ({ url, users, overSeconds }) => ({
      args: [`-rate=${users / overSeconds}/1s`, `-duration=${overSeconds}s`, '-timeout=60s'],
      files: targets(url),
    }),
  },
}

function targets(url: string) {
  return { 'targets.txt': `GET ${url}\n` }
}
