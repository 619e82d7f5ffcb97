// What metrics pages said during a sample run: series that come to their end after 91 s, and a page that fell silent.
import type { TargetLine } from '@doorbuster/measurements'
import type { Report } from '../../src/report.ts'
import { sampleReport } from './sample-report.ts'

export const targetLine = (name: string, more: Partial<TargetLine> = {}): TargetLine => ({
  page: 'web1',
  name,
  rule: name,
  unit: 'ratio',
  ceiling: 1,
  points: Array.from({ length: 150 }, (_, second) => [(second + 1) * 1_000, second < 90 ? 0.5 : 0.95] as const),
  ...more,
})

export function withTarget(lines: readonly TargetLine[], report: Report = sampleReport()): Report {
  const series = lines.map(({ points, ...head }) => ({ ...head, samples: points.length, first: 0.5, max: 0.95, mean: 0.68, atPeak: 0.9 }))
  const saturated = lines.slice(-1).map(({ page, name }) => {
    const because = `${name} came to 95 % of all there is, from 91 s on: 4 s before "p(95) < 500ms" was first broken`
    return { page, name, kind: 'ceiling' as const, atMs: 91_000, value: 0.95, leadMs: 4_000, because }
  })
  const silent = [{ page: 'web2', atMs: 12_000, because: 'timeout' }]
  return { ...report, summary: { ...report.summary, target: { series, saturated, silent } }, target: { lines, silences: silent } }
}
