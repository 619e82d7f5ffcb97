// What an objective looks at: which cells, and which stretch of the run. Knows nothing of metrics.
import type { Cell, RunStart, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'

export type JudgedScope = {
  readonly phase?: string
  readonly step?: string
  /** When its shoppers arrive: the phase's stretches of the traffic, or the whole of it. ms from the run's zero, in order. */
  readonly spans: readonly { readonly startMs: number; readonly endMs: number }[]
}

export function scopeOf({ phase, step }: Pick<Objective, 'phase' | 'step'>, start: RunStart): JudgedScope {
  const phases = start.phases.filter(({ name }) => name === phase)
  const stretches = phase === undefined ? [{ startMs: 0, lastingMs: start.lastingMs }] : phases
  const spans = stretches.map(({ startMs, lastingMs }) => ({ startMs, endMs: startMs + lastingMs }))
  return { ...(phase !== undefined && { phase }), ...(step !== undefined && { step }), spans }
}

/** Null when the traffic has no such phase. */
export function startOf({ spans }: JudgedScope): number | null {
  return spans[0]?.startMs ?? null
}

export function isInside({ phase, step }: JudgedScope, cell: Cell): boolean {
  return (phase === undefined || cell.phase === phase) && (step === undefined || cell.step === step)
}

/** How much of the scope's own time lies between two moments, ms. */
export function coveredMs({ spans }: JudgedScope, fromMs: number, toMs: number): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs)), 0)
}

export function endOf(window: Window): number {
  return window.startMs + window.lastingMs
}
