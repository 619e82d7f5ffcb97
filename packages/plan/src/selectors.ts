// Paths into JSON and CSS selectors, worked out once each. Neither is ever evaluated as code. Knows nothing of answers.
import { compile } from 'css-select'
import type { AnyNode, Element } from 'domhandler'
import type { JSONPathQuery } from 'json-p3'
import { jsonpath } from 'json-p3'

export type Selector = ReturnType<typeof compile<AnyNode, Element>>

/** A journey that builds its paths from ids must not fill the memory. */
const mostKept = 500
const paths = new Map<string, JSONPathQuery>()
const selectors = new Map<string, Selector>()

/** Every value that a path (RFC 9535) selects. @throws TypeError for a malformed path */
export function selectJson(value: unknown, path: string): readonly unknown[] {
  const query = kept(paths, path, () => jsonpath.compile(path), 'a JSON path such as "$.cart.items[0].id"')
  try {
    return query.query(value as Parameters<JSONPathQuery['query']>[0]).values()
  } catch {
    // Nested deeper than a path is followed: what an answer holds never throws.
    return []
  }
}

/** @throws TypeError for a malformed selector */
export function selectorOf(text: string): Selector {
  return kept(selectors, text, () => compile<AnyNode, Element>(nonEmpty(text), { cacheResults: false }), 'a CSS selector')
}

function kept<Made>(known: Map<string, Made>, text: string, make: () => Made, what: string): Made {
  const found = known.get(text)
  if (found !== undefined) return found
  const made = attempt(make, text, what)
  if (known.size < mostKept) known.set(text, made)
  return made
}

function attempt<Made>(make: () => Made, text: string, what: string): Made {
  try {
    return make()
  } catch (error) {
    throw new TypeError(`not ${what}: ${JSON.stringify(text)} (${(error as Error).message})`)
  }
}

function nonEmpty(text: unknown): string {
  if (typeof text !== 'string' || text.trim() === '') throw new TypeError('it is empty')
  return text
}
