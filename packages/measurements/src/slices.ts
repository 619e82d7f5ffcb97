// Sums as rows of summary.json: what a scope or a cut counted, and its percentiles. Knows nothing of how they were added up.
import { byName } from './by-name.ts'
import type { Counts } from './counts.ts'
import type { Cut } from './cut.ts'
import type { CutSlice, Totals } from './facts.ts'
import type { Pct } from './pct.ts'
import type { Scope } from './scope.ts'

export function totals(counts: Counts): Totals {
  const { due, sent, ok, degraded, failed, dropped, bytesIn, bytesOut, intents, attempts } = counts
  return { due, sent, done: ok + degraded + failed, ok, degraded, failed, dropped, bytesIn, bytesOut, intents, attempts }
}

export function outcomes({ due, sent, ok, degraded, failed, dropped, intents, attempts }: Counts): Omit<Counts, 'bytesIn' | 'bytesOut'> {
  return { due, sent, ok, degraded, failed, dropped, intents, attempts }
}

export function cutSlice({ name, counts, causes, response, failedResponse }: Cut): CutSlice {
  const failures = byName(Object.entries(causes).toSorted(([, a], [, b]) => b - a))
  return { name, ...outcomes(counts), responseMs: response.pct(), failedMs: failedResponse.pct(), failures }
}

export function times({ response, service, failedResponse }: Scope): { responseMs: Pct; serviceMs: Pct; failedMs: Pct } {
  return { responseMs: response.pct(), serviceMs: service.pct(), failedMs: failedResponse.pct() }
}
