// The form of a plan as data, part by part: what each key may hold. What the parts must be to each other stands in plan-checks.ts.
import { z } from 'zod'
import { answerRules } from './answer-rule.ts'
import { answeredBySchema } from './answered-by.ts'
import { behaviourShape } from './behaviour.ts'
import { budgetSchema } from './budget.ts'
import { dataSchema } from './data-schema.ts'
import { duration } from './duration-schema.ts'
import { headerName, headersSchema } from './headers.ts'
import { ordersSchema } from './orders-schema.ts'
import { originSchema } from './origin.ts'
import { privacySchema } from './privacy.ts'
import { strict } from './schema-problems.ts'
import type { Journey, Setup, Teardown } from './session.ts'
import { stubsSchema } from './stubs.ts'
import { metricsSchema } from './target-metrics.ts'
import { traitsShape, watchersSchema } from './traits-schema.ts'
import { redirectsSchema, urlStepSchema } from './url-step.ts'
import { waitingRoomSchema } from './waiting-room.ts'

const nameWords = 'a name of 1 to 80 characters on one line'
const name = z
  .string({ error: nameWords })
  .min(1, { error: nameWords, abort: true })
  .max(80, { error: nameWords, abort: true })
  .refine((given) => given.trim() !== '' && !/\p{Cc}/u.test(given), { error: nameWords })

const weightWords = 'a number above zero'
const weight = z
  .number({ error: weightWords })
  .positive({ error: weightWords })
  .default(1)
  .describe("Share of arrivals relative to the other classes' weights.")

const wholeWords = 'a whole number above zero'
const stepsWords = 'a list of requests, at least one'
const requests = z.array(urlStepSchema, { error: stepsWords }).min(1, { error: stepsWords })

/** A class of shoppers whose requests are declared. */
export const declaredShopper = strict(
  {
    name: name.describe('Name of the class.'),
    weight,
    steps: requests.describe('The requests, in order.'),
    ...traitsShape,
    ...behaviourShape,
  },
  "a class of shoppers such as { name: 'buyer', weight: 20, steps: […] }",
)

/** A class of shoppers whose journey is code. */
export const journeyShopper = strict(
  {
    name,
    weight,
    steps: z.array(name, { error: 'a list of step names' }).default([]),
    ...behaviourShape,
    journey: z.custom<Journey>((given) => typeof given === 'function', { error: 'an async function that takes a session' }),
    ...traitsShape,
  },
  'shopper(name, { weight }, journey)',
)

const thresholdSchema = z.union([
  z.string(),
  z.strictObject({
    threshold: z.string(),
    abortOnFail: z.boolean().optional(),
    delayAbortEval: z.union([z.string(), z.number()]).optional(),
  }),
])
const objectivesWords = 'a list of objectives such as "p(95) < 500ms"'

const contactWords = 'a name and how to reach it, one line of plain letters'

/** Each key of a plan. Traffic, shoppers and objectives are read item by item, so that one bad item hides no other's mistakes. */
export const planShape = {
  $schema: z.string({ error: 'the address of a JSON schema' }).optional().describe('The schema of this file, for editors.'),
  name: name.describe('Name of the launch; it also names the run folder.'),
  target: z
    .string({ error: 'an absolute http or https URL' })
    .describe('Absolute http or https URL. A path in it is put before the path of every step.'),
  traffic: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('The traffic shape as text, or as a list of its lines: "baseline: hold 20/s for 1m; ramp to 80/s over 30s".'),
  closed: strict(
    {
      shoppers: z.int({ error: wholeWords }).positive({ error: wholeWords }).describe('How many shoppers, each starting again when done.'),
      lasting: duration('How long.', { aboveZero: true }),
    },
    "a closed model such as { shoppers: 50, lasting: '10s' }",
  )
    .optional()
    .describe('A closed model in place of traffic: it waits for the target, so it cannot show what a crowd would feel.'),
  spacing: z
    .enum(['even', 'poisson'], { error: '"even" or "poisson"' })
    .optional()
    .describe('Gaps between arrivals: even (default), or random with the same expected number.'),
  connections: z
    .enum(['shared', 'per-shopper'], { error: '"shared" or "per-shopper"' })
    .optional()
    .describe('Whether a new shopper is a new connection. Default: per-shopper for journeys, shared for single requests.'),
  steps: requests.optional().describe('The requests of the one class of shoppers, `visitor`. Several classes: see shoppers.'),
  shoppers: z
    .array(declaredShopper, { error: 'a list of shopper classes' })
    .optional()
    .describe('Classes of shoppers with their weights. Default: one that GETs the target.'),
  objectives: z
    .array(z.union([z.string(), z.record(z.string(), z.union([thresholdSchema, z.array(thresholdSchema)]))]), { error: objectivesWords })
    .optional()
    .describe(
      'What must hold, such as "p(95) of checkout < 500ms in doors" or "errors < 0.1% for 10s, abort"; also k6 thresholds by metric.',
    ),
  budget: budgetSchema.optional(),
  watchers: watchersSchema.optional().describe('Who comes before the doors open, for every class that does not say so itself.'),
  opensAt: duration('When the doors open, from the start of the run. Default: the start of the phase `doors`.', {
    aboveZero: false,
  }).optional(),
  answeredBy: answeredBySchema.optional(),
  seed: z
    .int({ error: 'a whole number from 0 to 4294967295' })
    .min(0, { error: 'a whole number from 0 to 4294967295' })
    .max(0xffffffff, { error: 'a whole number from 0 to 4294967295' })
    .default(1)
    .describe('Decides everything random: the same seed replays the same run.'),
  headers: headersSchema.default({}),
  contact: z
    .string({ error: contactWords })
    .regex(/^[ -~]{1,200}$/, { error: contactWords })
    .optional()
    .describe('Who answers for this load, sent with every request. Default: the contact in the allow list.'),
  stubs: stubsSchema,
  timeout: duration('Longest time for a whole request; 10s by default.', { aboveZero: true }).default(10e3),
  connectTimeout: duration('Longest time to open a connection; 5s by default.', { aboveZero: true }).default(5e3),
  firstByteTimeout: duration('Longest time until the first byte of an answer; none by default.', { aboveZero: true }).optional(),
  http: z
    .union([z.literal(1), z.literal(2)], { error: '1 or 2' })
    .default(1)
    .describe('Version of HTTP: 1 (HTTP/1.1) by default; 2 needs an https target, and there is no way back from it.'),
  tls: strict(
    {
      resume: z
        .boolean({ error: 'true or false' })
        .default(false)
        .describe('Whether a new connection takes up the TLS session of an earlier one; by default each handshake is a whole one.'),
    },
    'settings of TLS such as { resume: true }',
  )
    .default({ resume: false })
    .describe('Settings of TLS.'),
  drain: duration('How long shoppers under way may go on after the last arrival; 10s by default.', { aboveZero: false }).default(10e3),
  degradedHeader: headerName
    .default('x-degraded')
    .describe('Response header by which the shop says that an answer is degraded; x-degraded by default.'),
  degradedWhen: answerRules
    .optional()
    .describe('Answers that say they are degraded in another way than by that header: a rule, or a list of which one must hold.'),
  waitingRoom: waitingRoomSchema.optional(),
  cookies: z
    .boolean({ error: 'true or false' })
    .default(true)
    .describe('Whether each shopper of more than one request keeps cookies; true by default.'),
  redirects: redirectsSchema.default(0).describe('How many redirects a request follows at most; 0 by default.'),
  data: dataSchema.optional(),
  orders: ordersSchema.optional(),
  origin: originSchema.optional(),
  metrics: metricsSchema.optional(),
  privacy: privacySchema
    .optional()
    .describe('What is watched of privacy: canaries of other shoppers, personal data in caches, doors that must stay shut.'),
}

/** What only a plan in code can hold. */
export const codeShape = {
  setup: z.custom<Setup>((given) => typeof given === 'function', { error: 'an async function that takes a session' }).optional(),
  teardown: z
    .custom<Teardown>((given) => typeof given === 'function', { error: 'an async function that takes a session and what setup returned' })
    .optional(),
}

/** The whole plan, as editors see it. */
export const planSchema = strict(planShape, 'a plan: an object with name, target and traffic')
