// How long a shopper waits for something, and what giving up looks like. Knows no requests; waiting is the generator's.
import { z } from 'zod'
import { drawnTime } from './duration-schema.ts'
import { strict } from './schema-problems.ts'
import type { ThinkTime } from './think.ts'
import { parseThink } from './think.ts'
import type { DurationText } from './units.ts'

export type Patience = {
  /**
   * How long a shopper waits who has been told nothing, from the moment at which the request was due. Default: log-normal, median 8 s,
   * sigma 0.8. Phone users searching bear 7 to 10 s (https://www.researchgate.net/publication/348739578), on other days half are gone
   * after 3 s (https://www.mediapost.com/publications/article/306009/three-seconds-and-youre-out.html): a sale makes patient.
   */
  readonly notTold: ThinkTime
  /**
   * How long one waits whom a waiting room has told to. Default: log-normal, median 30 min, sigma 1. At a sale of 2014
   * people stayed 30 to 60 min in a queue that said so (https://www.bbc.co.uk/news/business-30242124), for tickets of 2022 two to eight
   * hours (https://www.wtnh.com/music-in-connecticut/ticketmaster-responds-to-taylor-swift-ticket-presale-disaster/); the law is a choice.
   */
  readonly told: ThinkTime
  /** Whether giving up closes the socket; else the answer still comes, for nobody. Default true: a browser that goes elsewhere closes it. */
  readonly closesSocket: boolean
  readonly reloads: {
    /** Chance that somebody who has given up tries once more, 0 to 1. Default 0.6, a choice. */
    readonly chance: number
    /** Tries after the first, at most. Default 5, a choice; ticket sales have seen hundreds of requests a visitor. */
    readonly most: number
    /** From giving up to trying again. Default: exponential, mean 3 s, a choice. */
    readonly gap: ThinkTime
  }
}

/** What is left out is the default; `true` and `'default'` are all of it. `'none'`: whatever the class is like, it waits for ever. */
export type PatienceInput =
  | true
  | 'default'
  | 'none'
  | {
      readonly notTold?: DurationText
      readonly told?: DurationText
      readonly closesSocket?: boolean
      readonly reloads?: { readonly chance?: number; readonly most?: number; readonly gap?: DurationText }
    }

const defaultTexts = { notTold: 'lognormal median 8s sigma 0.8', told: 'lognormal median 30m sigma 1', gap: 'exp 3s' }

export const defaultPatience: Patience = {
  notTold: parseThink(defaultTexts.notTold),
  told: parseThink(defaultTexts.told),
  closesSocket: true,
  reloads: { chance: 0.6, most: 5, gap: parseThink(defaultTexts.gap) },
}

export const chanceWords = 'a chance from 0 to 1'
export const tries = (words: string) => z.int({ error: words }).min(0, { error: words }).max(1_000, { error: words })

const own = strict(
  {
    notTold: drawnTime('How long a shopper waits who has been told nothing; default lognormal median 8s sigma 0.8.').prefault(
      defaultTexts.notTold,
    ),
    told: drawnTime('How long one waits whom a waiting room has told to; default lognormal median 30m sigma 1.').prefault(
      defaultTexts.told,
    ),
    closesSocket: z
      .boolean({ error: 'true or false' })
      .default(defaultPatience.closesSocket)
      .describe('Whether giving up closes the socket (default), or leaves the answer to come for nobody.'),
    reloads: strict(
      {
        chance: z
          .number({ error: chanceWords })
          .min(0, { error: chanceWords })
          .max(1, { error: chanceWords })
          .default(defaultPatience.reloads.chance)
          .describe('Chance of one more try, 0 to 1; 0.6 by default.'),
        most: tries('a whole number of reloads from 0 to 1000')
          .default(defaultPatience.reloads.most)
          .describe('Tries after the first, at most; 5 by default.'),
        gap: drawnTime('From giving up to trying again; default exp 3s.').prefault(defaultTexts.gap),
      },
      'reloads such as { chance: 0.6, most: 5, gap: "exp 3s" }',
    )
      .prefault({})
      .describe('Whether somebody who has given up tries once more.'),
  },
  'patience such as { notTold: "lognormal median 8s sigma 0.8" }',
)

export const patienceSchema = z
  .union([z.literal(true), z.literal('default'), z.literal('none'), own], {
    error: 'patience such as { notTold: "lognormal median 8s sigma 0.8" }, or true',
  })
  .transform((given): Patience | null => {
    if (typeof given === 'object') return given
    return given === 'none' ? null : defaultPatience
  })
  .describe('How long shoppers wait before they give up, and whether they try again. True: the defaults. Without it they wait for ever.')
