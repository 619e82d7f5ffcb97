import { Tally } from '@doorbuster/measurements'
import { expect, test } from 'vitest'
import { startJudging } from '../src/judge.ts'
import { summarise } from '../src/summarise.ts'
import { runEnd, runStart, seconds, times, windowsOf } from './support/windows.ts'

test('a summary is the facts and the judgement of one run, under its schema', () => {
  const start = runStart(1)
  const tally = new Tally()
  const judge = startJudging({ objectives: [], start, tally })
  for (const window of windowsOf(seconds({ ok: times(1_000, 5) }))) {
    tally.add(window)
    judge.window(window)
  }
  const facts = tally.facts(start, runEnd())
  const judgement = judge.finish(runEnd())
  expect(summarise(facts, judgement)).toEqual({ schema: 'doorbuster/summary@1', ...facts, ...judgement })
  expect(JSON.parse(JSON.stringify(summarise(facts, judgement)))).toMatchObject({
    verdict: 'go',
    totals: { ok: 1_000 },
    objectives: [{ status: 'met', observed: 0 }],
  })
})
