// The list of objectives as written → objectives, each with its place in the list. Does not ask whether their steps and phases exist.
import { fromK6Thresholds } from './k6-thresholds.ts'
import type { Objective } from './objective.ts'
import { parseObjective } from './parse-objective.ts'
import type { PlacedObjective } from './plan-checks.ts'
import type { Problem } from './problems.ts'
import { collect, PlanError, problem } from './problems.ts'

/** Those that could be read; where one could not, its problem is pushed. */
export function readObjectives(problems: Problem[], path: string, given: unknown): readonly PlacedObjective[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) {
    problems.push(problem(path, 'a list of objectives such as "p(95) < 500ms"', given))
    return []
  }
  return given.flatMap((each: unknown, index) => readItem(problems, `${path}[${index}]`, each))
}

function readItem(problems: Problem[], path: string, given: unknown): readonly PlacedObjective[] {
  const objectives = collect(problems, '', () => (typeof given === 'string' ? [parseObjective(given, path)] : readRecord(given, path)))
  return (objectives ?? []).map((objective) => ({ path, objective }))
}

function readRecord(given: unknown, path: string): readonly Objective[] {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return fromK6Thresholds({ ...given }, path)
  throw new PlanError('OBJECTIVE_INVALID', [problem(path, 'an objective such as "p(95) < 500ms", or k6 thresholds by metric', given)])
}
