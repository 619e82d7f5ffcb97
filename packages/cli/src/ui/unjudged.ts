// Objectives before anything was seen, in the form in which a report draws their limits.
import type { Objective } from '@doorbuster/plan'
import type { ObjectiveResult } from '@doorbuster/verdict'

export function unjudged({ text, limit, unit, onBreach, step, of, phase }: Objective): ObjectiveResult {
  const nothing = { observed: null, samples: 0, low: null, high: null, firstBreachMs: null, because: 'the run is not over' }
  return {
    text,
    status: 'no-data',
    warnOnly: onBreach.kind === 'warn',
    step: step ?? null,
    of: of ?? null,
    phase: phase ?? null,
    limit,
    unit,
    ...nothing,
  }
}
