// Whether a value is plain JSON, so that it can be handed from thread to thread and be the same there.
import { PlanError, problem } from '@doorbuster/plan'

/** A copy, frozen all the way down; undefined stays. @throws PlanError for the first part that JSON cannot hold */
export function plainJson(value: unknown, path: string): unknown {
  return value === undefined ? undefined : copied(value, path, [])
}

function copied(value: unknown, path: string, around: readonly unknown[]): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value
  if (typeof value !== 'object') return refuse(path, value)
  if (around.includes(value)) return refuse(path, 'a value that holds itself')
  const within = [...around, value]
  if (Array.isArray(value)) return Object.freeze(value.map((each, index) => copied(each, `${path}[${index}]`, within)))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return refuse(path, `an object of class ${value.constructor.name}`)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.freeze(Object.fromEntries(entries.map(([key, each]) => [key, copied(each, `${path}.${key}`, within)])))
}

function refuse(path: string, received: unknown): never {
  const words = 'plain JSON: null, true, false, finite numbers, texts, lists and objects of these'
  throw new PlanError('PLAN_INVALID', [typeof received === 'string' ? { path, expected: words, received } : problem(path, words, received)])
}
