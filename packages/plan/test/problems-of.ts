// What a call that should be refused says: one line a problem, `path: expected | received`.
import { PlanError } from '../src/problems.ts'

export function problemsOf(call: () => unknown): readonly string[] {
  try {
    call()
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
    return error.problems.map(({ path, expected, received }) => `${path}: ${expected} | ${received}`)
  }
  return []
}
