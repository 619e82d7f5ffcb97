// The user's mistakes as data: where, what was expected, what stood there. Knows nothing of how they are shown.
import { cover, covered, isSecretName } from './secrets.ts'

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

/** Secrets in what was received are covered: problems end up in logs. */
export function problem(path: string, expected: string, received: unknown): Problem {
  return { path, expected, received: received !== undefined && isSecretName(keyOf(path)) ? cover : show(received) }
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

/** The key that a path ends in (`steps[0].cookie`, `headers["x-api-key"]`), or nothing: other paths hold words of the user's own. */
function keyOf(path: string): string {
  const [, plain, quoted] = /(?:^|\.)([\w$]+)$|\["([^"{]*)"\]$/.exec(path) ?? []
  return plain ?? quoted ?? ''
}

const longestShown = 80

function show(received: unknown): string {
  if (received === undefined) return 'nothing'
  if (typeof received === 'function') return 'a function'
  if (typeof received === 'bigint' || typeof received === 'symbol') return String(received)
  const text = typeof received === 'number' ? String(received) : jsonOf(received)
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

function jsonOf(received: unknown): string {
  try {
    return JSON.stringify(received, withoutSecrets) ?? String(received)
  } catch {
    return 'a value that JSON cannot write' // it holds itself, or a bigint
  }
}

function withoutSecrets(name: string, value: unknown): unknown {
  if (isSecretName(name)) return cover
  return typeof value === 'string' ? covered(value) : value
}
