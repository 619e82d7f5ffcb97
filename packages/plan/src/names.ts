// A name inside an objective's text: of a step, a phase, a class of shoppers, a counter. Knows nothing of what it names.
import type { Cursor } from './cursor.ts'
import { refuse, startOfNext, take } from './cursor.ts'

/** A bare word, or anything quoted as in JSON. */
export function takeName(cursor: Cursor, expected: string): string {
  const start = startOfNext(cursor)
  const [, quoted, bare] = take(cursor, /("(?:[^"\\]|\\.)*")|([\w.:/-]+)/y) ?? refuse(cursor, expected)
  const name = quoted === undefined ? bare : unquote(quoted)
  return name === undefined || name === '' ? refuse(cursor, expected, start) : name
}

function unquote(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}

/** Reads back to the same name. */
export function formatName(name: string): string {
  return /^[\w.:/-]+$/.test(name) ? name : JSON.stringify(name)
}
