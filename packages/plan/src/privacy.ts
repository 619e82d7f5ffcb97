// What a rehearsal watches of its shoppers' privacy, as written and as kept. Searches nothing.
import { z } from 'zod'
import { strict, through } from './schema-problems.ts'
import { covered } from './secrets.ts'

/** One question put to the shop before the first arrival, at the peak and after the drain: is this door still shut? */
export type Probe = {
  /** Name under which it is reported. */
  readonly step: string
  /** A path; `{order-id}` stands for a value that the shop gave to a shopper of this run (`s.own('order-id', id)`). */
  readonly path: string
  /** Statuses that say the door is shut; undefined: anything but 200 to 299. */
  readonly expect?: readonly number[]
  /** `nobody`: without a cookie. `another shopper`: with the cookies of one whose value it is not. */
  readonly as: 'nobody' | 'another shopper'
}

export type Privacy = {
  /** Whether answers are searched for canaries of other shoppers. */
  readonly canaries: boolean
  /** Whether answers that any cache may keep are searched for e-mail addresses, card and phone numbers. */
  readonly personalData: boolean
  /** Personal data that is meant to be seen by all, such as the shop's own address. */
  readonly ignore: readonly string[]
  /** Names of cookies that hold a session, beside those that look like one. */
  readonly sessionCookies: readonly string[]
  readonly probes: readonly Probe[]
}

/** What holds for a plan that says nothing of it. */
export const usualPrivacy: Privacy = { canaries: true, personalData: true, ignore: [], sessionCookies: [], probes: [] }

export type ProbeInput = {
  readonly step?: string
  readonly get: string
  readonly expect?: number | readonly number[]
  readonly as?: Probe['as']
}

export type PrivacyInput = Partial<Omit<Privacy, 'probes'>> & { readonly probes?: readonly ProbeInput[] }

const mostProbes = 20
const texts = z.array(z.string({ error: 'a text' }).min(1, { error: 'a text' }), { error: 'a list of texts' })
const truth = z.boolean({ error: 'true or false' })
const pathWords = 'a path that begins with one "/", without spaces or "#"'
const status = z.int({ error: 'an HTTP status' }).min(100, { error: 'an HTTP status' }).max(599, { error: 'an HTTP status' })

const probe = strict(
  {
    step: z.string({ error: 'a name' }).min(1, { error: 'a name' }).max(80, { error: 'a name of at most 80 characters' }).optional(),
    get: z
      .string({ error: pathWords })
      .regex(/^\/(?!\/)[!-~]*$/, { error: pathWords })
      .describe('Path to GET; {order-id} stands for a value that the shop gave to a shopper of this run.'),
    expect: z
      .union([status, z.array(status).min(1)], { error: 'an HTTP status or a list of them' })
      .optional()
      .describe('Statuses that say the door is shut; default: anything but 200 to 299.'),
    as: z
      .enum(['nobody', 'another shopper'], { error: '"nobody" or "another shopper"' })
      .default('nobody')
      .describe('Without a cookie, or with the cookies of a shopper whose value it is not.'),
  },
  "a probe such as { get: '/account', expect: [401, 403, 302] }",
).transform(
  through(({ step, get, expect, as }): Probe => {
    const statuses = typeof expect === 'number' ? [expect] : expect
    return { step: step ?? `GET ${covered(get.replace(/\?.*$/, ''))}`, path: get, as, ...(statuses !== undefined && { expect: statuses }) }
  }),
)

export const privacySchema = strict(
  {
    canaries: truth.default(true).describe('Whether answers are searched for the canaries of other shoppers.'),
    personalData: truth
      .default(true)
      .describe('Whether answers that any cache may keep are searched for e-mail addresses, card and phone numbers.'),
    ignore: texts.default([]).describe('Personal data that is meant to be seen by all, such as the address of the support.'),
    sessionCookies: texts.default([]).describe('Names of cookies that hold a session, beside those that look like one.'),
    probes: z
      .array(probe, { error: 'a list of probes' })
      .max(mostProbes, { error: `at most ${mostProbes} probes` })
      .default([])
      .describe('Doors that must stay shut: asked before the first arrival, at the peak and after the drain.'),
  },
  "what is watched of privacy, such as { ignore: ['support@shop.example'] }",
)
