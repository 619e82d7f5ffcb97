// The published form of what `compare --json` prints.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compareRuns } from '../../src/compare/compare-runs.ts'
import { comparisonJsonSchema } from '../../src/compare/comparison-schema.ts'
import { usualRules } from '../../src/compare/run-comparison.ts'
import { seededRun } from '../support/seeded-run.ts'

const published: unknown = JSON.parse(readFileSync(new URL('../../../cli/schema/comparison.schema.json', import.meta.url), 'utf8'))

test('the published schema is the one that this code makes', () => expect(comparisonJsonSchema()).toEqual(published))

test('a comparison as it is printed passes, and one with another answer does not', () => {
  const made = compareRuns(seededRun(1), [seededRun(2)], { rules: { ...usualRules, resamples: 20 } })
  const comparison = JSON.parse(JSON.stringify(made))
  const schema = z.fromJSONSchema(comparisonJsonSchema())
  expect(schema.safeParse(comparison).error?.issues).toBeUndefined()
  expect(schema.safeParse({ ...comparison, answer: 'maybe' }).success).toBe(false)
})
