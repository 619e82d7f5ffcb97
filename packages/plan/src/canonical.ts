// One text for equal values, and one hash for equal plans, whatever the order of their keys. Code appears as its hash, a secret not at all.
//
// JSON as in RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space, numbers and strings as
// ECMAScript writes them.
import { createHash } from 'node:crypto'
import type { Plan, Shopper, UrlStep } from './plan.ts'
import { cover, covered, coveredForm, isSecretName } from './secrets.ts'
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

/**
 * The plan as JSON. A journey is replaced by the hash of its text, a body that is not JSON by its hash, a file's path by its name. Secrets are covered and leave
 * no hash either, since a short one can be guessed from it: a launch with another password is the same launch.
 */
export function canonicalPlan(plan: Plan): Json {
  const shown = {
    ...plan,
    target: covered(plan.target),
    headers: shownHeaders(plan.headers),
    shoppers: plan.shoppers.map(shownShopper),
  }
  return JSON.parse(canonicalJson(shown)) as Json
}

/** sha256 of the canonical plan, in hex. */
export function planHash(plan: Plan): string {
  return sha256(canonicalJson(canonicalPlan(plan)))
}

function shownShopper(shopper: Shopper): unknown {
  const steps = shopper.steps.map(covered)
  if (shopper.kind === 'journey') return { ...shopper, steps, journey: { sha256: sha256(String(shopper.journey)) } }
  return { ...shopper, steps, requests: shopper.requests.map(shownRequest) }
}

function shownRequest({ step, path, headers, body, file, ...rest }: UrlStep): unknown {
  const shown = {
    ...rest,
    ...(file !== undefined && { file: file.replace(/^.*[\\/]/, '') }),
    step: covered(step),
    path: covered(path),
    headers: shownHeaders(headers),
  }
  return body === undefined ? shown : { ...shown, body: shownBody(body) }
}

function shownHeaders(headers: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretName(name) || isCredential(value) ? { secret: true } : covered(value)]),
  )
}

/** `Bearer …` says what it is, under whatever name it is sent. */
function isCredential(value: string): boolean {
  return /^\s*(?:Bearer|Basic|Digest|Negotiate)\s/i.test(value)
}

/** The hash of a form is that of the form with its secrets covered. */
function shownBody(body: string): unknown {
  const value = objectIn(body)
  return value === undefined ? { sha256: sha256(coveredForm(body)) } : { json: shownJson(value) }
}

/** Undefined for what is no JSON, and for a bare text or number, of which nobody can tell whether it is a secret. */
function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function shownJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownJson)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, isSecretName(name) ? cover : shownJson(each)]))
  }
  if (typeof value === 'string') return isCredential(value) ? cover : covered(value)
  // JSON may write 1e999, which is read as a number that it cannot write.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
