// summary.json: the facts of the run and the judgement in one record.
import type { Facts } from '@doorbuster/measurements'
import type { Judgement, Summary } from './judgement.ts'

export function summarise(facts: Facts, judgement: Judgement): Summary {
  return { schema: 'doorbuster/summary@1', ...facts, ...judgement }
}
