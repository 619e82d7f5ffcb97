// A waiting room as a plan describes it: how its pages are told from the shop's, and how one waits in it. Waiting is the generator's.
import { z } from 'zod'
import type { AnswerRule, AnswerRulesInput } from './answer-rule.ts'
import { answerRules, shownRules } from './answer-rule.ts'
import { drawnTime } from './duration-schema.ts'
import { strict } from './schema-problems.ts'
import { covered } from './secrets.ts'
import type { ThinkTime } from './think.ts'
import type { DurationText } from './units.ts'

export type WaitingRoom = {
  /** Any of these: the answer is a page of the queue, not what was asked for. */
  readonly when: readonly AnswerRule[]
  /** Any of these: whoever polls is let in. None: an answer that is no page of the queue, and no failure, says it. */
  readonly admittedWhen?: readonly AnswerRule[]
  /** Any of these: no for good (sold out, closed); the shopper is turned away. */
  readonly closedWhen?: readonly AnswerRule[]
  /** Between polls. None: as the page says (Retry-After, Refresh, meta refresh), and where it does not every 5 s, as an impatient human would. */
  readonly every?: ThinkTime
  /** What is polled. None: where the page sends to on the same host, else the request itself once more. */
  readonly poll?: string
  /** Where a page of the queue says how many are before one. */
  readonly place?: { readonly header: string } | { readonly json: readonly string[] }
}

export type WaitingRoomInput = {
  readonly when: AnswerRulesInput
  readonly admittedWhen?: AnswerRulesInput
  readonly closedWhen?: AnswerRulesInput
  readonly every?: DurationText
  /** A path of the target. */
  readonly poll?: string
  /** `{ header: 'x-place' }`, or `{ json: 'queue.place' }`: the keys on the way to it. */
  readonly place?: { readonly header: string } | { readonly json: string }
}

/** A step's pages of the queue count under its name with this behind it. */
export const queueSuffix = ' (queue)'

const pathWords = 'a path that begins with one "/"'
const placeWords = "a place such as { header: 'x-place' } or { json: 'queue.place' }"

export const waitingRoomSchema = strict(
  {
    when: answerRules.describe('Any of these rules: the answer is a page of the queue.'),
    admittedWhen: answerRules
      .optional()
      .describe('Any of these rules: whoever polls is let in. Default: an answer that is no page of the queue, and no failure.'),
    closedWhen: answerRules.optional().describe('Any of these rules: no for good; the shopper is turned away.'),
    every: drawnTime('Between polls; by default as the page says, else 5s.').optional(),
    poll: z
      .string({ error: pathWords })
      .regex(/^\/(?!\/)[^\s#]*$/, { error: pathWords })
      .optional()
      .describe('What is polled. Default: where the page sends to on the same host, else the request itself once more.'),
    place: z
      .union(
        [
          strict({ header: headerOfPlace() }, placeWords),
          strict({ json: z.string({ error: placeWords }).min(1, { error: placeWords }) }, placeWords).transform(({ json }) => ({
            json: json.split('.'),
          })),
        ],
        { error: placeWords },
      )
      .optional()
      .describe('Where a page of the queue says how many are before one: a header, or the keys to a number in its JSON.'),
  },
  "a waiting room such as { when: { header: 'x-queue' } }",
)
  .transform(
    ({ admittedWhen, closedWhen, every, poll, place, when }): WaitingRoom => ({
      when,
      ...(admittedWhen !== undefined && { admittedWhen }),
      ...(closedWhen !== undefined && { closedWhen }),
      ...(every !== undefined && { every }),
      ...(poll !== undefined && { poll }),
      ...(place !== undefined && { place }),
    }),
  )
  .describe("How the pages of a waiting room are told from the shop's, and how a shopper waits in it.")

function headerOfPlace() {
  return z
    .string({ error: placeWords })
    .min(1, { error: placeWords })
    .transform((given) => given.toLowerCase())
}

/** The room as it may be shown. */
export function shownRoom({ when, admittedWhen, closedWhen, poll, ...rest }: WaitingRoom): WaitingRoom {
  return {
    ...rest,
    when: shownRules(when),
    ...(admittedWhen !== undefined && { admittedWhen: shownRules(admittedWhen) }),
    ...(closedWhen !== undefined && { closedWhen: shownRules(closedWhen) }),
    ...(poll !== undefined && { poll: covered(poll) }),
  }
}
