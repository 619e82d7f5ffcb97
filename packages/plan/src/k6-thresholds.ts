// The `thresholds` block of a k6 script → objectives, so that a team keeps the lines it has. Knows nothing of k6 itself.
import { cursorOver, refuse, startOfNext } from './cursor.ts'
import { formatObjective } from './format-objective.ts'
import { freeze } from './freeze.ts'
import { takeK6Scope } from './k6-scope.ts'
import type { Objective, OnBreach } from './objective.ts'
import { takeObjective } from './parse-objective.ts'
import type { Problem } from './problems.ts'
import { collect, PlanError, problem, raise } from './problems.ts'
import type { DurationText } from './units.ts'
import { parseDuration } from './units.ts'

/** One threshold as k6 writes it: `'p(95)<500'`, or an object that can also stop the run. */
export type K6Threshold = string | { readonly threshold: string; readonly abortOnFail?: boolean; readonly delayAbortEval?: DurationText }

/** Thresholds by metric name: `{ 'http_req_duration{name:checkout}': ['p(95)<500'] }`. */
export type K6Thresholds = { readonly [metric: string]: K6Threshold | readonly K6Threshold[] }

/** One objective a threshold. @throws PlanError OBJECTIVE_INVALID with all mistakes of the record. */
export function fromK6Thresholds(record: K6Thresholds, path = ''): Objective[] {
  const problems: Problem[] = []
  const objectives: Objective[] = []
  for (const [name, thresholds] of Object.entries(record)) {
    const inside = `${path}[${JSON.stringify(name)}]`
    for (const [index, threshold] of (Array.isArray(thresholds) ? thresholds : [thresholds]).entries()) {
      const objective = collect(problems, '', () => fromThreshold(name, threshold, inside, `${inside}[${index}]`))
      if (objective !== undefined) objectives.push(objective)
    }
  }
  raise('OBJECTIVE_INVALID', uniqueByPath(problems))
  return objectives
}

function fromThreshold(name: string, threshold: unknown, namePath: string, path: string): Objective {
  const nameCursor = cursorOver(`${name}:`, namePath)
  const scope = takeK6Scope(nameCursor)
  if (scope === undefined || startOfNext(nameCursor) !== name.length)
    refuse(nameCursor, 'a k6 metric such as http_req_duration{name:checkout}')
  const { text, onBreach } = readThreshold(threshold, path)
  const objective = takeObjective(cursorOver(text, path), scope)
  if (onBreach === undefined) return objective
  return freeze({ ...objective, onBreach, text: formatObjective({ ...objective, onBreach }) })
}

const knownKeys = ['threshold', 'abortOnFail', 'delayAbortEval']

function readThreshold(threshold: unknown, path: string): { text: string; onBreach?: OnBreach } {
  if (typeof threshold === 'string') return { text: threshold }
  const fields: Readonly<Record<string, unknown>> = typeof threshold === 'object' && threshold !== null ? { ...threshold } : {}
  const { threshold: text, abortOnFail = false, delayAbortEval = 0 } = fields
  const problems = Object.keys(fields)
    .filter((key) => !knownKeys.includes(key))
    .map((key) => problem(`${path}.${key}`, `one of the keys ${knownKeys.join(', ')}`, key))
  if (typeof text !== 'string')
    problems.push(problem(path, "a threshold such as 'p(95)<500' or { threshold: 'p(95)<500', abortOnFail: true }", threshold))
  if (typeof abortOnFail !== 'boolean') problems.push(problem(`${path}.abortOnFail`, 'true or false', abortOnFail))
  const afterMs = collect(problems, '', () => readDelay(delayAbortEval, `${path}.delayAbortEval`)) ?? 0
  raise('OBJECTIVE_INVALID', problems)
  return { text: String(text), ...(abortOnFail === true && { onBreach: { kind: 'abort', afterMs } }) }
}

function readDelay(delay: unknown, path: string): number {
  if (typeof delay === 'string' || typeof delay === 'number') return parseDuration(delay, path)
  throw new PlanError('OBJECTIVE_INVALID', [problem(path, 'a duration such as "10s"', delay)])
}

/** A wrong metric name would else be told once for each of its thresholds. */
function uniqueByPath(problems: readonly Problem[]): Problem[] {
  return problems.filter((each, index) => problems.findIndex(({ path }) => path === each.path) === index)
}
