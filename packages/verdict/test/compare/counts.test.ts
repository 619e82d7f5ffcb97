// How often a comparison is wrong: seeded runs whose seconds hang together, as those of a real server do.
import type { RunSeries, Stretch } from '@doorbuster/measurements'
import { expect, test } from 'vitest'
import { compareRuns } from '../../src/compare/compare-runs.ts'
import { randomOf } from '../../src/compare/draws.ts'
import { usualRules } from '../../src/compare/run-comparison.ts'

/** A fifth of the usual number keeps the 200 comparisons short; the interval comes from the resamples' spread, which 200 tell well. */
const rules = { ...usualRules, resamples: 200 }

test('of 100 comparisons of like with like at most 5 say worse', () => {
  const answers = Array.from({ length: 100 }, (_, i) => compareRuns(run(2 * i, 1), [run(2 * i + 1, 1)], { rules }).answer)
  console.log(answers.filter((a) => a === 'worse').length, answers.filter((a) => a === 'not-worse').length)
  expect(answers.filter((answer) => answer === 'worse').length).toBeLessThanOrEqual(5)
})

test('of 100 real slowdowns by 20 % at least 95 are found', () => {
  const answers = Array.from({ length: 100 }, (_, i) => compareRuns(run(2 * i, 1), [run(2 * i + 1, 1.2)], { rules }).answer)
  console.log(answers.filter((a) => a === 'worse').length, answers.filter((a) => a === 'not-worse').length)
  expect(answers.filter((answer) => answer === 'worse').length).toBeGreaterThanOrEqual(95)
})

/**
 * Three phases of 20 s, 60 s and 20 s with two steps, 50 answers a second each. A second's load is AR(1) with 0.6, and moves its median by
 * 8 %; single answers are lognormal with σ 0.5.
 */
function run(seed: number, slower: number): RunSeriesRun {
  const random = randomOf(seed, 'run')
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let load = normal()
  const phases = [
    { phase: 'before', lastingMs: 20_000, stretches: 20 },
    { phase: 'doors', lastingMs: 60_000, stretches: 60 },
    { phase: 'after', lastingMs: 20_000, stretches: 20 },
  ]
  const cells = phases.flatMap(({ phase, stretches }) => {
    const loads = Array.from({ length: stretches }, () => {
      load = 0.6 * load + 0.8 * normal()
      return load
    })
    return [40, 100].map((medianMs, i) => ({
      phase,
      step: `step ${i}`,
      stretches: loads.map((now) =>
        stretch(Array.from({ length: 50 }, () => slower * medianMs * 1e3 * Math.exp(0.08 * now + 0.5 * normal()))),
      ),
    }))
  })
  return { start: { name: 'run', startedAt: '2026-11-20T08:00:00.000Z', planHash: 'a' }, series: { phases, cells } }
}

type RunSeriesRun = {
  readonly start: { readonly name: string; readonly startedAt: string; readonly planHash: string }
  readonly series: RunSeries
}

/** Rounded to 0.4 %: fewer values to add up. */
function stretch(timesUs: readonly number[]): Stretch {
  const counts = new Map<number, number>()
  for (const us of timesUs) {
    const rounded = Math.round(Math.exp(Math.round(Math.log(us) * 256) / 256))
    counts.set(rounded, (counts.get(rounded) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const times = { valuesUs: Uint32Array.from(sorted, ([us]) => us), counts: Uint32Array.from(sorted, ([, count]) => count) }
  return { times, answered: timesUs.length, failed: 0 }
}
