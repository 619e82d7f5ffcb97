// Plans as data (JSON or YAML that the caller has parsed), and the files their curves name. Holds no code and opens no files.
import { z } from 'zod'
import { resolveCurves } from './curve.ts'
import { freeze } from './freeze.ts'
import type { Plan, UrlStep } from './plan.ts'
import { objectivePhaseProblems, trafficProblems } from './plan-checks.ts'
import { planSchema } from './plan-schema.ts'
import type { Problem } from './problems.ts'
import { collect, raise } from './problems.ts'
import { readPlan } from './read-plan.ts'

export type DataOptions = {
  /** Text of a file that a curve names, by that name; may throw a PlanError. Without it such curves stay unread. */
  readonly readText?: (file: string) => string
}

/** @throws PlanError PLAN_INVALID with every mistake at once. */
export function planFromData(value: unknown, { readText }: DataOptions = {}): Plan {
  const plan = readPlan(value)
  return readText === undefined ? plan : withCurves(plan, readText)
}

/** The plan with the files of its curves read, and checked again for what only the samples can tell. @throws PlanError PLAN_INVALID */
export function withCurves(plan: Plan, readText: (file: string) => string): Plan {
  const { model } = plan
  if (model.kind === 'closed') return plan
  const problems: Problem[] = []
  const traffic = collect(problems, 'traffic', () => resolveCurves(model.traffic, readText))
  raise('PLAN_INVALID', problems)
  const placed = (traffic ?? []).map((stage, index) => ({ path: `traffic, stage ${index + 1}`, stage }))
  const objectives = plan.objectives.map((objective, index) => ({ path: `objectives[${index}]`, objective }))
  raise('PLAN_INVALID', [...trafficProblems(placed), ...objectivePhaseProblems(objectives, placed)])
  return freeze({ ...plan, model: { ...model, traffic: traffic ?? [] } })
}

/** The plan with the files of its requests found; `find` turns a path as it is written into one that can be opened, and may throw. */
export function withFiles(plan: Plan, find: (file: string) => string): Plan {
  const found = (request: UrlStep): UrlStep => (request.file === undefined ? request : { ...request, file: find(request.file) })
  const shoppers = plan.shoppers.map((each) => (each.kind === 'steps' ? { ...each, requests: each.requests.map(found) } : each))
  return freeze({ ...plan, shoppers })
}

/** JSON schema (draft 2020-12) of a plan as data, for editors. */
export function planJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { target: 'draft-2020-12', io: 'input' })
  return {
    $schema,
    title: 'doorbuster plan',
    description:
      'A launch to rehearse: where it goes, what arrives, what must hold. JSON or YAML; journeys in code need a .ts or .js plan.',
    ...schema,
    oneOf: [{ required: ['traffic'] }, { required: ['closed'] }],
    not: { required: ['steps', 'shoppers'] },
  }
}
