// doorbuster.allow.json: which hosts beyond this machine may be loaded, when, how hard, and who agreed. Opens no files.
import { z } from 'zod'
import { isDay } from './dates.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { read, strict, through } from './schema-problems.ts'
import { parseDuration, parseRate } from './units.ts'

export type AllowEntry = {
  /** Exact host name or address in lower case, without a trailing dot; IPv6 in brackets. */
  readonly host: string
  /** Only this port; any when there is none. */
  readonly port?: number
  /** First and last day, both included. */
  readonly from: string
  readonly until: string
  readonly maxRatePerSec: number
  readonly contact: string
  readonly maxSockets?: number
  readonly maxLastingMs?: number
  /** Its owner agreed to traffic that stands for people who mean harm. */
  readonly hostile?: true
}

/** What stands under `contact` in an entry we suggest; nobody can have agreed under this name. */
export const contactToFill = 'WHO AGREED, AND HOW TO REACH THEM'

const hostWords = 'an exact host such as "shop.example" or "shop.example:8080", without a scheme, path or wildcard'
const dayWords = 'a day such as "2026-11-20"'
const contactWords = 'who at the target agreed, and how to reach them'
const socketsWords = 'a whole number above zero'

const day = z.string({ error: dayWords }).refine(isDay, { error: dayWords })

const entrySchema = strict(
  {
    host: z.string({ error: hostWords }).transform(through(readHost)),
    from: day,
    until: day,
    maxRate: z
      .union([z.string(), z.number()], { error: 'a rate such as "500/s"' })
      .transform(through((given) => aboveZero(parseRate(given), 'a rate above zero', given))),
    contact: z.string({ error: contactWords }).refine((given) => given.trim() !== '' && given !== contactToFill, { error: contactWords }),
    maxSockets: z.int({ error: socketsWords }).positive({ error: socketsWords }).optional(),
    maxDuration: z
      .union([z.string(), z.number()], { error: 'a duration such as "10m"' })
      .transform(through((given) => aboveZero(parseDuration(given), 'a duration above zero', given)))
      .optional(),
    hostile: z.boolean({ error: 'true or false' }).optional(),
  },
  'an entry with host, from, until, maxRate and contact',
).transform(through(readEntry))

const listSchema = strict(
  { $schema: z.string({ error: 'the address of a JSON schema' }).optional(), allow: z.array(entrySchema, { error: 'a list of entries' }) },
  '{ "allow": [ … ] }',
)

/** @throws PlanError ALLOW_INVALID with every mistake of the file at once. */
export function parseAllowList(data: unknown): AllowEntry[] {
  const problems: Problem[] = []
  const list = read(problems, '', listSchema, data)
  if (list !== undefined) return list.allow
  throw new PlanError('ALLOW_INVALID', problems)
}

type RawEntry = {
  readonly host: { readonly host: string; readonly port?: number }
  readonly from: string
  readonly until: string
  readonly maxRate: number
  readonly contact: string
  readonly maxSockets?: number | undefined
  readonly maxDuration?: number | undefined
  readonly hostile?: boolean | undefined
}

function readEntry({ host, from, until, maxRate, contact, maxSockets, maxDuration, hostile }: RawEntry): AllowEntry {
  if (until < from) throw new PlanError('ALLOW_INVALID', [problem('until', `a day not before "from" (${from})`, until)])
  const caps = { ...(maxSockets !== undefined && { maxSockets }), ...(maxDuration !== undefined && { maxLastingMs: maxDuration }) }
  return Object.freeze({ ...host, from, until, maxRatePerSec: maxRate, contact, ...caps, ...(hostile === true && { hostile }) })
}

function readHost(given: string): { readonly host: string; readonly port?: number } {
  const [, name = '', port] = /^(\[[\da-f:.]+\]|[^\s:/?#@*[\]]+)(?::(\d{1,5}))?$/i.exec(given) ?? []
  const isHost = name !== '' && URL.canParse(`http://${given}`)
  if (!isHost) throw new PlanError('ALLOW_INVALID', [problem('', hostWords, given)])
  return { host: hostOf(new URL(`http://${name}`)), ...(port !== undefined && { port: Number(port) }) }
}

/** How a host is compared: in lower case, numbers normalised (the URL parser does both), without the root's dot. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, '')
}

function aboveZero(value: number, expected: string, given: unknown): number {
  if (value > 0) return value
  throw new PlanError('ALLOW_INVALID', [problem('', expected, given)])
}
