// The form of what `history --json` prints as a JSON Schema, for programs that read it. The compiler holds it to the type: no key may lack here.
import type { Past } from '@doorbuster/report'
import { z } from 'zod'

/** JSON Schema (draft 2020-12). Keys are only ever added within a version, so unknown ones are allowed. */
export function pastJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(pastForm(), { target: 'draft-2020-12', reused: 'ref' })
  return {
    $schema,
    title: 'doorbuster history',
    description:
      'The rehearsals in a folder, oldest first. Percentiles and ages are ms, goodput and capacity per second, shares ratios from 0 to 1.',
    ...schema,
  }
}

function pastForm() {
  const known = z.number().min(0).nullable().meta({ id: 'known' })
  const folder = z.string()
  const run = z.looseObject({
    kind: z.enum(['run', 'capacity']),
    folder,
    name: z.string(),
    startedAt: z.string(),
    planHash: z.string().nullable(),
    verdict: z.string(),
    isFinished: z.boolean(),
    p95Ms: known,
    p99Ms: known,
    goodputPerSec: known,
    failureRatio: known,
    capacityPerSec: known,
  })
  return z.looseObject({
    schema: z.literal('doorbuster/history@1'),
    runs: z.array(run),
    unreadable: z.array(z.looseObject({ folder, because: z.string() })),
    // A clock that was set back makes an age below zero.
    lastRehearsal: z.looseObject({ folder, startedAt: z.string(), ageMs: z.number() }).nullable(),
    maxAgeMs: z.number().min(0),
    isReady: z.boolean(),
  }) satisfies z.ZodType<Past>
}
