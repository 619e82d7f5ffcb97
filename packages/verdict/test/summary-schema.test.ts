import { readFileSync } from 'node:fs'
import { Tally, TargetRecord } from '@doorbuster/measurements'
import { parseObjective } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { startJudging } from '../src/judge.ts'
import { summarise } from '../src/summarise.ts'
import { summaryJsonSchema } from '../src/summary-schema.ts'
import { causes, runEnd, runStart, times, windowsOf } from './support/windows.ts'

/** Keys that summaries of an earlier version lack; only a run with orders has a ledger. */
const later = ['lights', 'ledger', 'budget', 'outside', 'notMeasured', 'target']

const published: unknown = JSON.parse(readFileSync(new URL('../../cli/schema/summary.schema.json', import.meta.url), 'utf8'))

/** A summary with something under every key, as a file holds it. */
function stored(): Readonly<Record<string, unknown>> {
  const start = runStart(2, { phases: [{ name: 'doors', startMs: 0, lastingMs: 2_000, arrivals: 20 }] })
  const tally = new Tally()
  const objectives = ['errors of class buyer < 1%', 'finished > 99%', 'counter cart.value > 1'].map((text) => parseObjective(text))
  const target = new TargetRecord()
  const judge = startJudging({ objectives, start, tally, target })
  target.add({ kind: 'series', page: 'web1', name: 'cpu', rule: 'cpu', unit: 'ratio', ceiling: 1 })
  for (const atMs of [1_000, 2_000, 3_000]) target.add({ kind: 'sample', atMs, page: 'web1', values: { cpu: 1 } })
  target.add({ kind: 'silence', atMs: 1_000, page: 'web2', because: 'timeout' })
  const named = { name: 'buyer', phase: 'doors', ok: times(5, 20), failed: causes(1) }
  const window = {
    cells: [{ phase: 'doors', ok: times(10, 5), degraded: [7], failed: causes(2) }],
    cuts: (['class', 'device', 'answered-by', 'group', 'shoppers', 'degraded'] as const).map((by) => ({ by, ...named })),
    counters: { 'cart.value': 20 },
    trends: { 'first-offer': [400] },
    findings: [{ kind: 'leak' as const, count: 1 }],
  }
  for (const each of windowsOf([window, {}])) {
    tally.add(each)
    judge.window(each)
  }
  return JSON.parse(JSON.stringify(summarise(tally.facts(start, runEnd()), judge.finish(runEnd()))))
}

test('the published schema is the one that this code makes, however often it is asked', () => {
  expect(summaryJsonSchema()).toEqual(published)
  expect(summaryJsonSchema()).toEqual(published)
})

test('a summary as it is stored passes, and one that lacks a part does not', () => {
  const schema = z.fromJSONSchema(summaryJsonSchema())
  const summary = stored()
  expect(schema.safeParse(summary).error?.issues).toBeUndefined()
  for (const key of Object.keys(summary).filter((each) => !later.includes(each))) {
    const { [key]: _, ...rest } = summary
    expect(schema.safeParse(rest).success, key).toBe(false)
  }
  expect(schema.safeParse({ ...summary, verdict: 'maybe' }).success).toBe(false)
})

test('a key that is added later breaks no reader', () => {
  expect(z.fromJSONSchema(summaryJsonSchema()).safeParse({ ...stored(), later: 1 }).success).toBe(true)
})

test('every key of a summary is in the schema', () => {
  const { properties } = summaryJsonSchema() as { readonly properties: object }
  expect(Object.keys(properties).toSorted()).toEqual([...new Set([...Object.keys(stored()), ...later])].toSorted())
})
