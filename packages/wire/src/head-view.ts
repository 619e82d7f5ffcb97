// Headers of a head that has been read, found again by name when somebody asks. Knows nothing of framing.

import type { Word } from './octets.ts'
import { endOfText, isBlank, isWordAt, skipBlanks, word } from './octets.ts'

const lf = 0x0a
const cr = 0x0d
const colon = 0x3a

/** Words by header name; a program asks for few names, many times. */
const words = new Map<string, Word>()
const mostWords = 1_000

/** The first value of a header by lower-case name, in the head that lies in [from, to). */
export function findHeader(bytes: Buffer, from: number, to: number, name: string): string | undefined {
  const wanted = wordOf(name)
  for (let line = nextLine(bytes, from, to); line < to; line = nextLine(bytes, line, to)) {
    if (isNamed(bytes, line, to, wanted)) return valueAt(bytes, line + wanted.length + 1, to)
  }
  return undefined
}

export function findHeaders(bytes: Buffer, from: number, to: number, name: string): readonly string[] {
  const wanted = wordOf(name)
  const found: string[] = []
  for (let line = nextLine(bytes, from, to); line < to; line = nextLine(bytes, line, to)) {
    if (isNamed(bytes, line, to, wanted)) found.push(valueAt(bytes, line + wanted.length + 1, to))
  }
  return found
}

function wordOf(name: string): Word {
  const known = words.get(name)
  if (known !== undefined) return known
  const made = word(name)
  if (words.size < mostWords) words.set(name, made)
  return made
}

function nextLine(bytes: Buffer, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== lf) at++
  return at + 1
}

function isNamed(bytes: Buffer, line: number, to: number, wanted: Word): boolean {
  return line + wanted.length < to && bytes[line + wanted.length] === colon && isWordAt(bytes, line, wanted)
}

/** Folded lines are joined by one space (RFC 9112 §5.2). */
function valueAt(bytes: Buffer, from: number, to: number): string {
  let end = nextLine(bytes, from, to)
  let value = lineAt(bytes, from, end)
  while (end < to && isBlank(bytes[end] as number)) {
    const line = end
    end = nextLine(bytes, line, to)
    const more = lineAt(bytes, line, end)
    value = value === '' || more === '' ? value + more : `${value} ${more}`
  }
  return value
}

/** The text of one line, without its end and the blanks round it. */
function lineAt(bytes: Buffer, from: number, to: number): string {
  let end = to
  while (end > from && (bytes[end - 1] === lf || bytes[end - 1] === cr)) end--
  const start = skipBlanks(bytes, from, end)
  return bytes.toString('latin1', start, endOfText(bytes, start, end))
}
