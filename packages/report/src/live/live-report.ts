// A run that is not over as a report, so that the page's own figures draw it. What only the end can tell is empty; nothing is judged here.
import type { Pct, RunStart, ShopperCounts, TimelineRow } from '@doorbuster/measurements'
import type { Comparison, ObjectiveResult, Summary } from '@doorbuster/verdict'
import type { Report } from '../report.ts'

export type LiveRecord = {
  readonly start: RunStart
  /** What is allowed is known before anything was seen: each without data. */
  readonly objectives: readonly ObjectiveResult[]
  readonly timeline: readonly TimelineRow[]
  readonly shoppers: Readonly<ShopperCounts>
}

export function liveReport({ start, objectives, timeline, shoppers }: LiveRecord): Report {
  const last = timeline.at(-1)
  const summary: Summary = {
    schema: 'doorbuster/summary@1',
    name: start.name,
    planHash: start.planHash,
    seed: start.seed,
    startedAt: start.startedAt,
    durationMs: last === undefined ? 0 : last.startMs + last.lastingMs,
    finished: false,
    totals: totalsOf(timeline),
    shoppers,
    ...unmeasured(start),
    verdict: 'inconclusive',
    reasons: [],
    objectives,
    trust: [],
    aftermath: {
      collapseMs: toCome,
      totalFailureMs: null,
      recoveryMs: toCome,
      hysteresis: toCome,
      herdPenalty: toCome,
      stampede: toCome,
      amplification: [],
    },
  }
  return { summary, start, timeline, events: [] }
}

function totalsOf(timeline: readonly TimelineRow[]): Summary['totals'] {
  const sum = (key: 'due' | 'sent' | 'ok' | 'degraded' | 'failed' | 'dropped'): number => timeline.reduce((all, row) => all + row[key], 0)
  const [due, sent, ok, degraded, failed] = [sum('due'), sum('sent'), sum('ok'), sum('degraded'), sum('failed')]
  const done = ok + degraded + failed
  return { due, sent, done, ok, degraded, failed, dropped: sum('dropped'), bytesIn: 0, bytesOut: 0, intents: due, attempts: due }
}

const noPct: Pct = { count: 0, mean: null, min: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null }
const toCome: Comparison = { status: 'unknown', value: null, because: 'the run is not over' }

type Unmeasured = Omit<
  Summary,
  | 'schema'
  | 'name'
  | 'planHash'
  | 'seed'
  | 'startedAt'
  | 'durationMs'
  | 'finished'
  | 'totals'
  | 'shoppers'
  | 'verdict'
  | 'reasons'
  | 'objectives'
  | 'trust'
  | 'aftermath'
>

function unmeasured(start: RunStart): Unmeasured {
  const cuts = { visits: [], deviceVisits: [], classes: [], devices: [], answeredBy: [], groups: [], phases: [], steps: [], findings: [] }
  const times = { responseMs: noPct, serviceMs: noPct, failedMs: noPct, connectMs: noPct, handshakeMs: noPct, degradedMs: noPct }
  const generator: Summary['generator'] = {
    threads: start.threads,
    latenessMs: noPct,
    cpuSeconds: null,
    node: start.versions.node,
    transport: start.transport,
    loopDelayMs: { p99: 0, max: 0 },
    gcPauseMs: null,
    threadCpu: { busiestRatio: null, busiestWindowRatio: null },
    lost: null,
    inFlight: { mean: 0, max: 0 },
  }
  return { generator, ...times, ...cuts, failures: {}, checks: {}, amplification: null, counters: {}, trends: {} }
}
