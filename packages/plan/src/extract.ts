// What a declared step keeps of its answer. The generator reads answers; here the rule is only checked.
import { z } from 'zod'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import { selectJson, selectorOf } from './selectors.ts'

/** One way to read a value; the first one found counts. `regex`: the first group, or all that matched where there is none. */
export type Extract =
  | { readonly json: string }
  | { readonly css: string; readonly attribute?: string }
  | { readonly header: string }
  | { readonly regex: string }

const words =
  "one way to read a value: { json: '$.token' }, { css: 'input[name=csrf]', attribute: 'value' }, { header: 'etag' } or { regex }"
const text = z.string({ error: words }).min(1, { error: words }).optional()

const written = strict(
  {
    json: text.describe('JSON path (RFC 9535); its first value.'),
    css: text.describe('CSS selector; the text of the first element that it finds, or its attribute.'),
    attribute: text.describe('With css: the attribute that is read in place of the text.'),
    header: text.describe('Name of a header; its first value.'),
    regex: text.describe('Regular expression; its first group, or all that it matched.'),
  },
  words,
)

const variable = /^[A-Za-z_]\w{0,79}$/
const nameWords = 'the name of a variable: letters, digits and "_"'

export const extractSchema = z
  .record(z.string().regex(variable, { error: nameWords }), written.transform(through(readExtract)), {
    error: 'what is kept of the answer, by the name of the variable',
  })
  .describe(
    'What is kept of the answer: variables by name, used in later steps between a dollar sign with braces. Nothing found fails the request.',
  )

function readExtract({ json, css, attribute, header, regex }: z.output<typeof written>): Extract {
  const given = Object.entries({ json, css, header, regex }).filter(([, value]) => value !== undefined)
  if (given.length !== 1 || (attribute !== undefined && css === undefined))
    refuse([problem('', words, given.map(([key]) => key).join(' and '))])
  if (json !== undefined) return compiled('json', 'a JSON path such as "$.token"', json, () => selectJson(null, json)) && { json }
  if (css !== undefined)
    return compiled('css', 'a CSS selector', css, () => selectorOf(css)) && { css, ...(attribute !== undefined && { attribute }) }
  if (regex !== undefined) return compiled('regex', 'a regular expression', regex, () => new RegExp(regex)) && { regex }
  return { header: header ?? '' }
}

function compiled(path: string, expected: string, given: string, compile: () => unknown): true {
  try {
    compile()
    return true
  } catch {
    return refuse([problem(path, expected, given)])
  }
}

function refuse(problems: readonly Problem[]): never {
  throw new PlanError('PLAN_INVALID', problems)
}
