// Retries that a client makes by itself, without its shopper's doing. Knows no answers and no clock: trying again is the generator's.
import { z } from 'zod'
import { duration } from './duration-schema.ts'
import { chanceWords, tries } from './patience.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import type { DurationText } from './units.ts'

export type RetryPolicy = {
  /** Tries after the first. Default 3; Google's books stop after three tries in all (https://sre.google/sre-book/handling-overload/). */
  readonly most: number
  /** The k-th retry (from 0) waits up to base · 2^k, never longer than `capMs`. Defaults 200 ms and 10 s: a choice. */
  readonly baseMs: number
  readonly capMs: number
  /**
   * `none`: just that long. `full`: anything from 0 to that. `equal`: anything from half of it to all of it. Default `full`
   * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
   */
  readonly jitter: 'full' | 'equal' | 'none'
  /** Null: every failure is tried again. Default null, the worst case. */
  readonly budget: RetryBudget | null
  /** Causes of failure after which it tries again; `network`: whatever came without a whole answer. Default network, 429, 502, 503, 504. */
  readonly on: readonly (number | string)[]
  /** Chance that a shopper's client waits as long as Retry-After says, drawn once for each shopper, 0 to 1. Default 0.2, for people; an app's own client would be 1: a choice. */
  readonly obeysRetryAfter: number
}

/**
 * As Finagle has it (https://finagle.github.io/blog/2016/02/08/retry-budgets): over the last ten seconds no more retries than this share of
 * the intents, and so many a second beside it. One budget for a whole class of shoppers.
 */
export type RetryBudget = { readonly shareRatio: number; readonly leastPerSec: number }

/** `true` and `'default'`: all defaults. `'none'`: no retries, whatever the class is like. */
export type RetriesInput =
  | true
  | 'default'
  | 'none'
  | {
      readonly most?: number
      readonly base?: DurationText
      readonly cap?: DurationText
      readonly jitter?: RetryPolicy['jitter']
      /** A share such as 0.1; with `leastPerSec` (1 when not given) as an object. */
      readonly budget?: number | { readonly share: number; readonly leastPerSec?: number } | null
      readonly on?: readonly (number | string)[]
      readonly obeysRetryAfter?: number
    }

export const defaultRetries: RetryPolicy = {
  most: 3,
  baseMs: 200,
  capMs: 10e3,
  jitter: 'full',
  budget: null,
  on: ['network', 429, 502, 503, 504],
  obeysRetryAfter: 0.2,
}

/** Enough for a thread of a quiet class to try again at all, too little to be felt; Finagle's 10 would be half of a small rehearsal. */
const defaultLeastPerSec = 1

const shareWords = 'a share of the intents above 0, such as 0.1'
const share = z.number({ error: shareWords }).positive({ error: shareWords }).max(100, { error: shareWords })
const leastWords = 'retries per second, 0 or more'
const causeWords = 'an HTTP status, "network", or a cause such as "timeout"'
const listedStatus = z.int({ error: causeWords }).min(100, { error: causeWords }).max(599, { error: causeWords })
const chance = z.number({ error: chanceWords }).min(0, { error: chanceWords }).max(1, { error: chanceWords })

const budget = z
  .union(
    [
      share,
      strict(
        {
          share,
          leastPerSec: z
            .number({ error: leastWords })
            .min(0, { error: leastWords })
            .default(defaultLeastPerSec)
            .describe('Retries per second that are always there; 1 by default.'),
        },
        'a budget such as { share: 0.1, leastPerSec: 1 }',
      ),
      z.null(),
    ],
    { error: 'a share such as 0.1, a budget such as { share: 0.1, leastPerSec: 1 }, or null' },
  )
  .transform((given): RetryBudget | null => {
    if (given === null) return null
    return typeof given === 'number'
      ? { shareRatio: given, leastPerSec: defaultLeastPerSec }
      : { shareRatio: given.share, leastPerSec: given.leastPerSec }
  })

const own = strict(
  {
    most: tries('a whole number of retries from 0 to 1000').default(defaultRetries.most).describe('Tries after the first; 3 by default.'),
    base: duration('The first wait, doubled each time; 200ms by default.', { aboveZero: true }).default(defaultRetries.baseMs),
    cap: duration('The longest wait; 10s by default.', { aboveZero: true }).default(defaultRetries.capMs),
    jitter: z
      .enum(['full', 'equal', 'none'], { error: '"full", "equal" or "none"' })
      .default(defaultRetries.jitter)
      .describe('How much of each wait is random: all of it (default), half of it, none.'),
    budget: budget.default(defaultRetries.budget).describe('Most retries as a share of the intents, over ten seconds; none by default.'),
    on: z
      .array(z.union([listedStatus, z.string({ error: causeWords }).min(1, { error: causeWords })], { error: causeWords }), {
        error: 'a list of statuses and causes',
      })
      .default([...defaultRetries.on])
      .describe('Statuses and causes that are tried again; by default "network" (no whole answer), 429, 502, 503, 504.'),
    obeysRetryAfter: chance
      .default(defaultRetries.obeysRetryAfter)
      .describe("Chance that a shopper's client waits as long as Retry-After says; 0.2 by default."),
  },
  'retries such as { most: 3, base: "200ms" }',
)

export const retriesSchema = z
  .union([z.literal(true), z.literal('default'), z.literal('none'), own.transform(through(readRetries))], {
    error: 'retries such as { most: 3, base: "200ms" }, or true',
  })
  .transform((given): RetryPolicy | null => {
    if (typeof given === 'object') return given
    return given === 'none' ? null : defaultRetries
  })
  .describe('Retries that a client makes by itself. True: the defaults. Without it there are none.')

function readRetries({ base, cap, ...rest }: z.output<typeof own>): RetryPolicy {
  const problems: Problem[] = []
  if (cap < base) problems.push(problem('cap', 'a time no shorter than the base', cap))
  if (problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  return { ...rest, baseMs: base, capMs: cap }
}
