// The error budget of the event, as a plan says it: which share of requests must be answered, and over how long. Judges nothing.
import { z } from 'zod'
import { PlanError, problem } from './problems.ts'
import { through } from './schema-problems.ts'
import { parseDuration, parseShare } from './units.ts'

/** Of all requests that end in `overMs`, this share must be answered; the rest may fail. Above 0 and below 1. */
export type Budget = { readonly availabilityRatio: number; readonly overMs: number }

/**
 * A choice. 99.9 % is what the objective that is judged without any asks for (errors < 0.1%), and two hours are a launch: the most that is left of
 * a sale once its doors are open. Together they leave 7.2 s of total outage.
 */
export const usualBudget: Budget = { availabilityRatio: 0.999, overMs: 7_200e3 }

const words = 'a share of requests and a time, such as "99.9% over 2h"'

export const budgetSchema = z
  .string({ error: words })
  .transform(through(readBudget))
  .describe('Error budget of the event: the share of requests that must be answered, over how long. Default "99.9% over 2h".')

function readBudget(text: string): Budget {
  const [, share, time] = /^\s*(\S+)\s+over\s+(\S+)\s*$/.exec(text) ?? []
  if (share === undefined || time === undefined) throw new PlanError('PLAN_INVALID', [problem('', words, text)])
  const availabilityRatio = parseShare(share)
  const overMs = parseDuration(time)
  if (availabilityRatio > 0 && availabilityRatio < 1 && overMs > 0) return { availabilityRatio, overMs }
  throw new PlanError('PLAN_INVALID', [problem('', `${words}: more than 0 %, less than 100 %, over more than no time`, text)])
}
