// Times in a plan's schema: how long something lasts, and how long somebody waits or thinks. Knows no key that holds one.
import { z } from 'zod'
import { PlanError, problem } from './problems.ts'
import { through } from './schema-problems.ts'
import type { ThinkTime } from './think.ts'
import { parseThink, thinkForms } from './think.ts'
import { countable } from './timers.ts'
import type { DurationText } from './units.ts'
import { parseDuration } from './units.ts'

const durationWords = 'a duration such as "10s" or "500ms"'

/** In ms. */
export function duration(description: string, { aboveZero }: { readonly aboveZero: boolean }): z.ZodType<number, DurationText> {
  const readDuration = (given: DurationText): number => {
    const lastingMs = parseDuration(given)
    if (aboveZero && lastingMs === 0) throw new PlanError('PLAN_INVALID', [problem('', 'a duration above zero', given)])
    return countable(lastingMs, '', given)
  }
  return z
    .union([z.string(), z.number()], { error: durationWords })
    .transform(through(readDuration))
    .describe(`${description} A number is ms.`)
}

/** A time that is drawn anew each time. */
export function drawnTime(description: string): z.ZodType<ThinkTime, DurationText> {
  return z
    .union([z.string(), z.number()], { error: `a time such as ${thinkForms}` })
    .transform(through((given: DurationText) => parseThink(given)))
    .describe(`${description} As ${thinkForms}; a number is ms.`)
}
