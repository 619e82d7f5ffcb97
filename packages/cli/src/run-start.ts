// Everything that is known of a run before its first packet, as plan.json keeps it.
import type { RunStart } from '@doorbuster/measurements'
import { mostPlanned, tenthMs } from '@doorbuster/measurements'
import type { Plan } from '@doorbuster/plan'
import { canonicalPlan, formatShape, planHash } from '@doorbuster/plan'
import { hashArrivals, outline, planned } from '@doorbuster/schedule'
import { machineFacts } from './machine.ts'
import { maskSecrets } from './secret.ts'
import { version } from './version.ts'

export type StartFacts = {
  readonly startedAt: Date
  readonly runId: string
  readonly ceiling: RunStart['ceiling']
  readonly transport: string
  /** That send. */
  readonly threads: number
  /** Addresses that requests leave from; 1 unless told. */
  readonly sources?: number
  readonly nodeVersion: string
  /** Of a bare URL. */
  readonly repeat?: readonly string[]
}

export function describeStart(
  plan: Plan,
  { startedAt, runId, ceiling, transport, threads, sources = 1, nodeVersion, repeat }: StartFacts,
): RunStart {
  return {
    schema: 'doorbuster/run@1',
    name: maskSecrets(plan.name),
    target: maskSecrets(plan.target),
    ...(repeat !== undefined && { repeat }),
    plan: canonicalPlan(plan, maskSecrets),
    planHash: planHash(plan, maskSecrets),
    seed: plan.seed,
    ...trafficFacts(plan),
    startedAt: startedAt.toISOString(),
    runId,
    ceiling,
    transport,
    threads,
    sources,
    versions: { doorbuster: version, node: nodeVersion },
    machine: machineFacts(),
  }
}

type TrafficFacts = Pick<RunStart, 'model' | 'arrivalsHash' | 'shape' | 'phases' | 'peak' | 'lastingMs' | 'arrivals' | 'planned'>

function trafficFacts({ model, seed }: Plan): TrafficFacts {
  if (model.kind === 'closed') {
    const { lastingMs } = model
    return {
      model: 'closed',
      arrivalsHash: null,
      shape: null,
      phases: [],
      peak: null,
      lastingMs,
      arrivals: null,
      planned: { everyMs: 1_000, arrivals: [] },
    }
  }
  const { traffic, spacing } = model
  const { lastingMs, arrivals, phases, peak } = outline(traffic)
  const everyMs = 1_000 * Math.max(1, Math.ceil(lastingMs / 1_000 / mostPlanned))
  return {
    model: 'open',
    arrivalsHash: hashArrivals({ traffic, spacing, seed }),
    shape: formatShape(traffic),
    phases,
    peak: peak === null ? null : { startMs: peak.startMs, lastingMs: peak.lastingMs, perSec: peak.perSec },
    lastingMs,
    arrivals,
    planned: {
      everyMs,
      arrivals: planned(traffic, everyMs),
      ...(lastingMs <= mostPlanned * tenthMs && withTenths(planned(traffic, tenthMs))),
    },
  }
}

/** To a millionth of an arrival, in a few characters each. A burst at the very end of six minutes would be one number too many. */
function withTenths(tenths: readonly number[]): Pick<RunStart['planned'], 'tenths'> {
  return tenths.length <= mostPlanned ? { tenths: tenths.map((arrivals) => Number(arrivals.toFixed(6))) } : {}
}
