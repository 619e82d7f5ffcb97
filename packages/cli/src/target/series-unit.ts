// What a series is a measure of, by what the page declares and by how metrics are named: https://prometheus.io/docs/practices/naming/
import type { TargetHead, TargetUnit } from '@doorbuster/measurements'
import type { SeriesRule, SeriesTerm } from '@doorbuster/plan'
import type { FamilyType } from './exposition.ts'

const countedPart = /_(?:sum|count|bucket)$/

/** As its family declares itself; without a declaration, by the endings that counters have. */
export function isCounter(metric: string, types: ReadonlyMap<string, FamilyType>): boolean {
  const own = types.get(metric) ?? types.get(metric.replace(/_total$/, ''))
  if (own === 'counter') return true
  if (own === 'gauge') return false
  const family = types.get(metric.replace(countedPart, ''))
  if (family === 'histogram' || family === 'summary') return countedPart.test(metric)
  return metric.endsWith('_total') || (family === undefined && /_(?:sum|bucket)$/.test(metric))
}

export function headOf(page: string, name: string, rule: SeriesRule, types: ReadonlyMap<string, FamilyType>): TargetHead {
  const isRate = (term: SeriesTerm): boolean => term.isRate || isCounter(term.metric, types)
  const unit = unitOf(rule, isRate)
  // How many of its counts a counter had of another's is no use of anything: hits may well be all of them.
  const isOfCounts = rule.over !== undefined && isRate(rule.over) && !rule.isComplement && rule.outOf === undefined
  const hasCeiling = unit === 'ratio' && (rule.outOf !== undefined || rule.isComplement || (rule.over !== undefined && !isOfCounts))
  return { kind: 'series', page, name, rule: rule.text, unit, ceiling: hasCeiling ? 1 : null }
}

type IsRate = (term: SeriesTerm) => boolean

function unitOf(rule: SeriesRule, isRate: IsRate): TargetUnit {
  const { of, over, outOf, isComplement } = rule
  if (outOf !== undefined || isComplement) return 'ratio'
  const base = of.metric.replace(/_total$/, '')
  if (over !== undefined) return unitOfQuotient(base)
  return isRate(of) ? unitOfRate(base) : unitOfLevel(base)
}

/** A sum over a count is a mean, anything else a share. */
function unitOfQuotient(base: string): TargetUnit {
  if (!base.endsWith('_sum')) return 'ratio'
  return unitOfLevel(base.replace(/_sum$/, ''))
}

/** Seconds a second are so many at once. */
function unitOfRate(base: string): TargetUnit {
  if (base.endsWith('_bytes')) return 'bytesPerSec'
  return base.endsWith('_seconds') ? 'number' : 'perSec'
}

function unitOfLevel(base: string): TargetUnit {
  if (base.endsWith('_ratio')) return 'ratio'
  if (base.endsWith('_seconds')) return 'seconds'
  return base.endsWith('_bytes') ? 'bytes' : 'number'
}
