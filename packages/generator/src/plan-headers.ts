// What headers a request takes along, by the origin that it goes to. Knows nothing of what they mean but whether their name is a secret's.
import type { Plan } from '@doorbuster/plan'
import { isSecretName } from '@doorbuster/plan'
import type { Headers } from '@doorbuster/wire'

/**
 * The plan's own and those of one request. What is secret among the plan's was meant for its target: another host, a stub included, is told
 * none of it, unless the request itself says so.
 */
export function headersOf({ headers, target }: Pick<Plan, 'headers' | 'target'>): (origin: string, own: Headers) => Headers {
  const { origin: home } = new URL(target)
  const forOthers = withoutSecrets(headers)
  return (origin, own) => merged(origin === home ? headers : forOthers, own)
}

/** What was meant for one host is not told another. */
export function withoutSecrets<Value>(headers: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretName(name)))
}

/** A header of the request replaces the plan's of the same name, in any case. */
function merged(plan: Headers, own: Headers): Headers {
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(plan).filter(([name]) => !replaced.has(name.toLowerCase()))), ...own }
}
