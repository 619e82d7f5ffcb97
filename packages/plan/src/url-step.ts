// A declared request as written → the request as sent. Knows nothing of shoppers, targets or sockets.
import { z } from 'zod'
import { headersSchema } from './headers.ts'
import type { UrlStep } from './plan.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import { covered } from './secrets.ts'
import { parseThink } from './think.ts'
import { formatDuration } from './units.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const

const path = z
  .string({ error: 'a path that begins with one "/"' })
  .regex(/^\/(?!\/)[^\s#]*$/, { error: 'a path that begins with one "/", without spaces or "#" (every request goes to the target)' })

const status = z.int({ error: 'an HTTP status' }).min(100, { error: 'an HTTP status' }).max(599, { error: 'an HTTP status' })

const thinkSchema = z
  .union([z.string(), z.number()], { error: 'a time to think such as "3s" or "exp 3s"' })
  .transform(through((given) => parseThink(given) && (typeof given === 'number' ? formatDuration(given) : given.trim())))
  .describe('Pause after the request: "3s", "exp 3s", "exp 3s cap 30s" or "uniform 1s 5s"; a number is ms.')

const written = strict(
  {
    step: z
      .string({ error: 'a name' })
      .min(1, { error: 'a name' })
      .optional()
      .describe('Name under which the request is counted. Default: method and path.'),
    get: path.optional().describe('Path to GET.'),
    post: path.optional().describe('Path to POST to.'),
    put: path.optional().describe('Path to PUT to.'),
    patch: path.optional().describe('Path to PATCH.'),
    delete: path.optional().describe('Path to DELETE.'),
    head: path.optional().describe('Path to ask the HEAD of.'),
    headers: headersSchema.optional(),
    body: z.string({ error: 'the body as text (a value goes into "json")' }).optional().describe('Body as text, sent as it is.'),
    json: z.unknown().optional().describe('Body as a value, sent as JSON with its content type.'),
    expect: z
      .union([status, z.array(status)], { error: 'an HTTP status or a list of them' })
      .optional()
      .describe('Statuses that count as ok. Default: 200 to 399.'),
    think: thinkSchema.optional(),
  },
  "a request such as { step: 'landing', get: '/' }",
)

/** Exactly one verb; `json` becomes the body. */
export const urlStepSchema = written.transform(through(readUrlStep)).meta({
  id: 'step',
  description: 'One request of a shopper: exactly one of get, post, put, patch, delete, head, with its path.',
  oneOf: verbs.map((verb) => ({ required: [verb] })),
})

function readUrlStep({ step, headers = {}, body, json, expect, think, ...rest }: z.output<typeof written>): UrlStep {
  const given = verbs.filter((verb) => rest[verb] !== undefined)
  const [verb] = given
  const target = verb === undefined ? undefined : rest[verb]
  const problems: Problem[] = []
  if (verb === undefined || target === undefined || given.length > 1)
    problems.push(problem('', `exactly one of ${verbs.join(', ')}`, given.join(' and ') || undefined))
  if (body !== undefined && json !== undefined) problems.push(problem('body', 'either "body" or "json"', 'both'))
  const jsonText = json === undefined ? undefined : encode(json)
  if (json !== undefined && jsonText === undefined) problems.push(problem('json', 'a value that JSON can write', json))
  if (verb === undefined || target === undefined || problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  const method = verb.toUpperCase()
  const sent = jsonText ?? body
  return {
    step: step ?? `${method} ${covered(target.replace(/\?.*$/, ''))}`,
    method,
    path: encoded(target),
    headers: jsonText === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(sent !== undefined && { body: sent }),
    ...(expect !== undefined && { expect: typeof expect === 'number' ? [expect] : expect }),
    ...(think !== undefined && { think }),
  }
}

function encode(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** What no request line may hold, as `new URL` encodes it: UTF-8 in percents. */
function encoded(path: string): string {
  return path.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent)
}
