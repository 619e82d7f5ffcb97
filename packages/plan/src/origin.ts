// Where the work behind the caches is counted, so that a run can tell how often one cold key was fetched. As data alone.
import { z } from 'zod'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'

export type Origin = {
  /** A path of the target, or a URL where something else counts. */
  readonly get: string
  /** What holds the number of fetches so far: a member of JSON, or a metric of Prometheus' text. */
  readonly in: { readonly member: string } | { readonly metric: string }
  /** Distinct keys that one herd asks for, and caches that may each fetch them. */
  readonly keys: number
  readonly edges: number
}

const getWords = 'a path that begins with one "/", or an http(s) URL, without spaces or "#"'
const memberWords = 'the name of a JSON member, such as "fetches" or "data.fetches"'
const metricWords = 'a metric of one line, such as "backend_requests_total"'
const countWords = 'a whole number above zero'
const count = z.int({ error: countWords }).positive({ error: countWords }).default(1)

const written = strict(
  {
    get: z
      .string({ error: getWords })
      .regex(/^(?:https?:\/\/[^\s#@/]+)?\/(?!\/)[^\s#]*$/i, { error: getWords })
      .refine((get) => get.startsWith('/') || URL.canParse(get), { error: getWords })
      .describe('Path of the target, or URL of another approved host, to GET.'),
    member: z
      .string({ error: memberWords })
      .regex(/^[^.\s]+(?:\.[^.\s]+)*$/, { error: memberWords })
      .optional()
      .describe('Member of the JSON that is answered.'),
    metric: z
      .string({ error: metricWords })
      .regex(/^[A-Za-z_:][\w:]*(?:\{[^\p{Cc}]*\})?$/u, { error: metricWords })
      .optional()
      .describe("Metric of Prometheus' text: a name, all of whose series add up, or one series as it stands there."),
    keys: count.describe('Distinct keys that one herd asks for; 1 by default.'),
    edges: count.describe('Caches that may each fetch a key; 1 by default.'),
  },
  "where fetches of the origin are counted, such as { get: '/stats', member: 'fetches' }",
)

export type OriginInput = z.input<typeof written>

export const originSchema = written
  .transform(
    through(({ get, member, metric, keys, edges }: z.output<typeof written>): Origin => {
      if (member !== undefined && metric === undefined) return { get, in: { member }, keys, edges }
      if (metric !== undefined && member === undefined) return { get, in: { metric }, keys, edges }
      throw new PlanError('PLAN_INVALID', [problem('', 'either a member or a metric that holds the count', { member, metric })])
    }),
  )
  .describe('Where fetches of the origin are counted; read around each herd of the traffic, for the objective stampede.')
