// Any value → the plan, or every mistake in it at once. Each part is read for itself, so that a mistake in one hides none in another.

import { placeProblems, rowProblems } from './data-checks.ts'
import { freeze } from './freeze.ts'
import { suggestion } from './nearest.ts'
import { openingProblems } from './opening.ts'
import { objectivePhaseProblems } from './phase-checks.ts'
import type { Plan, Shopper } from './plan.ts'
import { linkProblems, scopedObjectives, shopperProblems, trafficProblems, versionProblems } from './plan-checks.ts'
import { codeShape, planShape } from './plan-schema.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem, raise } from './problems.ts'
import { readModel } from './read-model.ts'
import { readObjectives } from './read-objectives.ts'
import { readCrowd } from './read-shoppers.ts'
import { read } from './schema-problems.ts'
import { readTarget } from './target.ts'
import { targetProblems } from './target-problems.ts'

type Given = Readonly<Record<string, unknown>>

/** @throws PlanError PLAN_INVALID */
export function readPlan(value: unknown): Plan {
  const problems: Problem[] = []
  const given = readKeys(problems, value)
  const settings = readSettings(problems, given)
  const beforeModel = problems.length
  const { model, traffic } = readModel(problems, given)
  const isModelRead = problems.length === beforeModel
  const url = readTarget(problems, 'target', given.target)
  if (url !== undefined) problems.push(...versionProblems('http', given.http, url.protocol))
  const beforeCrowd = problems.length
  const crowd = readCrowd(problems, given, url)
  const isCrowdRead = crowd.shoppers.length > 0 && problems.length === beforeCrowd
  const objectives = readObjectives(problems, 'objectives', given.objectives)
  const shoppers = crowd.shoppers.map(({ shopper }) => shopper)
  // What points at a part that could not be read is not judged: the part's own mistake is told already.
  if (isModelRead && traffic !== undefined) problems.push(...trafficProblems(traffic))
  if (isModelRead) problems.push(...objectivePhaseProblems(objectives, traffic))
  problems.push(...shopperProblems(crowd.shoppers))
  problems.push(...linkProblems(crowd.shoppers, given))
  if (isModelRead && isCrowdRead) problems.push(...openingProblems(crowd.shoppers, traffic, settings.opensAtMs))
  const meant = isCrowdRead ? scopedObjectives(problems, objectives, shoppers, given.waitingRoom !== undefined) : []
  // Without a page it is too early to judge: the command line may add one, and then amend looks.
  if (settings.metrics !== undefined && settings.metrics.length > 0) problems.push(...targetProblems(objectives, settings.metrics))
  const beforeData = problems.length
  const data = read(problems, 'data', planShape.data, given.data)
  if (problems.length === beforeData) problems.push(...placeProblems(data ?? {}, crowd.shoppers))
  if (data !== undefined && model !== undefined && isModelRead) problems.push(...rowProblems(data, model))
  raise('PLAN_INVALID', problems)
  return freeze({
    ...settings.of(shoppers),
    target: present(crowd.target),
    model: present(model),
    shoppers,
    objectives: meant.map(({ objective }) => objective),
    ...(data !== undefined && { data }),
  })
}

function readKeys(problems: Problem[], value: unknown): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PlanError('PLAN_INVALID', [problem('plan', 'an object with name, target and traffic', value)])
  }
  const known = [...Object.keys(planShape), ...Object.keys(codeShape)]
  for (const [key, found] of Object.entries(value)) {
    if (!known.includes(key)) problems.push(problem(key, `no such key${suggestion(key, known)}`, found))
  }
  return { ...value }
}

type Settings = {
  readonly opensAtMs: number | undefined
  readonly metrics: Plan['metrics']
  /** May be called once nothing was found wrong. */
  readonly of: (shoppers: readonly Shopper[]) => Omit<Plan, 'target' | 'model' | 'shoppers' | 'objectives' | 'data'>
}

/** Every key that stands for itself. */
function readSettings(problems: Problem[], given: Given): Settings {
  read(problems, '$schema', planShape.$schema, given.$schema)
  const name = read(problems, 'name', planShape.name, given.name)
  const connections = read(problems, 'connections', planShape.connections, given.connections)
  const seed = read(problems, 'seed', planShape.seed, given.seed)
  const headers = read(problems, 'headers', planShape.headers, given.headers)
  const contact = read(problems, 'contact', planShape.contact, given.contact)
  const stubs = read(problems, 'stubs', planShape.stubs, given.stubs)
  const timeoutMs = read(problems, 'timeout', planShape.timeout, given.timeout)
  const connectTimeoutMs = read(problems, 'connectTimeout', planShape.connectTimeout, given.connectTimeout)
  const firstByteTimeoutMs = read(problems, 'firstByteTimeout', planShape.firstByteTimeout, given.firstByteTimeout)
  const http = read(problems, 'http', planShape.http, given.http)
  const tls = read(problems, 'tls', planShape.tls, given.tls)
  const drainMs = read(problems, 'drain', planShape.drain, given.drain)
  const degradedHeader = read(problems, 'degradedHeader', planShape.degradedHeader, given.degradedHeader)
  const budget = read(problems, 'budget', planShape.budget, given.budget)
  const opensAtMs = read(problems, 'opensAt', planShape.opensAt, given.opensAt)
  const answeredBy = read(problems, 'answeredBy', planShape.answeredBy, given.answeredBy)
  const degradedWhen = read(problems, 'degradedWhen', planShape.degradedWhen, given.degradedWhen)
  const waitingRoom = read(problems, 'waitingRoom', planShape.waitingRoom, given.waitingRoom)
  const cookies = read(problems, 'cookies', planShape.cookies, given.cookies)
  const redirects = read(problems, 'redirects', planShape.redirects, given.redirects)
  const orders = read(problems, 'orders', planShape.orders, given.orders)
  const origin = read(problems, 'origin', planShape.origin, given.origin)
  const metrics = read(problems, 'metrics', planShape.metrics, given.metrics)
  const privacy = read(problems, 'privacy', planShape.privacy, given.privacy)
  const setup = read(problems, 'setup', codeShape.setup, given.setup)
  const teardown = read(problems, 'teardown', codeShape.teardown, given.teardown)
  const of = (shoppers: readonly Shopper[]): ReturnType<Settings['of']> => ({
    name: present(name),
    seed: present(seed),
    headers: present(headers),
    contact: contact ?? null,
    stubs: present(stubs),
    connections: connections ?? (shoppers.every(mayShare) ? 'shared' : 'per-shopper'),
    degradedHeader: present(degradedHeader),
    ...(degradedWhen !== undefined && { degradedWhen }),
    ...(waitingRoom !== undefined && { waitingRoom }),
    cookies: present(cookies),
    redirects: present(redirects),
    ...(setup !== undefined && { setup }),
    ...(teardown !== undefined && { teardown }),
    http: present(http),
    tls: { resumes: present(tls).resume },
    limits: {
      timeoutMs: present(timeoutMs),
      connectTimeoutMs: present(connectTimeoutMs),
      ...(firstByteTimeoutMs !== undefined && { firstByteTimeoutMs }),
      drainMs: present(drainMs),
    },
    ...(opensAtMs !== undefined && { opensAtMs }),
    ...(budget !== undefined && { budget }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(orders !== undefined && { orders }),
    ...(origin !== undefined && { origin }),
    ...(metrics !== undefined && metrics.length > 0 && { metrics }),
    ...(privacy !== undefined && { privacy }),
  })
  return { opensAtMs, metrics, of }
}

/** A shopper with a line of its own has connections of its own. */
function mayShare(shopper: Shopper): boolean {
  return shopper.kind === 'steps' && shopper.requests.length === 1 && shopper.devices === undefined
}

/** A part that is there whenever no problem was found. */
function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('a plan without problems lacks a part')
  return part
}
