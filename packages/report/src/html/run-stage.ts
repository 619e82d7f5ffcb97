// What pictures of one run have in common: how long it was, its phases and stretches, its limits on response times. Draws nothing.
import type { Gallery } from '@doorbuster/measurements'
import { joinStretches } from '@doorbuster/measurements'
import type { ObjectiveResult } from '@doorbuster/verdict'
import type { Report } from '../report.ts'
import { joinNeighbours } from './condense.ts'
import type { Drawing, Level } from './svg.ts'

export function lengthMs({ start, summary, timeline }: Report): number {
  const last = timeline.at(-1)
  return Math.max(
    1,
    start.lastingMs,
    last === undefined ? 0 : last.startMs + last.lastingMs,
    timeline.length === 0 ? summary.durationMs : 0,
  )
}

export function common(report: Report, label: string): Pick<Drawing, 'label' | 'bands' | 'lastingMs'> {
  const bands = report.start.phases.map(({ name, startMs, lastingMs }) => ({ name, fromMs: startMs, toMs: startMs + lastingMs }))
  return { label, bands, lastingMs: lengthMs(report) }
}

/** Limits on response times of all steps together; limits of single steps, of lateness and of recovery have no place in these pictures. */
export function levelsOf(report: Report): readonly Level[] {
  const phaseOf = (one: ObjectiveResult) => report.start.phases.find((phase) => phase.name === one.phase)
  return report.summary.objectives
    .filter((one) => one.unit === 'ms' && one.step === null && one.of === null && /^(?:p\(?\d|avg|med|max)/.test(one.text))
    .slice(0, 4)
    .map((one) => {
      const phase = phaseOf(one)
      const fromMs = phase?.startMs ?? 0
      return { text: one.text, value: one.limit, fromMs, toMs: phase === undefined ? lengthMs(report) : fromMs + phase.lastingMs }
    })
}

export function extreme(values: readonly (number | null)[], pick: (a: number, b: number) => number): number | null {
  return values.reduce((a, b) => (a === null || b === null ? (a ?? b) : pick(a, b)), null)
}

/** Those of the gallery; the last few ms of a run are none of their own. Empty without a gallery. */
export function stretchesOf({ gallery }: Report): Gallery['stretches'] {
  return joinNeighbours(gallery?.stretches ?? [], Number.POSITIVE_INFINITY, joinStretches)
}
