// The form of a comparison: what a file of one must look like, and its JSON Schema for programs. The compiler holds it to the type: no key may
// lack here.
import { z } from 'zod'
import type { RunComparison } from './run-comparison.ts'

/** JSON Schema (draft 2020-12). Keys are only ever added within a version, so unknown ones are allowed. */
export function comparisonJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(comparisonForm(), { target: 'draft-2020-12', reused: 'ref' })
  return {
    $schema,
    title: 'doorbuster comparison',
    description: 'Runs held against a base. Percentiles are ms, goodput is per second, shares are ratios from 0 to 1.',
    ...schema,
  }
}

/** What a file holds, or what is wrong with it: "runs.0.answer: …". */
export function readComparison(value: unknown): { readonly comparison: RunComparison } | { readonly damage: string } {
  const { data, error } = comparisonForm().safeParse(value)
  if (data !== undefined) return { comparison: data }
  const [issue] = error.issues
  return { damage: `${(issue?.path ?? []).join('.') || 'the whole'}: ${issue?.message ?? 'not as it should be'}` }
}

function comparisonForm() {
  const amount = z.number().min(0).meta({ id: 'amount' })
  const known = z.number().nullable()
  const change = z.looseObject({ value: z.number(), low: z.number(), high: z.number() }).nullable().meta({ id: 'change' })
  const answer = z.enum(['worse', 'not-worse', 'cannot-tell']).meta({ id: 'answer' })
  const name = { name: z.string(), startedAt: z.string(), planHash: z.string() }
  const row = z.looseObject({
    phase: z.string().nullable(),
    step: z.string().nullable(),
    measure: z.enum(['p50', 'p95', 'p99', 'goodput', 'failures']),
    base: known,
    new: known,
    difference: change,
    ratio: change,
    samples: z.looseObject({ base: amount, new: amount }),
    band: amount,
    answer,
    because: z.string(),
    chance: known,
  })
  return z.looseObject({
    schema: z.literal('doorbuster/comparison@1'),
    base: z.looseObject(name),
    answer,
    rules: z.looseObject({
      toleranceRatio: amount,
      effectRatio: amount,
      failureTolerance: amount,
      failureEffect: amount,
      resamples: amount,
      seed: amount,
    }),
    noiseRuns: amount,
    remarks: z.array(z.string()),
    runs: z.array(z.looseObject({ ...name, answer, reasons: z.array(z.string()), rows: z.array(row) })),
  }) satisfies z.ZodType<RunComparison>
}
