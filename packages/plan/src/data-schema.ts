// The form of a plan's data. What rows must be to the rest of a plan stands in data-checks.ts.
import { z } from 'zod'
import type { DataSet, Row } from './data.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'

const fileWords = 'the path of a CSV or JSON file'
const rowsWords = 'a list of rows, at least one, each with its columns by name'

const written = strict(
  {
    file: z
      .string({ error: fileWords })
      .regex(/\.(?:csv|json)$/i, { error: `${fileWords}, ending in .csv or .json` })
      .optional()
      .describe('Path, from the plan file, of a CSV file whose first line names the columns, or of a JSON list of objects.'),
    rows: z
      .array(z.record(z.string(), z.unknown(), { error: rowsWords }), { error: rowsWords })
      .min(1, { error: rowsWords })
      .optional()
      .describe('The rows themselves, in place of a file.'),
    take: z
      .enum(['unique', 'round-robin', 'random'], { error: '"unique", "round-robin" or "random"' })
      .default('unique')
      .describe('unique (default): each arrival has its own row; round-robin: from the first again after the last; random: by the seed.'),
    atEnd: z
      .enum(['error', 'wrap'], { error: '"error" or "wrap"' })
      .optional()
      .describe('After the last row of unique: the run ends as a mistake of the plan (error, the default), or rows are used again (wrap).'),
  },
  "a set of rows such as { file: 'users.csv', take: 'unique' }",
)

const setName = /^[A-Za-z_][\w-]{0,79}$/

export const dataSchema = z
  .record(z.string().regex(setName, { error: 'a name of letters, digits, "_" and "-"' }), written.transform(through(readSet)), {
    error: "sets of rows by name, such as { users: { file: 'users.csv' } }",
  })
  .describe('Rows for shoppers by the name of their set, used in steps as users.name between a dollar sign with braces.')

function readSet({ file, rows, take, atEnd }: z.output<typeof written>): DataSet {
  const problems: Problem[] = []
  if ((file === undefined) === (rows === undefined))
    problems.push(problem('', 'either "file" or "rows"', file === undefined ? undefined : 'both'))
  if (atEnd !== undefined && take !== 'unique')
    problems.push(problem('atEnd', `no "atEnd" beside take: "${take}", which has no end`, atEnd))
  if (problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  return { ...(file !== undefined && { file }), rows: (rows as readonly Row[] | undefined) ?? null, take, atEnd: atEnd ?? 'error' }
}
