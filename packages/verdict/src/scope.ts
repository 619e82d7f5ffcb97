// What an objective looks at: which cells, and which stretch of the run. Knows nothing of metrics.
import type { Cell, Cut, RunStart, Window } from '@doorbuster/measurements'
import type { Metric, Objective, ObjectiveOf } from '@doorbuster/plan'

export type JudgedScope = {
  readonly phase?: string
  readonly step?: string
  readonly of?: ObjectiveOf
  /** When its shoppers arrive: the phase's stretches of the traffic, or the whole of it. ms from the run's zero, in order. */
  readonly spans: readonly { readonly startMs: number; readonly endMs: number }[]
}

export function scopeOf({ phase, step, of }: Pick<Objective, 'phase' | 'step' | 'of'>, start: RunStart): JudgedScope {
  const phases = start.phases.filter(({ name }) => name === phase)
  const stretches = phase === undefined ? [{ startMs: 0, lastingMs: start.lastingMs }] : phases
  const spans = stretches.map(({ startMs, lastingMs }) => ({ startMs, endMs: startMs + lastingMs }))
  return { ...(phase !== undefined && { phase }), ...(step !== undefined && { step }), ...(of && { of }), spans }
}

/** Null when the traffic has no such phase. */
export function startOf({ spans }: JudgedScope): number | null {
  return spans[0]?.startMs ?? null
}

/** What the window counted of the scope: by phase and step, or by whatever else the scope names. */
export function slicesOf({ phase, step, of }: JudgedScope, metric: Metric, { cells, cuts }: Window): readonly (Cell | Cut)[] {
  const by = metric.kind === 'degraded-response' ? 'degraded' : of?.by
  const name = metric.kind === 'degraded-response' ? step : of?.name
  const isInPhase = (slice: Cell | Cut): boolean => phase === undefined || slice.phase === phase
  if (by === undefined) return cells.filter((cell) => isInPhase(cell) && (step === undefined || cell.step === step))
  return cuts.filter((cut) => cut.by === by && isInPhase(cut) && (name === undefined || cut.name === name))
}

/** How much of the scope's own time lies between two moments, ms. */
export function coveredMs({ spans }: JudgedScope, fromMs: number, toMs: number): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs)), 0)
}

export function endOf(window: Pick<Window, 'startMs' | 'lastingMs'>): number {
  return window.startMs + window.lastingMs
}
