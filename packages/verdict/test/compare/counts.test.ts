// How often a comparison is wrong: seeded runs whose seconds hang together, as those of a real server do.
import { expect, test } from 'vitest'
import { compareRuns } from '../../src/compare/compare-runs.ts'
import { usualRules } from '../../src/compare/run-comparison.ts'
import { seededRun } from '../support/seeded-run.ts'

/** A tenth of the usual number keeps the 200 comparisons short; the interval comes from the resamples' spread, which 100 tell well enough. */
const rules = { ...usualRules, resamples: 100 }

test('of 100 comparisons of like with like at most 5 say worse', () => {
  const answers = Array.from({ length: 100 }, (_, i) => compareRuns(seededRun(2 * i), [seededRun(2 * i + 1)], { rules }).answer)
  expect(answers.filter((answer) => answer === 'worse').length).toBeLessThanOrEqual(5)
})

test('of 100 real slowdowns by 20 % at least 95 are found', () => {
  const answers = Array.from(
    { length: 100 },
    (_, i) => compareRuns(seededRun(2 * i), [seededRun(2 * i + 1, { slower: 1.2 })], { rules }).answer,
  )
  expect(answers.filter((answer) => answer === 'worse').length).toBeGreaterThanOrEqual(95)
})
