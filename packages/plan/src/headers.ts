// Request headers as written → as a plan keeps them: names in lower case, each once. Knows nothing of what they are sent with.
// A value may be a secret, so a mistake in it is told without it.
import { z } from 'zod'
import type { Problem } from './problems.ts'
import { PlanError } from './problems.ts'
import { through } from './schema-problems.ts'

/** A token of RFC 9110. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/

const nameWords = 'a header name (letters, digits, "-")'
const valueWords = 'a header value: one line of Latin-1 without control characters'

/** These say how a message is framed and how its connection is kept, and that is the transport's to say. */
const ofTheTransport = ['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/** The name of one header, in lower case. */
export const headerName = z
  .string({ error: nameWords })
  .regex(token, { error: nameWords })
  .transform((given) => given.toLowerCase())

/** Values may be numbers, as YAML reads them. The schema is for editors; reading is `readHeaders`'s. */
export const headersSchema = z
  .unknown()
  .transform(through(readHeaders))
  .meta({
    description: 'Request headers.',
    type: 'object',
    propertyNames: { type: 'string', pattern: token.source },
    additionalProperties: { type: ['string', 'number'] },
  })

export type Headers = Readonly<Record<string, string>>

/** @throws PlanError with every mistake at once; paths are the headers' names as written. */
function readHeaders(given: unknown): Headers {
  const problems: Problem[] = []
  if (!isPlain(given)) {
    throw new PlanError('PLAN_INVALID', [told('', 'headers by name, such as { accept: "text/html" }', kindOf(given))])
  }
  const headers = new Map<string, string>()
  for (const [written, value] of Object.entries(given)) {
    const name = written.toLowerCase()
    problems.push(...nameProblems(written, headers), ...valueProblems(written, value))
    headers.set(name, String(value))
  }
  if (problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  return Object.fromEntries(headers)
}

/** A Map or a fetch API's Headers would be read as holding nothing. */
function isPlain(given: unknown): given is object {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  const prototype: unknown = Object.getPrototypeOf(given)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function nameProblems(written: string, before: ReadonlyMap<string, string>): readonly Problem[] {
  const name = written.toLowerCase()
  if (!token.test(written)) return [told(written, nameWords, JSON.stringify(written))]
  if (ofTheTransport.includes(name))
    return [told(written, `no ${JSON.stringify(name)} header: the transport says it itself`, JSON.stringify(written))]
  return before.has(name) ? [told(written, 'each header once, in upper or lower case', JSON.stringify(written))] : []
}

function valueProblems(written: string, value: unknown): readonly Problem[] {
  if (typeof value !== 'string' && !Number.isFinite(value)) return [told(written, valueWords, kindOf(value))]
  const text = String(value)
  if (/[\r\n]/.test(text)) return [told(written, valueWords, 'several lines')]
  if (/\p{Cc}/u.test(text)) return [told(written, valueWords, 'a control character')]
  return /[^ -~\u00a0-\u00ff]/.test(text) ? [told(written, valueWords, 'a character beyond Latin-1 (percent-encode it)')] : []
}

/** A problem as it is, without the value. */
function told(path: string, expected: string, received: string): Problem {
  return { path, expected, received }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** `over` put over `own`, by name in any case; of a name that is there twice, the last one stays. */
export function overlaid<Value>(
  own: Readonly<Record<string, Value>>,
  over: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries([...Object.entries(own), ...Object.entries(over)].map(([name, value]) => [name.toLowerCase(), value]))
}
