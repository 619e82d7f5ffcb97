// Asks the guard before the first packet: resolves the target's name once, and hands on only the addresses that were judged.
import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import type { AllowEntry, Caps, GuardAnswer, Plan } from '@doorbuster/plan'
import { judgeTarget, PlanError, parseAllowList } from '@doorbuster/plan'
import { outline } from '@doorbuster/schedule'
import type { Approved } from '@doorbuster/wire'
import { Refused, readUserText, UsageError } from './usage.ts'

const allowFileName = 'doorbuster.allow.json'

export type Approval = { readonly approved: Approved; readonly caps: Caps }

/** Where the length of a run is capped, shoppers under way may finish for at most this long after it, whatever the plan says. */
export const cappedDrainMs = 30_000

/** Hard limits from flags; null where none was given. */
export type FlagCaps = Caps

export type ApproveOptions = {
  readonly cwd: string
  readonly now: Date
  /** Path of the allow file; undefined: `doorbuster.allow.json` here, if there is one. */
  readonly allowFile: string | undefined
  readonly flagCaps: FlagCaps
}

/** @throws Refused, with what to write; UsageError or PlanError for a broken allow file. */
export async function approve(plan: Plan, { cwd, now, allowFile, flagCaps }: ApproveOptions): Promise<Approval> {
  const wanted = wantedOf(plan)
  const allow = readAllowList(cwd, allowFile)
  const hostname = hostnameOf(plan.target)
  const ask = (url: string, addresses: readonly string[] | null): GuardAnswer =>
    judgeTarget({ url, addresses, allow, todayIso: localDay(now), wanted })
  const refuse = (answer: GuardAnswer): Caps => {
    if (answer.allowed) return answer.caps
    throw new Refused(`GUARD_REFUSED ${plan.target}: ${answer.because}`)
  }
  // Asked twice: by the list before its name is looked up, and with its addresses after.
  refuse(ask(plan.target, null))
  const own = isIP(hostname) > 0 ? [hostname] : await resolveName(hostname)
  const allowed = refuse(ask(plan.target, own))
  const resolved = new Map([...(await resolveOthers(allow)), [hostname, own]])
  const judge = (url: string): GuardAnswer => ask(url, resolved.get(hostnameOf(url)) ?? [])
  const caps = tighter(allowed, flagCaps)
  refuseBeyond(plan, caps, wanted)
  return { approved: remembered((origin) => addressesOf(origin, judge(origin), resolved)), caps }
}

function hostnameOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '')
}

/** An address needs no list: this machine's own are allowed by the guard whatever port they name. */
function addressesOf(origin: string, answer: GuardAnswer, resolved: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  if (!answer.allowed) return undefined
  const hostname = hostnameOf(origin)
  return isIP(hostname) > 0 ? [hostname] : resolved.get(hostname)
}

/** Each origin is judged once; a journey names a handful of them. */
function remembered(judge: Approved): Approved {
  const known = new Map<string, readonly string[] | undefined>()
  return (origin) => {
    if (!known.has(origin)) known.set(origin, judge(origin))
    return known.get(origin)
  }
}

/** Other hosts of the allow list, which a journey may ask for. What does not resolve is just not approved. */
async function resolveOthers(allow: readonly AllowEntry[]): Promise<readonly (readonly [string, readonly string[]])[]> {
  const names = [...new Set(allow.map(({ host }) => host))].filter((host) => isIP(host.replace(/^\[|\]$/g, '')) === 0)
  const found = await Promise.all(names.map(async (host) => [host, await resolveName(host).catch(() => [])] as const))
  return found.filter(([, addresses]) => addresses.length > 0)
}

async function resolveName(hostname: string): Promise<readonly string[]> {
  try {
    const found = await lookup(hostname, { all: true })
    return found.map(({ address }) => address)
  } catch (error) {
    throw new UsageError(
      'target',
      `a host name that resolves, as ${JSON.stringify(hostname)} does not`,
      (error as NodeJS.ErrnoException).code ?? 'an error',
    )
  }
}

function readAllowList(cwd: string, allowFile: string | undefined): readonly AllowEntry[] {
  const path = resolve(cwd, allowFile ?? allowFileName)
  if (allowFile === undefined && !existsSync(path)) return []
  const text = readUserText(path, 'a readable allow file')
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw new PlanError('ALLOW_INVALID', [{ path, expected: 'JSON', received: (error as Error).message }])
  }
  return parseAllowList(data)
}

/** Arrivals in the busiest second, and the whole length. A closed loop's rate is only known while it runs. */
function wantedOf({ model }: Plan): { peakPerSec: number; lastingMs: number } {
  if (model.kind === 'closed') return { peakPerSec: 0, lastingMs: model.lastingMs }
  const { peak, lastingMs } = outline(model.traffic)
  return { peakPerSec: peak?.perSec ?? 0, lastingMs }
}

function tighter(a: Caps, b: Caps): Caps {
  const least = (x: number | null, y: number | null): number | null => (x === null || y === null ? (x ?? y) : Math.min(x, y))
  return {
    maxRatePerSec: least(a.maxRatePerSec, b.maxRatePerSec),
    maxSockets: least(a.maxSockets, b.maxSockets),
    maxLastingMs: least(a.maxLastingMs, b.maxLastingMs),
  }
}

function refuseBeyond({ target }: Plan, { maxRatePerSec, maxLastingMs }: Caps, wanted: { peakPerSec: number; lastingMs: number }): void {
  if (maxRatePerSec !== null && wanted.peakPerSec > maxRatePerSec) {
    throw new Refused(`GUARD_REFUSED ${target}: the plan's peak of ${wanted.peakPerSec}/s is above the hard cap of ${maxRatePerSec}/s`)
  }
  if (maxLastingMs !== null && wanted.lastingMs > maxLastingMs) {
    throw new Refused(
      `GUARD_REFUSED ${target}: the plan's ${wanted.lastingMs / 1e3} s are more than the hard cap of ${maxLastingMs / 1e3} s`,
    )
  }
}

/** The day as people here write it: an allow list is made for a place, not for UTC. */
function localDay(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
