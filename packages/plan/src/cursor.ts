// A place in a line of text that is being read from left to right. Knows no grammar.
import { PlanError, problem } from './problems.ts'

/** Reading moves `at` forward; `path` is where the text itself stands in what the user wrote ('' when it is all there is). */
export type Cursor = { readonly text: string; readonly path: string; at: number }

export function cursorOver(text: string, path: string): Cursor {
  return { text, path, at: 0 }
}

/** What `pattern` (a sticky expression) matches after any white space; the cursor moves behind it. Undefined, and no move, when it does not match. */
export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = startOfNext(cursor)
  const match = pattern.exec(cursor.text)
  if (match === null) return undefined
  cursor.at = pattern.lastIndex
  return match
}

/** Index of the next character that is not white space. */
export function startOfNext({ text, at }: Cursor): number {
  let next = at
  while (next < text.length && /\s/.test(text[next] ?? '')) next++
  return next
}

/** Throws OBJECTIVE_INVALID at `start`, with the word that stands there. Columns count from 1. */
export function refuse(cursor: Cursor, expected: string, start = startOfNext(cursor)): never {
  const where = `column ${start + 1}`
  const path = cursor.path === '' ? where : `${cursor.path}, ${where}`
  const word = /^(?:"[^"]*"?|[\w.%/:-]*[\w%]|[^\s\w]+)/.exec(cursor.text.slice(start))?.[0]
  const received = word === undefined ? { path, expected, received: 'the end of the text' } : problem(path, expected, word)
  throw new PlanError('OBJECTIVE_INVALID', [received])
}
