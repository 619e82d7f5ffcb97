// Who answered, as a plan recognises it: rules on status, headers and the beginning of the body. Looks at no answer itself.
import { z } from 'zod'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'

/** All that is given must hold; comparing ignores case. The generator has rules of its own behind these. */
export type AnsweredByRule = {
  readonly who: string
  /** Null: any. */
  readonly statuses: readonly number[] | null
  /** `contains` null: the header is there at all. */
  readonly headers: readonly { readonly name: string; readonly contains: string | null }[]
  /** What the first 4 KiB of the body contain; null: whatever they do. */
  readonly body: string | null
}

export type AnsweredByInput = {
  /** `application`, `cache`, `cdn`, `waf`, `queue`, `balancer`, or a name of your own. Stopped by a `waf` is stopped, whatever its status. */
  readonly who: string
  readonly status?: number | readonly number[]
  /** Name of a header that must be there, or texts that headers must contain. */
  readonly header?: string | Readonly<Record<string, string>>
  /** Text in the first 4 KiB of the body; bodies that came packed are not looked into. */
  readonly body?: string
}

const whoWords = 'who answered, such as "cache" or "waf", in 1 to 40 characters'
const statusWords = 'an HTTP status, or a list of them'
const headerWords = 'the name of a header, or texts by header name'
const textWords = 'a text that is not empty'
const status = z.int({ error: statusWords }).min(100, { error: statusWords }).max(599, { error: statusWords })
const text = z.string({ error: textWords }).min(1, { error: textWords })

const ruleSchema = strict(
  {
    who: z.string({ error: whoWords }).regex(/^[^\p{Cc}]{1,40}$/u, { error: whoWords }),
    status: z.union([status, z.array(status)], { error: statusWords }).optional(),
    header: z.union([text, z.record(z.string(), text)], { error: headerWords }).optional(),
    body: text.optional(),
  },
  "a rule such as { who: 'cache', header: { 'x-cache': 'HIT' } }",
).transform(through(readRule))

export const answeredBySchema = z
  .array(ruleSchema, { error: 'a list of rules' })
  .describe('How to tell who answered, before the rules that doorbuster has itself; the first that fits counts.')

type RawRule = {
  readonly who: string
  readonly status?: number | readonly number[] | undefined
  readonly header?: string | Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
}

function readRule({ who, status: statuses, header, body }: RawRule): AnsweredByRule {
  if (statuses === undefined && header === undefined && body === undefined)
    throw new PlanError('PLAN_INVALID', [problem('', 'at least one of status, header and body', { who })])
  const headers = typeof header === 'string' ? [[header, null] as const] : Object.entries(header ?? {})
  return {
    who,
    statuses: statuses === undefined ? null : typeof statuses === 'number' ? [statuses] : statuses,
    headers: headers.map(([name, contains]) => ({ name: name.toLowerCase(), contains: contains?.toLowerCase() ?? null })),
    body: body?.toLowerCase() ?? null,
  }
}
