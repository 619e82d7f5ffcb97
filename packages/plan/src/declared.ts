// Plans as data (JSON or YAML that the caller has parsed), and the files their curves name. Holds no code and opens no files.
import { z } from 'zod'
import { resolveCurves } from './curve.ts'
import type { DataSet } from './data.ts'
import { placeProblems, rowProblems } from './data-checks.ts'
import { parseRows } from './data-rows.ts'
import { freeze } from './freeze.ts'
import { openingProblems } from './opening.ts'
import { objectivePhaseProblems } from './phase-checks.ts'
import type { Plan, UrlStep } from './plan.ts'
import { trafficProblems } from './plan-checks.ts'
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
  const read = { ...model, traffic: traffic ?? [] }
  const shoppers = plan.shoppers.map((shopper, index) => ({ path: `shoppers[${index}]`, shopper }))
  const opening = openingProblems(shoppers, placed, plan.opensAtMs)
  const rows = rowProblems(plan.data ?? {}, read)
  raise('PLAN_INVALID', [...trafficProblems(placed), ...objectivePhaseProblems(objectives, placed), ...opening, ...rows])
  return freeze({ ...plan, model: read })
}

/** The plan with the files of its data read, and checked again for what only rows can tell. @throws PlanError PLAN_INVALID */
export function withData(plan: Plan, readText: (file: string) => string): Plan {
  if (plan.data === undefined) return plan
  const problems: Problem[] = []
  const read = (set: DataSet, path: string): DataSet => {
    const { file, rows } = set
    if (file === undefined || rows !== null) return set
    return { ...set, rows: collect(problems, `${path} ${file}`, () => parseRows(file, readText(file))) ?? null }
  }
  const data = Object.fromEntries(Object.entries(plan.data).map(([name, set]) => [name, read(set, `data.${name}`)]))
  // One class of declared steps was most likely written as `steps`.
  const pathOf = (index: number): string => (plan.shoppers.length === 1 ? 'steps' : `shoppers[${index}]`)
  const placed = plan.shoppers.map((shopper, index) => ({ path: pathOf(index), shopper }))
  raise('PLAN_INVALID', [...problems, ...placeProblems(data, placed), ...rowProblems(data, plan.model)])
  return freeze({ ...plan, data })
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
