// Comparisons on bytes as they came, so that reading a head makes no string. Words are given in lower case; knows no HTTP.

const space = 0x20
const tab = 0x09
const comma = 0x2c
const lowerCase = 0x20

/** Each byte in lower case. Setting one bit would do for letters, but makes `_` a DEL and CR a hyphen. */
const lowered: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) => (code >= 0x41 && code <= 0x5a ? code | lowerCase : code))

/** What may stand in a header's name (RFC 9110 §5.6.2, token). */
export const isToken: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) =>
  code < 0x80 && /[\w!#$%&'*+.^`|~-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

export type Word = readonly number[]

export const word = (text: string): Word => [...Buffer.from(text, 'latin1')]

/** Whether the bytes from `from` on are `wanted`, in any case. The caller knows that they are there. */
export function isWordAt(bytes: Uint8Array, from: number, wanted: Word): boolean {
  for (let i = 0; i < wanted.length; i++) if (lowered[bytes[from + i] as number] !== wanted[i]) return false
  return true
}

/** Whether one member of the comma-separated list in [from, to) is `wanted`. */
export function hasMember(bytes: Uint8Array, from: number, to: number, wanted: Word): boolean {
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && bytes[at] !== comma) continue
    if (isMember(bytes, start, at, wanted)) return true
    start = at + 1
  }
  return false
}

/** Whether the last member of the comma-separated list in [from, to) is `wanted`; empty ones do not count (RFC 9110 §5.6.1.2). */
export function endsWithMember(bytes: Uint8Array, from: number, given: number, wanted: Word): boolean {
  let to = given
  while (to > from && (bytes[to - 1] === comma || isBlank(bytes[to - 1] as number))) to--
  let start = to
  while (start > from && bytes[start - 1] !== comma) start--
  return isMember(bytes, start, to, wanted)
}

function isMember(bytes: Uint8Array, from: number, to: number, wanted: Word): boolean {
  const start = skipBlanks(bytes, from, to)
  return endOfText(bytes, start, to) - start === wanted.length && isWordAt(bytes, start, wanted)
}

export function skipBlanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && isBlank(bytes[at] as number)) at++
  return at
}

/** Where the text in [from, to) ends without the blanks behind it. */
export function endOfText(bytes: Uint8Array, from: number, to: number): number {
  let end = to
  while (end > from && isBlank(bytes[end - 1] as number)) end--
  return end
}

export function isBlank(code: number): boolean {
  return code === space || code === tab
}

/** −1: there is no digit at `from`; beyond 2^53 it is Infinity. */
export function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = -1
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30
    if (digit < 0 || digit > 9) return value
    value = value < 0 ? digit : value * 10 + digit
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.POSITIVE_INFINITY
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** 0 to 15, or −1. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 0x30
  const letter = code | lowerCase
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
