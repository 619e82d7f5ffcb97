// What zod found → our problems. A schema's own error message is what it expected; knows nothing of plans.
import { z } from 'zod'
import { suggestion } from './nearest.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'

/** The value a schema makes of `value`; undefined, with its problems below `path`, when it does not fit. */
export function read<Schema extends z.ZodType>(
  problems: Problem[],
  path: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  problems.push(...result.error.issues.flatMap((issue) => problemsOf(issue, value, path)))
  return undefined
}

type Issue = z.core.$ZodIssue

function problemsOf(issue: Issue, root: unknown, path: string): Problem[] {
  const received = valueAt(root, issue.path)
  const inside = pathOf(path, issue.path)
  if (issue.code === 'unrecognized_keys') {
    const expected = issue.message.split('\n')
    return issue.keys.map((key, index) => problem(pathOf(inside, [key]), expected[index] ?? 'no such key', valueAt(received, [key])))
  }
  if (issue.code === 'invalid_union') {
    // The branch whose outer form fits was meant; its mistakes lie deeper, and they are what the user wants to hear.
    const meant = issue.errors.find((branch) => branch.length > 0 && branch.every(isInside))
    if (meant !== undefined) return meant.flatMap((each) => problemsOf(each, received, inside))
  }
  if (issue.code === 'invalid_key') return [problem(inside, issue.message, issue.path.at(-1))]
  if (issue.code === 'custom' && typeof issue.params?.received === 'string') {
    return [{ path: inside, expected: issue.message, received: issue.params.received }]
  }
  return [problem(inside, issue.message, received)]
}

function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === 'unrecognized_keys' || issue.code === 'custom'
}

/** An object without unknown keys; what is wrong with a key says which known one is nearest. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape, expected: string): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape)
  const unknownKey = (key: string) => `no such key${suggestion(key, known) || `; known are ${known.join(', ')}`}`
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map(unknownKey).join('\n') : expected),
  })
}

/** For `transform`: what `work` makes of the value; the PlanError it may throw becomes issues of the schema. */
export function through<From, To>(work: (value: From) => To): (value: From, context: z.core.$RefinementCtx<From>) => To {
  return (value, context) => {
    try {
      return work(value)
    } catch (error) {
      if (!(error instanceof PlanError)) throw error
      for (const { path, expected, received } of error.problems) {
        context.issues.push({ code: 'custom', input: value, path: path === '' ? [] : [path], message: expected, params: { received } })
      }
      return z.NEVER
    }
  }
}

/** `headers["x y"]`, `steps[2].get`. */
function pathOf(path: string, keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((soFar, key) => {
    if (typeof key === 'number') return `${soFar}[${key}]`
    const name = String(key)
    if (!/^[\w$]+$/.test(name)) return `${soFar}[${JSON.stringify(name)}]`
    return soFar === '' ? name : `${soFar}.${name}`
  }, path)
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  )
}
