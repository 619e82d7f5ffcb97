// Open or closed: what a plan says of how shoppers come → the model. Knows nothing of who they are.

import type { Model } from './plan.ts'
import { planShape } from './plan-schema.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import type { PlacedStage } from './read-traffic.ts'
import { readTraffic } from './read-traffic.ts'
import { read } from './schema-problems.ts'

export type ReadModel = {
  readonly model?: Model
  /** Only in the open model. */
  readonly traffic?: readonly PlacedStage[]
}

/** Empty, with the problems pushed, when it cannot be read. */
export function readModel(problems: Problem[], given: Readonly<Record<string, unknown>>): ReadModel {
  const { traffic, closed, spacing } = given
  if (closed !== undefined) return readClosed(problems, given)
  const gaps = read(problems, 'spacing', planShape.spacing, spacing) ?? 'even'
  if (traffic === undefined) {
    problems.push(problem('traffic', 'a traffic shape such as "hold 20/s for 1m", or a closed model under "closed"', traffic))
    return {}
  }
  const placed = readTraffic(problems, 'traffic', traffic)
  return placed === undefined ? {} : { traffic: placed, model: { kind: 'open', traffic: placed.map(({ stage }) => stage), spacing: gaps } }
}

function readClosed(problems: Problem[], { traffic, closed, spacing }: Readonly<Record<string, unknown>>): ReadModel {
  if (traffic !== undefined) problems.push(problem('closed', 'either "traffic" (the open model) or "closed"', 'both'))
  if (spacing !== undefined)
    problems.push(problem('spacing', 'nothing: in the closed model the target decides when the next request comes', spacing))
  const found = read(problems, 'closed', planShape.closed, closed)
  return found === undefined ? {} : { model: { kind: 'closed', shoppers: found.shoppers, lastingMs: found.lasting } }
}
