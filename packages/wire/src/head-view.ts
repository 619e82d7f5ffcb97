// Headers of a head that has been read, found again by name when somebody asks. Knows nothing of framing.

import type { Word } from './octets.ts'
import { endOfText, isBlank, isWordAt, skipBlanks, word } from './octets.ts'

const lf = 0x0a
const cr = 0x0d
const colon = 0x3a
const lowerCase = 0x20

type Wanted = { readonly name: Word; readonly mark: number }

/** By header name; a program asks for few names, many times. */
const known = new Map<string, Wanted>()
const mostKnown = 1_000
const nothing: readonly string[] = []

/**
 * The names in the head that lies in [from, to), each as one of 32 bits, so that what it lacks is mostly known without a walk through it:
 * most of what is asked for is not there.
 */
export function namesIn(bytes: Buffer, from: number, to: number): number {
  let names = 0
  for (let line = nextLine(bytes, from, to); line < to; line = nextLine(bytes, line, to)) {
    let end = line
    while (end < to && bytes[end] !== colon && bytes[end] !== lf) end++
    if (end < to && bytes[end] === colon && end > line) names |= markOf(bytes, line, end)
  }
  return names
}

/** False: no header of that name is among these names. */
export function mayHold(names: number, name: string): boolean {
  return (names & wantedOf(name).mark) !== 0
}

/** The first value of a header by lower-case name, in the head that lies in [from, to). */
export function findHeader(bytes: Buffer, from: number, to: number, name: string): string | undefined {
  const { name: wanted } = wantedOf(name)
  for (let line = nextLine(bytes, from, to); line < to; line = nextLine(bytes, line, to)) {
    if (isNamed(bytes, line, to, wanted)) return valueAt(bytes, line + wanted.length + 1, to)
  }
  return undefined
}

export function findHeaders(bytes: Buffer, from: number, to: number, name: string): readonly string[] {
  const { name: wanted } = wantedOf(name)
  let found: string[] | null = null
  for (let line = nextLine(bytes, from, to); line < to; line = nextLine(bytes, line, to)) {
    if (!isNamed(bytes, line, to, wanted)) continue
    found ??= []
    found.push(valueAt(bytes, line + wanted.length + 1, to))
  }
  return found ?? nothing
}

function wantedOf(name: string): Wanted {
  const there = known.get(name)
  if (there !== undefined) return there
  const letters = word(name)
  const made = { name: letters, mark: markOf(letters, 0, letters.length) }
  if (known.size < mostKnown) known.set(name, made)
  return made
}

/** One bit, of the name's length, its first and its last letters. What is no letter may share its bit with another. */
function markOf(bytes: ArrayLike<number>, from: number, to: number): number {
  const first = (bytes[from] as number) | lowerCase
  const last = (bytes[to - 1] as number) | lowerCase
  const middle = (bytes[(from + to) >> 1] as number) | lowerCase
  return 1 << (((to - from) * 7 + first * 3 + middle * 5 + last) & 31)
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
