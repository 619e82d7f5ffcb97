// What windows come to while a run goes on, for whoever shows it: the terminal and the live page tell the same.
import type { RunStart, ShopperCounts, TimelineRow } from '@doorbuster/measurements'
import type { LiveState } from '@doorbuster/report'

/** One row of the timeline; and so far: causes, shoppers, and what is broken. */
export type Seen = readonly [
  row: TimelineRow,
  causes: Readonly<Record<string, number>>,
  shoppers: Readonly<ShopperCounts>,
  breaches: readonly string[],
]

const mostRecent = 60

/** Each call is the next window. */
export function liveStates(start: RunStart): (...seen: Seen) => LiveState {
  const sums = { failed: 0, dropped: 0 }
  let done = 0
  const recent: number[] = []
  const plannedRecent: number[] = []
  return (row, causes, { gaveUp, turnedAway }, breaches) => {
    const perSec = (count: number): number => (row.lastingMs > 0 ? (count * 1e3) / row.lastingMs : 0)
    sums.failed += row.failed
    sums.dropped += row.dropped
    done += row.ok + row.degraded + row.failed
    const plannedPerSec = start.model === 'closed' ? null : plannedAt(start, row.startMs)
    keep(recent, perSec(row.sent))
    keep(plannedRecent, plannedPerSec ?? 0)
    const phase = start.phases.findLast(({ startMs, lastingMs }) => row.startMs >= startMs - 1 && row.startMs < startMs + lastingMs)
    return {
      name: start.name,
      elapsedMs: row.startMs + row.lastingMs,
      lastingMs: start.lastingMs,
      phases: start.phases,
      phase: phase?.name ?? null,
      plannedPerSec,
      sentPerSec: perSec(row.sent),
      okPerSec: perSec(row.ok + row.degraded),
      ...sums,
      failedRatio: done + sums.dropped === 0 ? null : (sums.failed + sums.dropped) / (done + sums.dropped),
      lost: gaveUp + turnedAway,
      causes,
      p50: row.p50,
      p95: row.p95,
      p99: row.p99,
      max: row.max,
      inFlight: Math.round(row.inFlight),
      recent,
      plannedRecent,
      breaches,
    }
  }
}

function plannedAt({ planned: { everyMs, arrivals } }: RunStart, startMs: number): number {
  return ((arrivals[Math.floor(startMs / everyMs)] ?? 0) * 1e3) / everyMs
}

function keep(values: number[], value: number): void {
  values.push(value)
  if (values.length > mostRecent) values.shift()
}
