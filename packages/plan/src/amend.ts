// A plan with some of it said anew, as the command line does; checked again as a whole.
import { freeze } from './freeze.ts'
import type { Plan, Spacing } from './plan.ts'
import { objectivePhaseProblems, objectiveStepProblems, trafficProblems } from './plan-checks.ts'
import type { Problem } from './problems.ts'
import { problem, raise } from './problems.ts'
import { readObjectives } from './read-objectives.ts'
import { readTraffic } from './read-traffic.ts'

export type Amendments = {
  /** Put after the plan's own objectives. */
  readonly objectives?: readonly string[] | undefined
  /** In place of the plan's traffic, as shape text. */
  readonly shape?: string | undefined
  readonly spacing?: Spacing | undefined
  readonly seed?: number | undefined
  /** Put over the plan's own headers, by case-insensitive name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly limits?: Partial<Plan['limits']> | undefined
}

/** @throws PlanError PLAN_INVALID with every mistake at once; paths name the flags. */
export function amend(plan: Plan, { objectives = [], shape, spacing, seed = plan.seed, headers = {}, limits = {} }: Amendments): Plan {
  const problems: Problem[] = []
  const isClosed = plan.model.kind === 'closed'
  if (isClosed && shape !== undefined) problems.push(problem('--shape', 'no shape: this plan is a closed loop', shape))
  if (isClosed && spacing !== undefined) problems.push(problem('--spacing', 'no spacing: this plan is a closed loop', spacing))
  const given = shape === undefined ? stagesOf(plan) : shape
  const traffic = given === undefined ? undefined : (readTraffic(problems, shape === undefined ? 'traffic' : '--shape', given) ?? [])
  const added = readObjectives(problems, '--slo', [...objectives])
  const kept = plan.objectives.map((objective, index) => ({ path: `objectives[${index}]`, objective }))
  if (traffic !== undefined && problems.length === 0) problems.push(...trafficProblems(traffic))
  if (problems.length === 0) problems.push(...objectivePhaseProblems([...kept, ...added], traffic))
  problems.push(...objectiveStepProblems(added, plan.shoppers))
  raise('PLAN_INVALID', problems)
  const open = { kind: 'open' as const, traffic: (traffic ?? []).map(({ stage }) => stage), spacing: spacing ?? spacingOf(plan) }
  return freeze({
    ...plan,
    model: plan.model.kind === 'closed' ? plan.model : open,
    objectives: [...plan.objectives, ...added.map(({ objective }) => objective)],
    seed,
    headers: withHeaders(plan.headers, headers),
    limits: { ...plan.limits, ...limits },
  })
}

function stagesOf({ model }: Plan) {
  return model.kind === 'open' ? [...model.traffic] : undefined
}

function spacingOf({ model }: Plan): Spacing {
  return model.kind === 'open' ? model.spacing : 'even'
}

function withHeaders(own: Readonly<Record<string, string>>, over: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const said = new Set(Object.keys(over).map((name) => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(own).filter(([name]) => !said.has(name.toLowerCase()))), ...over }
}
