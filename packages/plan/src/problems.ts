// The user's mistakes as data: where, what was expected, what stood there. Knows nothing of how they are shown.

/** One mistake in something the user wrote. `path` points into it (`traffic[2].lasting`, `line 1, column 14`). */
export type Problem = { readonly path: string; readonly expected: string; readonly received: string }

export type ProblemCode = 'PLAN_INVALID' | 'SHAPE_INVALID' | 'OBJECTIVE_INVALID' | 'ALLOW_INVALID' | 'USAGE_INVALID'

/** Everything that is wrong with what the user wrote, all at once. The message holds one line a problem and never a stack. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
  readonly code: ProblemCode
  readonly problems: readonly Problem[]

  constructor(code: ProblemCode, problems: readonly Problem[]) {
    super(problems.map((each) => `${code} ${describe(each)}`).join('\n'))
    this.code = code
    this.problems = problems
  }
}

/** `path: expected …, received …`, on one line whatever was received. */
export function describe({ path, expected, received }: Problem): string {
  return `${path}: expected ${expected}, received ${received}`
}

export function problem(path: string, expected: string, received: unknown): Problem {
  return { path, expected, received: show(received) }
}

/** Throws all of them together, or nothing when there are none. */
export function raise(code: ProblemCode, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new PlanError(code, problems)
}

/** The problems that `work` raises, moved below `path`; anything else is our own mistake and passes through. */
export function collect<T>(problems: Problem[], path: string, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
    for (const each of error.problems) problems.push({ ...each, path: join(path, each.path) })
    return undefined
  }
}

function join(path: string, inner: string): string {
  if (path === '') return inner
  if (inner === '') return path
  if (inner.startsWith('line ')) return `${path} ${inner}`
  return inner.startsWith('[') ? `${path}${inner}` : `${path}.${inner}`
}

const longestShown = 80

function show(received: unknown): string {
  if (received === undefined) return 'nothing'
  if (typeof received === 'function') return 'a function'
  if (typeof received === 'bigint' || typeof received === 'symbol') return String(received)
  const text = typeof received === 'number' ? String(received) : (JSON.stringify(received) ?? String(received))
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
