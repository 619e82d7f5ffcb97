// A run whose seconds hang together, as those of a real server do: a second's load is AR(1) with 0.6 and moves the median by 8 %, single
// answers are lognormal with σ 0.5. Two phases of 20 s and 40 s, two steps of 25 answers a second each.
import type { SeriesStretch } from '@doorbuster/measurements'
import type { RunInSeries } from '../../src/compare/compare-runs.ts'
import { randomOf } from '../../src/compare/draws.ts'

const seededPhases = [
  { phase: 'before', lastingMs: 20_000, stretches: 20 },
  { phase: 'doors', lastingMs: 40_000, stretches: 40 },
]

/** `slower` holds for the steps of that name, or for all. */
export function seededRun(
  seed: number,
  { slower = 1, of, failed = 0 }: { slower?: number; of?: string; failed?: number } = {},
): RunInSeries {
  const random = randomOf(seed, 'run')
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let load = normal()
  const cells = seededPhases.flatMap(({ phase, stretches }) => {
    const loads = Array.from({ length: stretches }, () => {
      load = 0.6 * load + 0.8 * normal()
      return load
    })
    return ['product', 'checkout'].map((step, i) => {
      const medianUs = [40e3, 100e3][i] ?? 0
      const factor = of === undefined || of === step ? slower : 1
      const timesIn = (now: number) => Array.from({ length: 25 }, () => factor * medianUs * Math.exp(0.08 * now + 0.5 * normal()))
      return { phase, step, stretches: loads.map((now) => stretchOf(timesIn(now), failed)) }
    })
  })
  return { start: { name: 'run', startedAt: '2026-11-20T08:00:00.000Z', planHash: 'a' }, series: { phases: seededPhases, cells } }
}

/** Rounded to 0.4 %: fewer values to add up. */
export function stretchOf(timesUs: readonly number[], failed = 0): SeriesStretch {
  const counts = new Map<number, number>()
  for (const us of timesUs) {
    const rounded = Math.round(Math.exp(Math.round(Math.log(us) * 256) / 256))
    counts.set(rounded, (counts.get(rounded) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const times = { valuesUs: Uint32Array.from(sorted, ([us]) => us), counts: Uint32Array.from(sorted, ([, count]) => count) }
  return { times, answered: timesUs.length, failed }
}
