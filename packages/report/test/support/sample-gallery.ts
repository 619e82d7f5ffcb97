// What the pictures of a sample run need, invented from its rows: times around each second's median, causes and answerers by name.
import type { Curve, Gallery, TimelineRow } from '@doorbuster/measurements'
import { heatEdgesMs } from '@doorbuster/measurements'

export type GalleryNames = { readonly cause: string; readonly step: string; readonly answerer: string }

export function sampleGallery(timeline: readonly TimelineRow[], { cause, step, answerer }: GalleryNames): Gallery {
  const stretches = timeline.slice(0, 300).map((row) => {
    const timeouts = Math.floor(row.failed / 5)
    const named: readonly (readonly [string, number])[] = [
      ['timeout', timeouts],
      [cause, row.failed - timeouts],
      ['dropped:theirs-slots', row.dropped],
    ]
    const cached = Math.floor((row.ok + row.degraded) / 4)
    return {
      startMs: row.startMs,
      lastingMs: row.lastingMs,
      heat: heatOf(row),
      arrivals: Math.round(row.due / 3),
      causes: Object.fromEntries(named.filter(([, count]) => count > 0)),
      answeredBy: { [answerer]: row.ok + row.degraded - cached, cache: cached },
      loopDelayMs: { p99: 1.2 + (row.startMs % 7_000) / 7_000, max: 3 + (row.startMs % 11_000) / 2_000 },
    }
  })
  const count = timeline.reduce((sum, row) => sum + row.ok + row.degraded, 0)
  return {
    stretches,
    curves: [
      curveOf(null, 'response', count, 20),
      curveOf(null, 'service', count, 16),
      curveOf('landing', 'response', count * 0.6, 17),
      curveOf(step, 'response', count * 0.1, 32),
    ],
  }
}

/** A tenth of the answers each at a half and twice the median and at p95, the others at the median. */
function heatOf({ ok, degraded, p50, p95 }: TimelineRow): readonly number[] {
  const heat = Array.from({ length: heatEdgesMs.length + 1 }, () => 0)
  if (p50 === null || p95 === null) return heat
  const answers = ok + degraded
  const tenth = Math.floor(answers / 10)
  for (const [ms, count] of [
    [p50 / 2, tenth],
    [p50 * 2, tenth],
    [p95, tenth],
    [p50, answers - 3 * tenth],
  ] as const) {
    const bucket = heatEdgesMs.findIndex((edge) => ms <= edge)
    heat[bucket] = (heat[bucket] ?? 0) + count
  }
  return heat
}

/** Twice as slow for every tenfold rarity. */
function curveOf(step: string | null, of: Curve['of'], count: number, medianMs: number): Curve {
  const marks = [1, 2, 4, 10, 20, 40, 100, 200, 400, 1_000].filter((beyond) => beyond <= count / 10)
  return { step, of, count, points: marks.map((beyond) => [beyond, medianMs * 2 ** Math.log10(beyond / 2)]) }
}
