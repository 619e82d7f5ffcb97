// Objectives on series of the target against the metrics pages of the plan. What a page will say is known only when it is read.
import { suggestion } from './nearest.ts'
import type { PlacedObjective } from './plan-checks.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import type { MetricsPage } from './target-metrics.ts'
import { usualSeries } from './usual-series.ts'

/** Whether `name` of `target.name` may be a series of these pages: `cpu` of any of them, `web1.cpu` of one. */
export function targetProblems(objectives: readonly PlacedObjective[], given: readonly MetricsPage[] = []): readonly Problem[] {
  return objectives.flatMap(({ path, objective: { metric } }) => {
    if (metric.kind !== 'target') return []
    if (given.length === 0) return [problem(path, 'metrics in the plan (or --metrics), where this could be read', `target.${metric.name}`)]
    const known = [...Object.keys(usualSeries), ...given.flatMap(({ series }) => Object.keys(series))]
    const own = given.map(({ name }) => `${name}.`).find((start) => metric.name.startsWith(start)) ?? ''
    const series = metric.name.slice(own.length)
    // A page's own metrics are series too, and only the page knows them: their names have a "_".
    if (known.includes(series) || series.includes('_')) return []
    const expected = `a series that the plan names, a usual one, or a metric of the page${suggestion(series, known)}`
    return [problem(path, expected, `target.${metric.name}`)]
  })
}
