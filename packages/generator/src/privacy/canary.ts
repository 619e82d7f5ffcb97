// A canary: twenty letters that say by themselves which run, which shopper and which field they are. Knows nothing of answers.
//
//   czqj rrrrr ooooooo f ccc      mark, run, owner (arrival number), field, check; each in base 26
//
// Letters alone, since they come through JSON, HTML, URLs, e-mail addresses and capitals as they are; a name of letters is a name anywhere.
// The mark is looked for without its first letter, which a shop may capitalise. Four letters in a row that no language writes; what they
// turn up in packed or encoded bytes all the same, once in 20,000 times passes the check, and then it must name this run.
import { mix32 } from '@doorbuster/schedule'

export type Canary = {
  /** 0 to `mostRuns` − 1. */
  readonly run: number
  /** The shopper's arrival number, below 2^32. */
  readonly owner: number
  /** Index of the field, 0 to 25. */
  readonly field: number
}

export const canaryLetters = 20
/** What is searched for, and how far behind the canary's first letter it stands. */
export const soughtMark = 'zqj'
export const markOffset = 1

const mark = `c${soughtMark}`
/** What looks like one, in a text that is to be covered. */
export const canaryForm = new RegExp(`${mark}[a-z]{${canaryLetters - mark.length}}`, 'gi')
const radix = 26
const runLetters = 5
const ownerLetters = 7
const checkLetters = 3
const mostChecks = radix ** checkLetters
export const mostRuns = radix ** runLetters

export function writeCanary({ run, owner, field }: Canary): string {
  return (
    mark +
    inLetters(run, runLetters) +
    inLetters(owner, ownerLetters) +
    inLetters(field, 1) +
    inLetters(checkOf(run, owner, field), checkLetters)
  )
}

/** The canary whose first letter stands at `at`, in any case; null when there is none. */
export function readCanary(bytes: Uint8Array, at: number): Canary | null {
  if (at < 0 || at + canaryLetters > bytes.length) return null
  const runAt = at + mark.length
  if (numberAt(bytes, at, runAt) !== markNumber) return null
  const ownerAt = runAt + runLetters
  const fieldAt = ownerAt + ownerLetters
  const run = numberAt(bytes, runAt, ownerAt)
  const owner = numberAt(bytes, ownerAt, fieldAt)
  const field = numberAt(bytes, fieldAt, fieldAt + 1)
  const check = numberAt(bytes, fieldAt + 1, at + canaryLetters)
  return check === checkOf(run, owner, field) ? { run, owner, field } : null
}

const markNumber = [...mark].reduce((value, letter) => value * radix + letter.charCodeAt(0) - 0x61, 0)

function checkOf(run: number, owner: number, field: number): number {
  return (mix32(mix32(mix32(run + 1) ^ owner) ^ (field + 1)) >>> 0) % mostChecks
}

function inLetters(value: number, letters: number): string {
  let text = ''
  for (let left = value; text.length < letters; left = Math.floor(left / radix)) text = String.fromCharCode(0x61 + (left % radix)) + text
  return text
}

/** NaN where something else than a letter stands, which no check equals. */
function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * radix + letterAt(bytes, at)
  return value
}

function letterAt(bytes: Uint8Array, at: number): number {
  const letter = ((bytes[at] ?? 0) | 0x20) - 0x61
  return letter >= 0 && letter < radix ? letter : Number.NaN
}
