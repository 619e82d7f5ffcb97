// One text for equal values, and one hash for equal plans, whatever the order of their keys. Secrets and code appear as hashes only.
//
// JSON as in RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space, numbers and strings as
// ECMAScript writes them.
import { createHash } from 'node:crypto'
import type { Plan, Shopper } from './plan.ts'
import type { Json } from './session.ts'

/** The value as canonical JSON. Keys without a value are left out. @throws Error for what JSON cannot hold (a function, NaN, Infinity). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined)
    entries.sort(([left], [right]) => (left < right ? -1 : 1))
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
  }
  const isScalar = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
  if (!isScalar) throw new Error(`canonical JSON has no ${typeof value === 'number' ? String(value) : typeof value}`)
  return JSON.stringify(value)
}

/** The plan as JSON: a journey is replaced by the hash of its text, a header's value that looks secret by the hash of that value. */
export function canonicalPlan(plan: Plan): Json {
  const shown = { ...plan, headers: withoutSecrets(plan.headers), shoppers: plan.shoppers.map(shownShopper) }
  return JSON.parse(canonicalJson(shown)) as Json
}

/** sha256 of the canonical plan, in hex. */
export function planHash(plan: Plan): string {
  return sha256(canonicalJson(canonicalPlan(plan)))
}

function shownShopper(shopper: Shopper): unknown {
  if (shopper.kind === 'journey') return { ...shopper, journey: { sha256: sha256(String(shopper.journey)) } }
  return { ...shopper, requests: shopper.requests.map((request) => ({ ...request, headers: withoutSecrets(request.headers) })) }
}

const secretName = /auth|cookie|token|secret|passw|credential|session|signature|key/i

function withoutSecrets(headers: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretName.test(name) ? { sha256: sha256(value) } : value]),
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
