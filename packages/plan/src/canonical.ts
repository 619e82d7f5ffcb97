// One text for equal values, and one hash for equal plans, whatever the order of their keys. Code appears as its hash, a secret not at all.
//
// JSON as in RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space, numbers and strings as
// ECMAScript writes them.
import { createHash } from 'node:crypto'
import { shownRules } from './answer-rule.ts'
import type { DataSet, Row } from './data.ts'
import type { Json } from './json.ts'
import type { Orders } from './orders.ts'
import type { Plan, Shopper, UrlStep } from './plan.ts'
import { cover, covered, coveredForm, isSecretName } from './secrets.ts'
import type { MetricsPage } from './target-metrics.ts'
import { shownRoom } from './waiting-room.ts'

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
 * no hash either, since a short one can be guessed from it: a launch with another password is the same launch. Rows of data stand as their
 * hash. `mask` covers secrets that only the caller knows, wherever they stand.
 */
export function canonicalPlan(given: Plan, mask: Mask = asItIs): Json {
  const plan = masked(given, mask)
  const { data, setup, teardown } = plan
  const shown = {
    ...plan,
    ...(data !== undefined && { data: Object.fromEntries(Object.entries(data).map(([name, set]) => [name, shownData(set)])) }),
    ...(setup !== undefined && { setup: shownCode(setup) }),
    ...(teardown !== undefined && { teardown: shownCode(teardown) }),
    target: covered(plan.target),
    headers: shownHeaders(plan.headers),
    stubs: Object.fromEntries(Object.entries(plan.stubs).map(([host, url]) => [host, covered(url)])),
    shoppers: plan.shoppers.map(shownShopper),
    ...(plan.degradedWhen !== undefined && { degradedWhen: shownRules(plan.degradedWhen) }),
    ...(plan.waitingRoom !== undefined && { waitingRoom: shownRoom(plan.waitingRoom) }),
    orders: plan.orders && shownOrders(plan.orders),
    ...(plan.metrics !== undefined && { metrics: plan.metrics.map(shownPage) }),
    origin: plan.origin && { ...plan.origin, get: covered(plan.origin.get) },
  }
  return JSON.parse(canonicalJson(shown)) as Json
}

/** sha256 of the canonical plan, in hex. */
export function planHash(plan: Plan, mask: Mask = asItIs): string {
  return sha256(canonicalJson(canonicalPlan(plan, mask)))
}

/** Whether a header may stand in a record word for word. */
export function isPublicHeader(name: string, value: string): boolean {
  return !isSecretName(name) && !isCredential(value) && covered(value) === value
}

/** Whether a body may: JSON without a secret in it. */
export function isPublicBody(body: string): boolean {
  const value = objectIn(body)
  return value !== undefined && !canonicalJson(shownJson(value)).includes(cover)
}

/** A text without the secrets in it. */
export type Mask = (text: string) => string

const asItIs: Mask = (text) => text

/** The same plan with every text in it masked. Code and classes are their author's and stay. */
function masked<T>(value: T, mask: Mask): T {
  return mask === asItIs ? value : (maskedAll(value, mask) as T)
}

function maskedAll(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((each) => maskedAll(each, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskedAll(each, mask)]))
}

const shownCode = (code: unknown): unknown => ({ sha256: sha256(String(code)) })

function shownData({ file, rows, ...rest }: DataSet): unknown {
  return {
    ...rest,
    ...(file !== undefined && { file: fileName(file) }),
    rows: rows === null ? null : { count: rows.length, sha256: hashOfRows(rows) },
  }
}

/** Row by row, and each name judged once: there may be a million of them. */
function hashOfRows(rows: readonly Row[]): string {
  const judged = new Map<string, boolean>()
  const withoutSecrets = (name: string, value: unknown): unknown => {
    const isSecret = judged.get(name) ?? isSecretName(name)
    judged.set(name, isSecret)
    return isSecret ? cover : value
  }
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${JSON.stringify(row, withoutSecrets)}\n`)
  return hash.digest('hex')
}

const fileName = (path: string): string => path.replace(/^.*[\\/]/, '')

function shownShopper(shopper: Shopper): unknown {
  const steps = shopper.steps.map(covered)
  const { watchers } = shopper
  const waits = watchers && { watchers: { ...watchers, step: covered(watchers.step), page: covered(watchers.page) } }
  if (shopper.kind === 'journey') return { ...shopper, ...waits, steps, journey: shownCode(shopper.journey) }
  return { ...shopper, ...waits, steps, requests: shopper.requests.map(shownRequest) }
}

function shownPage({ url, headers, series, ...rest }: MetricsPage): unknown {
  const rules = Object.fromEntries(Object.entries(series).map(([name, { text }]) => [name, text]))
  return { ...rest, url: covered(url), headers: shownHeaders(headers), series: rules }
}

function shownOrders({ count, order, ...rest }: Orders): unknown {
  return {
    ...rest,
    count: count && { ...count, get: covered(count.get) },
    order: order && { ...order, get: covered(order.get) },
  }
}

function shownRequest({ step, path, headers, body, file, ...rest }: UrlStep): unknown {
  const shown = {
    ...rest,
    ...(file !== undefined && { file: fileName(file) }),
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
