// What a search for capacity found, as capacity.json holds it: its form, its types and its JSON Schema. Knows nothing of how it is found.
import { z } from 'zod'

const rate = z.number().positive().meta({ id: 'rate', description: 'arrivals a second: shoppers, or requests of a bare URL' })
const amount = z.number().min(0).meta({ id: 'amount' })
const known = z.number().nullable()

const level = z
  .looseObject({
    purpose: z.enum(['bracket', 'bisect', 'confirm', 'beyond']),
    /** `unknown`: too little was measured; `invalid`: the generator itself fell behind. */
    standing: z.enum(['met', 'missed', 'unknown', 'invalid']),
    ratePerSec: rate,
    /** Of arrivals, planned. */
    lastingMs: amount,
    /** It was certain to miss, and was ended for that. */
    hasEndedEarly: z.boolean(),
    /** Requests under way did not pile up while it lasted. */
    isSteady: z.boolean(),
    due: amount,
    /** Requests answered ok or degraded, while shoppers arrived. */
    answeredPerSec: amount,
    requestsPerArrival: known,
    /** Mean of requests under way by Little's law: answered a second × mean service time. */
    concurrency: amount,
    answers: amount,
    p50Ms: known,
    p95Ms: known,
    p99Ms: known,
    errorRatio: known,
    because: z.string(),
    folder: z.string(),
    /** Nobody got an order, so that nothing could be said of orders, and all else decided; left out where they were judged, or had no part. */
    hasNoOrders: z.exactOptional(z.literal(true)),
    /** The target's own series that came to their limit in it, in that order; left out where none was read. */
    saturated: z.exactOptional(z.array(z.looseObject({ page: z.string(), name: z.string(), atMs: amount }))),
  })
  .meta({ id: 'level', description: 'one rehearsal at one rate' })

const asked = {
  name: z.string(),
  target: z.string(),
  planHash: z.string(),
  startedAt: z.string(),
  per: z.enum(['shoppers', 'requests']),
  objectives: z.array(z.string()),
  /** Objectives of the plan that a level rate cannot be judged by. */
  leftOut: z.array(z.string()),
  levelMs: amount,
  coolDownMs: amount,
  fromPerSec: rate,
  ceiling: z.looseObject({ perSec: rate, because: z.enum(['asked', 'calibration', 'guard']) }).nullable(),
  forecastPerSec: rate.nullable(),
  zones: z.looseObject({ count: amount, lost: amount }).nullable(),
}

/** Low and high are the 95 % interval. */
const coefficient = z.looseObject({ value: z.number(), low: z.number(), high: z.number() }).meta({ id: 'coefficient' })

const usl = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('refused'), because: z.string() }),
  z.looseObject({
    status: z.literal('fitted'),
    /** Requests a second of one request at a time. */
    lambda: coefficient,
    sigma: coefficient,
    kappa: coefficient,
    rSquared: z.number(),
    levels: amount,
    testedConcurrency: amount,
    /** Null: beyond twice what was tested, or nowhere. */
    peak: z.looseObject({ concurrency: amount, requestsPerSec: amount }).nullable(),
    because: z.string(),
  }),
])

const concluded = {
  /** The target's own series by the rate from which on they were at their limit, the first one first; left out where none was read. */
  saturated: z.exactOptional(z.array(z.looseObject({ page: z.string(), name: z.string(), fromPerSec: rate }))),
  /** `measured`: there is an answer, and no forecast to hold it against. */
  verdict: z.enum(['go', 'warn', 'no-go', 'measured', 'inconclusive', 'invalid']),
  /** The answer first. */
  reasons: z.array(z.string()),
  /** The highest rate at which every objective was met. */
  slo: z
    .looseObject({
      perSec: rate.nullable(),
      /** The lowest rate that missed one. */
      missedPerSec: rate.nullable(),
      confirmed: z.boolean(),
      /** `generator`, `asked`, `guard`: there may be more. `unfinished`: the search ended before it knew. */
      limitedBy: z.enum(['objectives', 'generator', 'asked', 'guard', 'unfinished']),
    })
    .meta({ id: 'slo' }),
  knee: z.looseObject({ perSec: rate.nullable(), sensitivity: z.number(), because: z.string() }),
  usl,
  beyond: z.looseObject({
    status: z.enum(['sheds', 'sags', 'collapses', 'not-measured']),
    ratePerSec: rate.nullable(),
    /** Goodput there ÷ the highest of any level. */
    ratio: known,
    because: z.string(),
  }),
  /** The smaller of knee and SLO rate. `atLeast`: the target may take more. */
  answer: z.looseObject({ perSec: rate, atLeast: z.boolean() }).nullable(),
  headroom: z.looseObject({ ratio: amount, forecastPerSec: rate }).nullable(),
  /** What is left to plan with once `lost` of `count` zones are gone. */
  usable: z.looseObject({ perSec: rate, utilisationLimit: amount, headroomRatio: known }).nullable(),
}

const capacity = z.looseObject({
  schema: z.literal('doorbuster/capacity@1'),
  /** False until the search is done: interrupted, killed, or still under way. */
  finished: z.boolean(),
  /** Why it ended before its time; null when it did not. */
  stopped: z.string().nullable(),
  ...asked,
  levels: z.array(level),
  ...concluded,
})

export type CapacityResult = Readonly<z.infer<typeof capacity>>
export type CapacityLevel = Readonly<z.infer<typeof level>>
export type CapacityAsked = Pick<CapacityResult, keyof typeof asked>
export type CapacityConclusion = Pick<CapacityResult, keyof typeof concluded>
export type CapacityVerdict = CapacityResult['verdict']
export type UslFit = z.infer<typeof usl>

/** What a file holds, or what is wrong with it: "levels.0.standing: …". */
export function readCapacity(value: unknown): { readonly result: CapacityResult } | { readonly damage: string } {
  const { data, error } = capacity.safeParse(value)
  if (data !== undefined) return { result: data }
  const [issue] = error.issues
  return { damage: `${(issue?.path ?? []).join('.') || 'the whole'}: ${issue?.message ?? 'not as it should be'}` }
}

/** JSON Schema (draft 2020-12). Keys are only ever added within a version, so unknown ones are allowed. */
export function capacityJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(capacity, { target: 'draft-2020-12', reused: 'ref', io: 'input' })
  return {
    $schema,
    title: 'doorbuster capacity',
    description: 'How much a target takes: every level that was tried, and what was made of them. Rates are per second, times ms.',
    ...schema,
  }
}
