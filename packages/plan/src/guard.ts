// May this launch go to that target? Asked before the first packet. Resolves no names, reads no files and no clock: all three come in.
//
// Loopback is always allowed. Any other host needs an entry of doorbuster.allow.json that names it exactly, for today, for this
// rate. A name is judged with the addresses it resolved to, so that a loopback-looking name cannot lead elsewhere. What payment, mail,
// SMS and captcha providers run is refused whatever the list says.
import { kindOfAddress } from './addresses.ts'
import type { AllowEntry } from './allow-list.ts'
import { contactToFill, hostOf } from './allow-list.ts'
import { daysAfter } from './dates.ts'
import { refusalOf, thirdPartyOf } from './third-parties.ts'
import { formatDuration, formatRate } from './units.ts'

export type GuardQuestion = {
  /** Absolute http(s) URL, as a plan's target is. */
  readonly url: string
  /** What its host resolved to; null: not looked up yet, so that only the list is asked. Ignored when the host is an address itself. */
  readonly addresses: readonly string[] | null
  readonly allow: readonly AllowEntry[]
  /** `2026-11-20` */
  readonly todayIso: string
  /** Requests per second in the busiest second, and the whole run. A closed loop knows no rate before it runs: say 0, and hold it to the caps. */
  readonly wanted: Wanted
}

export type Wanted = {
  readonly peakPerSec: number
  readonly lastingMs: number
  /** Some of it stands for people who mean harm. */
  readonly isHostile?: boolean
}

/** The most that the allow list lets a run do; null: it sets no limit (this machine, or an entry without that key). */
export type Caps = { readonly maxRatePerSec: number | null; readonly maxSockets: number | null; readonly maxLastingMs: number | null }

/** One entry of doorbuster.allow.json as it is written. */
export type SuggestedEntry = {
  readonly host: string
  readonly from: string
  readonly until: string
  readonly maxRate: string
  readonly contact: string
  readonly hostile?: true
}

export type GuardAnswer =
  /** `contact`: who agreed, by the list; null where it was not asked. */
  | { readonly allowed: true; readonly caps: Caps; readonly contact: string | null }
  /** `because` is plain text of several lines that ends with the entry to write; null when no entry could help. */
  | { readonly allowed: false; readonly because: string; readonly entry: SuggestedEntry | null }

export function judgeTarget(question: GuardQuestion): GuardAnswer {
  const url = new URL(question.url)
  const host = hostOf(url)
  const provider = thirdPartyOf(host)
  if (provider !== undefined) return refusal(refusalOf(provider))
  const literal = kindOfAddress(host)
  const { addresses } = question
  // Before its name is looked up, a host is judged by the list alone: asking a name server is a packet too.
  if (literal === undefined && addresses === null) return isLocalName(host) ? local : judgeEntries(question, host, portOf(url), [])
  const reached = literal === undefined ? (addresses ?? []) : [host]
  const kinds = reached.map(kindOfAddress)
  if (reached.length === 0) return refusal(`"${host}" resolves to no address`)
  if (kinds.includes('unspecified'))
    return refusal(`"${host}" stands for no machine in particular (${reached.join(', ')}); for this machine write 127.0.0.1`)
  const isLoopback = kinds.every((kind) => kind === 'loopback')
  if (isLoopback && (literal === 'loopback' || isLocalName(host))) return local
  if (isLocalName(host)) return refusal(`"${host}" should be this machine, but resolves to ${reached.join(', ')}`)
  if (literal === undefined && kinds.includes('link-local')) return refusal(linkLocalWords(host, reached))
  return judgeEntries(question, host, portOf(url), reached)
}

const local: GuardAnswer = { allowed: true, caps: { maxRatePerSec: null, maxSockets: null, maxLastingMs: null }, contact: null }

function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

function linkLocalWords(host: string, reached: readonly string[]): string {
  return `"${host}" resolves to the link-local address ${reached.join(', ')}, where clouds keep a machine's credentials; name the address itself if you mean it`
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

function judgeEntries(question: GuardQuestion, host: string, port: number, reached: readonly string[]): GuardAnswer {
  const entries = question.allow.filter((entry) => entry.host === host && (entry.port === undefined || entry.port === port))
  const mistakes = entries.map((entry) => mistakeIn(entry, question))
  const fitting = entries.find((_, index) => mistakes[index] === undefined)
  if (fitting !== undefined) return { allowed: true, caps: capsOf(fitting), contact: fitting.contact }
  const resolved = reached.length === 0 || reached.includes(host) ? '' : ` (${reached.join(', ')})`
  const because = mistakes.length > 0 ? mistakes.join('; ') : 'doorbuster.allow.json has no entry for it'
  return refusal(`"${host}"${resolved} is neither localhost nor a loopback address, and ${because}`, suggestedEntry(question, host, port))
}

/** Undefined when the entry allows what is wanted. */
function mistakeIn(entry: AllowEntry, { todayIso, wanted }: GuardQuestion): string | undefined {
  if (todayIso < entry.from) return `its entry begins only on ${entry.from} (today is ${todayIso})`
  if (todayIso > entry.until) return `its entry ended on ${entry.until} (today is ${todayIso})`
  if (wanted.peakPerSec > entry.maxRatePerSec) {
    return `the peak of ${formatRate(wanted.peakPerSec)} is above the ${formatRate(entry.maxRatePerSec)} that its entry allows`
  }
  if (wanted.isHostile === true && entry.hostile !== true) return 'its entry does not allow hostile shoppers, which this plan has'
  const { maxLastingMs } = entry
  if (maxLastingMs === undefined || wanted.lastingMs <= maxLastingMs) return undefined
  return `the ${formatDuration(wanted.lastingMs)} of this run are more than the ${formatDuration(maxLastingMs)} that its entry allows`
}

function capsOf({ maxRatePerSec, maxSockets, maxLastingMs }: AllowEntry): Caps {
  return { maxRatePerSec, maxSockets: maxSockets ?? null, maxLastingMs: maxLastingMs ?? null }
}

const daysSuggested = 7

function suggestedEntry({ url, todayIso, wanted }: GuardQuestion, host: string, port: number): SuggestedEntry {
  return {
    host: new URL(url).port === '' ? host : `${host}:${port}`,
    from: todayIso,
    until: daysAfter(todayIso, daysSuggested),
    maxRate: formatRate(Math.max(1, Math.ceil(wanted.peakPerSec))),
    contact: contactToFill,
    ...(wanted.isHostile === true && { hostile: true as const }),
  }
}

function refusal(because: string, entry: SuggestedEntry | null = null): GuardAnswer {
  if (entry === null) return { allowed: false, because: `${because}.`, entry }
  const toWrite = JSON.stringify({ allow: [entry] }, null, 2)
  return {
    allowed: false,
    entry,
    because: `${because}.\nIf its owner agrees, write into doorbuster.allow.json, with the contact filled in:\n${toWrite}`,
  }
}
