// A plan with some of it said anew, as the command line does; checked again as a whole.
import type { z } from 'zod'
import { rowProblems } from './data-checks.ts'
import { freeze } from './freeze.ts'
import { overlaid } from './headers.ts'
import { openingProblems } from './opening.ts'
import { objectivePhaseProblems } from './phase-checks.ts'
import type { Plan, Spacing } from './plan.ts'
import { linkProblems, scopedObjectives, trafficProblems, versionProblems } from './plan-checks.ts'
import { planShape } from './plan-schema.ts'
import type { Problem } from './problems.ts'
import { problem, raise } from './problems.ts'
import { readObjectives } from './read-objectives.ts'
import { readTraffic } from './read-traffic.ts'
import { read } from './schema-problems.ts'
import { targetProblems } from './target-problems.ts'

export type Amendments = {
  /** Put after the plan's own objectives. */
  readonly objectives?: readonly string[] | undefined
  /** In place of the plan's traffic, as shape text. */
  readonly shape?: string | undefined
  readonly spacing?: Spacing | undefined
  readonly seed?: number | undefined
  /** Put over the plan's own headers, by case-insensitive name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** In ms, as in the plan. */
  readonly limits?: Partial<Plan['limits']> | undefined
  readonly name?: string | undefined
  readonly http?: Plan['http'] | undefined
  readonly tlsResumes?: boolean | undefined
  /** URLs of metrics pages, put after the plan's own. */
  readonly metrics?: readonly string[] | undefined
}

/** @throws PlanError PLAN_INVALID with every mistake at once; paths name the flags. */
export function amend(plan: Plan, amendments: Amendments): Plan {
  const { objectives = [], shape } = amendments
  const problems: Problem[] = []
  const metrics = moreMetrics(problems, plan, amendments.metrics)
  const spacing = amendments.spacing && read(problems, '--spacing', planShape.spacing, amendments.spacing)
  const settings = readSettings(problems, plan, amendments)
  const isClosed = plan.model.kind === 'closed'
  const beforeTraffic = problems.length
  if (isClosed && shape !== undefined) problems.push(problem('--shape', 'no shape: this plan is a closed loop', shape))
  if (isClosed && spacing !== undefined) problems.push(problem('--spacing', 'no spacing: this plan is a closed loop', spacing))
  const given = shape === undefined ? stagesOf(plan) : shape
  const path = shape === undefined ? 'traffic' : '--shape'
  const traffic = given === undefined ? undefined : (readTraffic(problems, path, given) ?? [])
  const isTrafficRead = problems.length === beforeTraffic
  const added = readObjectives(problems, '--slo', [...objectives])
  const kept = plan.objectives.map((objective, index) => ({ path: `objectives[${index}]`, objective }))
  // What points at traffic that could not be read is not judged: its own mistake is told already.
  if (traffic !== undefined && isTrafficRead) problems.push(...trafficProblems(traffic, path))
  if (isTrafficRead) problems.push(...objectivePhaseProblems([...kept, ...added], traffic))
  const meant = scopedObjectives(problems, added, plan.shoppers, plan.waitingRoom !== undefined)
  problems.push(...targetProblems([...kept, ...added], metrics))
  const placed = plan.shoppers.map((each, index) => ({ path: `shoppers[${index}]`, shopper: each }))
  if (isTrafficRead) problems.push(...openingProblems(placed, traffic, plan.opensAtMs))
  problems.push(...linkProblems(placed, { http: settings.http }))
  const open = { kind: 'open' as const, traffic: (traffic ?? []).map(({ stage }) => stage), spacing: spacing ?? spacingOf(plan) }
  if (!isClosed && isTrafficRead) problems.push(...rowProblems(plan.data ?? {}, open))
  raise('PLAN_INVALID', problems)
  return freeze({
    ...plan,
    model: plan.model.kind === 'closed' ? plan.model : open,
    objectives: [...plan.objectives, ...meant.map(({ objective }) => objective)],
    ...settings,
    ...(metrics !== undefined && { metrics }),
  })
}

function moreMetrics(problems: Problem[], { metrics }: Plan, urls: readonly string[] = []): Plan['metrics'] {
  if (urls.length === 0) return metrics
  const more = read(problems, '--metrics', planShape.metrics, urls) ?? []
  const names = (metrics ?? []).map(({ name }) => name)
  for (const { name } of more) if (names.includes(name)) problems.push(problem('--metrics', 'a page that the plan does not have', name))
  return [...(metrics ?? []), ...more]
}

type Settings = Pick<Plan, 'name' | 'seed' | 'headers' | 'limits' | 'http' | 'tls'>

/** What is said anew is read as a plan's own is. */
function readSettings(problems: Problem[], plan: Plan, { name, seed, headers, limits = {}, http, tlsResumes }: Amendments): Settings {
  const own = plan.limits
  const version = readOver(problems, '--http', planShape.http, http, plan.http)
  problems.push(...versionProblems('--http', version, new URL(plan.target).protocol))
  const firstByteTimeoutMs = readOver(
    problems,
    '--first-byte-timeout',
    planShape.firstByteTimeout,
    limits.firstByteTimeoutMs,
    own.firstByteTimeoutMs,
  )
  const over = readOver(problems, '--header', planShape.headers, headers && overlaid(headers, {}), {})
  return {
    name: readOver(problems, '--name', planShape.name, name, plan.name),
    seed: readOver(problems, '--seed', planShape.seed, seed, plan.seed),
    headers: overlaid(plan.headers, over),
    http: version,
    tls: tlsResumes === undefined ? plan.tls : { resumes: tlsResumes },
    limits: {
      timeoutMs: readOver(problems, '--timeout', planShape.timeout, limits.timeoutMs, own.timeoutMs),
      connectTimeoutMs: readOver(problems, '--connect-timeout', planShape.connectTimeout, limits.connectTimeoutMs, own.connectTimeoutMs),
      ...(firstByteTimeoutMs !== undefined && { firstByteTimeoutMs }),
      drainMs: readOver(problems, '--drain', planShape.drain, limits.drainMs, own.drainMs),
    },
  }
}

/** The plan's own where nothing is said anew, and where what is said cannot be read. */
function readOver<Schema extends z.ZodType>(
  problems: Problem[],
  path: string,
  schema: Schema,
  given: unknown,
  own: z.output<Schema>,
): z.output<Schema> {
  return given === undefined ? own : (read(problems, path, schema, given) ?? own)
}

function stagesOf({ model }: Plan) {
  return model.kind === 'open' ? [...model.traffic] : undefined
}

function spacingOf({ model }: Plan): Spacing {
  return model.kind === 'open' ? model.spacing : 'even'
}
