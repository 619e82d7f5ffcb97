// Flags that several commands share, and how their text becomes values. A mistake names the flag, what was expected and what stood there.
import { availableParallelism } from 'node:os'
import { PlanError, parseDuration, parseRate, parseShare } from '@doorbuster/plan'
import { Option } from 'commander'
import { UsageError } from '../usage.ts'

/** For commander: gathers a repeatable flag. */
export function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** Commander's form of a parser whose problems name the flag. */
export function rateFlag(flag: string): (text: string) => number {
  return (text) => above(flag, 'a rate above zero that says per what, such as "500/s"', text, () => parseRate(text))
}

export function durationFlag(flag: string, mayBeZero = false): (text: string) => number {
  const expected = mayBeZero ? 'a duration, such as "30s" or "0s"' : 'a duration above zero, such as "30s"'
  return (text) => above(flag, expected, text, () => parseDuration(text), mayBeZero)
}

export function countFlag(flag: string): (text: string) => number {
  return (text) => {
    if (!/^[1-9]\d*$/.test(text)) throw new UsageError(flag, 'a whole number above zero', JSON.stringify(text))
    return Number(text)
  }
}

export function portFlag(flag: string): (text: string) => number {
  return (text) => {
    const port = /^[1-9]\d*$/.test(text) ? Number(text) : 0
    if (port < 1 || port > 65_535) throw new UsageError(flag, 'a port from 1 to 65535', JSON.stringify(text))
    return port
  }
}

/** For every command that rehearses. */
export function metricsOption(): Option {
  return new Option('--metrics <url>', "a metrics page of the target's, read each second (repeatable)").argParser(gather).default([])
}

export function shareFlag(flag: string): (text: string) => number {
  return (text) => above(flag, 'a share above zero, such as "5%"', text, () => parseShare(text))
}

const mostThreads = 64

/** `auto` leaves one core to the thread that judges and writes. */
export function threadsFlag(text: string): number {
  if (text === 'auto') return Math.max(1, Math.min(mostThreads, availableParallelism() - 1))
  const threads = /^[1-9]\d*$/.test(text) ? Number(text) : 0
  if (threads < 1 || threads > mostThreads)
    throw new UsageError('--threads', `a whole number from 1 to ${mostThreads}, or auto`, JSON.stringify(text))
  return threads
}

export function seedFlag(text: string): number {
  const seed = Number(text)
  if (!/^\d+$/.test(text) || seed >= 2 ** 32) throw new UsageError('--seed', 'a whole number from 0 to 4294967295', JSON.stringify(text))
  return seed
}

export function httpFlag(text: string): 1 | 2 {
  if (text === '1' || text === '1.1') return 1
  if (text === '2') return 2
  throw new UsageError('--http', '1 or 2', JSON.stringify(text))
}

/** `name: value` → one header. The value may be a secret and is not repeated in the message. */
export function headersFlag(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? []
      if (name === undefined || value === undefined)
        throw new UsageError('--header', '"name: value"', `a text of ${text.length} characters`)
      // By name in any case; of a name that is said twice, the last one counts.
      return [name.toLowerCase(), value]
    }),
  )
}

function above(flag: string, expected: string, text: string, parse: () => number, mayBeZero = false): number {
  try {
    const value = parse()
    if (value > 0 || (mayBeZero && value === 0)) return value
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
  }
  throw new UsageError(flag, expected, JSON.stringify(text))
}
