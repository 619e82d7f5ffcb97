// Objective → its one canonical text. The grammar stands in parse-objective.ts.
import { formatLimit } from './limits.ts'
import { formatMetric } from './metrics.ts'
import { formatName } from './names.ts'
import type { Objective, OnBreach } from './objective.ts'
import { formatDuration } from './units.ts'

/** Parses back to the same objective. */
export function formatObjective({ metric, step, of, op, limit, unit, phase, span, onBreach }: Omit<Objective, 'text'>): string {
  const parts = [
    formatMetric(metric),
    step === undefined ? '' : `of ${formatName(step)}`,
    of === undefined ? '' : `of ${of.by} ${formatName(of.name)}`,
    op,
    formatLimit(limit, unit),
    phase === undefined ? '' : `in ${formatName(phase)}`,
    span === undefined ? '' : `${span.kind} ${formatDuration(span.lastingMs)}`,
  ]
  return parts.filter((part) => part !== '').join(' ') + formatBreach(onBreach)
}

function formatBreach(onBreach: OnBreach): string {
  if (onBreach.kind === 'judge') return ''
  if (onBreach.kind === 'warn') return ', warn'
  return onBreach.afterMs === 0 ? ', abort' : `, abort after ${formatDuration(onBreach.afterMs)}`
}
