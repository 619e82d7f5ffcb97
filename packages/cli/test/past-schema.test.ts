// The published form of what `history --json` prints.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { testFolder } from '../../../test/support/folders.ts'
import { writeRun } from '../../../test/support/written-run.ts'
import { readPast } from '../src/past-runs.ts'
import { pastJsonSchema } from '../src/past-schema.ts'

const published: unknown = JSON.parse(readFileSync(new URL('../schema/history.schema.json', import.meta.url), 'utf8'))
const now = Date.parse('2026-11-25T00:00:00.000Z')

test('the published schema is the one that this code makes', () => expect(pastJsonSchema()).toEqual(published))

test('a history as it is printed passes, with and without runs, and one of another kind does not', async () => {
  using folder = testFolder()
  const schema = z.fromJSONSchema(pastJsonSchema())
  const printed = () => JSON.parse(JSON.stringify(readPast(folder.path, 'runs', now, 1e9)))
  expect(schema.safeParse(printed()).error?.issues).toBeUndefined()
  await writeRun(join(folder.path, 'a'), { answerMs: 200, seconds: 2, startedAt: '2026-11-20T08:00:00.000Z' })
  for (const name of ['search', 'torn']) mkdirSync(join(folder.path, name))
  writeFileSync(join(folder.path, 'search', 'capacity.json'), JSON.stringify({ startedAt: '2026-11-21T08:00:00.000Z', answerPerSec: 640 }))
  const past = printed()
  expect([past.runs.length, past.unreadable.length]).toEqual([2, 1])
  expect(schema.safeParse(past).error?.issues).toBeUndefined()
  expect(schema.safeParse({ ...past, runs: [{ ...past.runs[0], kind: 'walk' }] }).success).toBe(false)
})
