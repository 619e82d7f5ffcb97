// A declared request as written → the request as sent. Knows nothing of shoppers, targets or sockets.
import { z } from 'zod'
import { extractSchema } from './extract.ts'
import { headersSchema } from './headers.ts'
import type { UrlStep } from './plan.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import { covered } from './secrets.ts'
import { betweenPlaces } from './template.ts'
import { parseThink, thinkForms } from './think.ts'
import { formatDuration } from './units.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const

const path = z
  .string({ error: 'a path that begins with one "/"' })
  .regex(/^\/(?!\/)[^\s#]*$/, { error: 'a path that begins with one "/", without spaces or "#" (every request goes to the target)' })

const status = z.int({ error: 'an HTTP status' }).min(100, { error: 'an HTTP status' }).max(599, { error: 'an HTTP status' })

const redirectsWords = 'a whole number from 0 to 20'
export const redirectsSchema = z.int({ error: redirectsWords }).min(0, { error: redirectsWords }).max(20, { error: redirectsWords })

const thinkSchema = z
  .union([z.string(), z.number()], { error: 'a time to think such as "3s" or "exp 3s"' })
  .transform(through((given) => parseThink(given) && (typeof given === 'number' ? formatDuration(given) : given.trim())))
  .describe(`Pause after the request: ${thinkForms}; a number is ms.`)

const fieldWords = 'fields by name, each a text, a number, true or false'

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
    form: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()], { error: fieldWords }), { error: fieldWords })
      .optional()
      .describe('Body as the fields of a form, sent as application/x-www-form-urlencoded.'),
    file: z
      .string({ error: 'the path of a file' })
      .min(1, { error: 'the path of a file' })
      .optional()
      .describe('Path, from the plan file, of a file whose bytes are the body.'),
    expect: z
      .union([status, z.array(status)], { error: 'an HTTP status or a list of them' })
      .optional()
      .describe('Statuses that count as ok. Default: 200 to 399.'),
    think: thinkSchema.optional(),
    extract: extractSchema.optional(),
    redirects: redirectsSchema.optional().describe("How many redirects are followed at most. Default: the plan's."),
    order: strict(
      {
        sku: z.string({ error: 'a product' }).min(1, { error: 'a product' }).describe('The product.'),
        qty: z.int({ error: 'a whole number of pieces' }).positive({ error: 'a whole number of pieces' }).default(1).describe('Pieces.'),
      },
      "an order such as { sku: 'tv-55' }",
    )
      .optional()
      .describe('The request asks for this order; what comes of it is told to the ledger. Its id is the member `id` of the answer.'),
  },
  "a request such as { step: 'landing', get: '/' }",
)

/** Exactly one verb; `json` becomes the body. */
export const urlStepSchema = written.transform(through(readUrlStep)).meta({
  id: 'step',
  description: 'One request of a shopper: exactly one of get, post, put, patch, delete, head, with its path.',
  oneOf: verbs.map((verb) => ({ required: [verb] })),
})

function readUrlStep({
  step,
  headers = {},
  body,
  json,
  form,
  file,
  expect,
  think,
  extract,
  redirects,
  order,
  ...rest
}: z.output<typeof written>): UrlStep {
  const given = verbs.filter((verb) => rest[verb] !== undefined)
  const [verb] = given
  const target = verb === undefined ? undefined : rest[verb]
  const problems: Problem[] = []
  if (verb === undefined || target === undefined || given.length > 1)
    problems.push(problem('', `exactly one of ${verbs.join(', ')}`, given.join(' and ') || undefined))
  const { sent, type, as } = readBody(problems, { body, json, form, file })
  if (verb === undefined || target === undefined || problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  const method = verb.toUpperCase()
  return {
    step: step ?? `${method} ${covered(target.replace(/\?.*$/, ''))}`,
    method,
    path: encoded(target),
    headers: type === undefined ? headers : { 'content-type': type, ...headers },
    ...(sent !== undefined && { body: sent }),
    ...(file !== undefined && { file }),
    ...(expect !== undefined && { expect: typeof expect === 'number' ? [expect] : expect }),
    ...(think !== undefined && { think }),
    ...(as !== undefined && sent?.includes('${') && { bodyAs: as }),
    ...(extract !== undefined && { extract }),
    ...(redirects !== undefined && { redirects }),
    ...(order !== undefined && { order }),
  }
}

type Bodies = Pick<z.output<typeof written>, 'body' | 'json' | 'form' | 'file'>

/** What is sent as text, and its content type where its kind has one. */
function readBody(
  problems: Problem[],
  bodies: Bodies,
): { readonly sent?: string | undefined; readonly type?: string; readonly as?: 'json' | 'form' } {
  const kinds = Object.entries(bodies).flatMap(([kind, value]) => (value === undefined ? [] : [kind]))
  if (kinds.length > 1) problems.push(problem(kinds[0] ?? '', 'one body: "body", "json", "form" or "file"', kinds.join(' and ')))
  const { body, json, form } = bodies
  if (form !== undefined) return { sent: formText(form), type: 'application/x-www-form-urlencoded', as: 'form' }
  if (json === undefined) return { sent: body }
  const text = encode(json)
  if (text === undefined) problems.push(problem('json', 'a value that JSON can write', json))
  return { sent: text, type: 'application/json', as: 'json' }
}

function formText(form: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(form)
    .map(([name, value]) => `${formEncoded(name)}=${betweenPlaces(String(value), formEncoded)}`)
    .join('&')
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
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
  return path.toWellFormed().replace(/\$\{[^{}]*\}|[^!-~]+/g, (found) => (found.startsWith('${') ? found : encodeURIComponent(found)))
}
