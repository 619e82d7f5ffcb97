// Rules that recognise an answer by what it says of itself: its status, a header, words in its body, where it sends to. Asks no answer:
// the generator does. No rule is a regular expression: an answer is the target's, and a target could make a careless one run for minutes.
import { z } from 'zod'
import { headerName } from './headers.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import { cover, covered, isSecretName } from './secrets.ts'

/** What is given must hold, all of it. */
export type AnswerRule = {
  readonly statuses?: readonly number[]
  /** The answer has this header (lower case), and its value holds the text in any case where one is given. */
  readonly header?: { readonly name: string; readonly value?: string }
  /** The unpacked body holds this text, exactly. */
  readonly body?: string
  /** Where the answer leaves the shopper (a redirect's Location, else what was asked): a prefix of that path, or of the whole URL. */
  readonly url?: string
}

export type AnswerRuleInput = {
  readonly status?: number | readonly number[]
  /** `x-queue`, or with words of its value: `x-queue: waiting`. */
  readonly header?: string
  /** Text that the body holds, exactly. */
  readonly body?: string
  /** `/queue`, or `https://queue.example/`: how the URL begins at which the answer leaves the shopper. */
  readonly url?: string
}

/** One rule, or several of which any may hold. */
export type AnswerRulesInput = AnswerRuleInput | readonly AnswerRuleInput[]

const status = z.int({ error: 'an HTTP status' }).min(100, { error: 'an HTTP status' }).max(599, { error: 'an HTTP status' })
const bodyWords = 'words that the body holds, 1 to 1000 characters'
const urlWords = 'the beginning of a path ("/queue") or of an http or https URL'
const headerWords = 'a header name, or a name and words of its value such as "x-queue: waiting"'

const written = strict(
  {
    status: z
      .union([status, z.array(status).min(1)], { error: 'an HTTP status or a list of them' })
      .optional()
      .describe('Its status.'),
    header: z
      .string({ error: headerWords })
      .optional()
      .describe('A header that it has, or name and words of its value: "x-queue: waiting".'),
    body: z
      .string({ error: bodyWords })
      .min(1, { error: bodyWords })
      .max(1_000, { error: bodyWords })
      .optional()
      .describe('Words that its body holds, exactly.'),
    url: z
      .string({ error: urlWords })
      .regex(/^(?:\/|https?:\/\/[^/])/, { error: urlWords })
      .optional()
      .describe("How the URL begins at which it leaves the shopper: a redirect's Location, else what was asked."),
  },
  "a rule such as { status: 503 }, { header: 'x-queue' } or { body: 'You are in line' }",
)

const answerRule = written.transform(through(readRule)).meta({
  id: 'answerRule',
  description: 'Recognises an answer: everything that is given must hold.',
  minProperties: 1,
})

/** Any of several; one alone may stand without a list. */
export const answerRules = z
  .union([answerRule, z.array(answerRule).min(1, { error: 'at least one rule' })], { error: 'a rule or a list of rules' })
  .transform((given) => (Array.isArray(given) ? given : [given]))

function readRule({ status: statuses, header, body, url }: z.output<typeof written>): AnswerRule {
  const rule = {
    ...(statuses !== undefined && { statuses: typeof statuses === 'number' ? [statuses] : statuses }),
    ...(header !== undefined && { header: readHeader(header) }),
    ...(body !== undefined && { body }),
    ...(url !== undefined && { url }),
  }
  if (Object.keys(rule).length > 0) return rule
  throw new PlanError('PLAN_INVALID', [problem('', 'at least one of status, header, body and url', undefined)])
}

function readHeader(given: string): NonNullable<AnswerRule['header']> {
  const [, name = given, value = ''] = /^([^:]*):(.*)$/.exec(given) ?? []
  const read = headerName.safeParse(name.trim())
  const problems: Problem[] = read.success ? [] : [problem('header', headerWords, given)]
  if (read.success) return value.trim() === '' ? { name: read.data } : { name: read.data, value: value.trim().toLowerCase() }
  throw new PlanError('PLAN_INVALID', problems)
}

/** The rules as they may be shown: a header that names a secret keeps its value to itself. */
export function shownRules(rules: readonly AnswerRule[]): readonly AnswerRule[] {
  return rules.map(({ header, url, ...rest }) => ({
    ...rest,
    ...(header !== undefined && { header: header.value !== undefined && isSecretName(header.name) ? { ...header, value: cover } : header }),
    ...(url !== undefined && { url: covered(url) }),
  }))
}
