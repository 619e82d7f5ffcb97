// Asks the guard before the first packet: resolves the target's name once, and hands on only the addresses that were judged.
import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import type { AllowEntry, Caps, GuardAnswer, Plan, Wanted } from '@doorbuster/plan'
import { judgeTarget, kindOfAddress, PlanError, parseAllowList, refusalOf, thirdPartiesIn } from '@doorbuster/plan'
import { outline } from '@doorbuster/schedule'
import type { Approved } from '@doorbuster/wire'
import type { ConnectionWanted, ProxyWanted } from './connection-flags.ts'
import type { Detour } from './detour.ts'
import { detoured } from './detour.ts'
import type { ProxyOfRun } from './transport-of-run.ts'
import { isDirect } from './transport-of-run.ts'
import { Refused, readUserText, UsageError } from './usage.ts'

const allowFileName = 'doorbuster.allow.json'

export type Approval = {
  readonly approved: Approved
  readonly caps: Caps
  /** The proxy that the run goes through, approved too; null: none. */
  readonly proxy: ProxyOfRun | null
  readonly grounds: Grounds
  /** Whom the allow list names for the target; null where it was not asked. */
  readonly contact: string | null
}

/** What every origin is judged by, as plain data: another thread that is given it approves the same addresses, and looks no name up again. */
export type Grounds = {
  readonly allow: readonly AllowEntry[]
  readonly todayIso: string
  readonly wanted: Wanted
  /** Addresses by host name. */
  readonly resolved: ReadonlyMap<string, readonly string[]>
  readonly detours: readonly Detour[]
}

/** Where the length of a run is capped, shoppers under way may finish, and the shop's books come right, for at most this long after it each, whatever the plan says. */
const cappedDrainMs = 30_000

export function withinCaps(plan: Plan, { maxLastingMs }: Caps): Plan {
  if (maxLastingMs === null) return plan
  const { limits, orders } = plan
  return {
    ...plan,
    limits: { ...limits, drainMs: Math.min(limits.drainMs, cappedDrainMs) },
    ...(orders !== undefined && { orders: { ...orders, settleMs: Math.min(orders.settleMs, cappedDrainMs) } }),
  }
}

/** Hard limits from flags; null where none was given. */
export type FlagCaps = Caps

export type ApproveOptions = {
  readonly cwd: string
  readonly now: Date
  /** Path of the allow file; undefined: `doorbuster.allow.json` here, if there is one. */
  readonly allowFile: string | undefined
  readonly flagCaps: FlagCaps
  readonly ways?: Pick<ConnectionWanted, 'detours' | 'proxyFor'>
}

const straight: NonNullable<ApproveOptions['ways']> = { detours: [], proxyFor: () => null }

/** @throws Refused, with what to write; UsageError or PlanError for a broken allow file. */
export async function approve(plan: Plan, { cwd, now, allowFile, flagCaps, ways = straight }: ApproveOptions): Promise<Approval> {
  const wanted = wantedOf(plan)
  const rules = { allow: readAllowList(cwd, allowFile), todayIso: localDay(now), wanted }
  const { detours } = ways
  // What is judged is what is connected to, wherever the URL points.
  const target = detoured(detours, plan.target)?.href ?? plan.target
  const ask: Ask = (url, addresses) => judgeTarget({ url, addresses, ...rules })
  refuseThirdParties(plan)
  const own = await pass(ask, plan.target, target)
  const proxy = proxyOf(ways.proxyFor(new URL(plan.target)), plan.target, own.addresses)
  const between = proxy === null ? null : await pass(ask, proxy.from, proxy.origin)
  const counted = await countedAt(ask, plan, detours)
  const pages = await pagesAt(plan, detours, { ...rules, wanted: pageWanted(wanted) })
  const stubs = Object.values(plan.stubs).map(hostnameOf)
  const others = await resolveOthers(rules.allow, detours, stubs)
  const resolved = new Map([...others, ...counted, ...pages, [hostnameOf(target), own.addresses] as const])
  const grounds = { ...rules, resolved, detours }
  const caps = tighter(between === null ? own.caps : tighter(own.caps, between.caps), flagCaps)
  refuseBeyond(plan, caps, wanted)
  return {
    approved: approvedBy(grounds),
    caps,
    grounds,
    contact: own.contact,
    proxy: proxy && between && { ...proxy, addresses: between.addresses },
  }
}

export function approvedBy({ resolved, detours, ...rules }: Grounds): Approved {
  const judge = (url: string): GuardAnswer => judgeTarget({ url, addresses: resolved.get(hostnameOf(url)) ?? [], ...rules })
  return remembered((origin) => {
    const reached = detoured(detours, origin)?.href ?? origin
    return addressesOf(reached, judge(reached), resolved)
  })
}

type Ask = (url: string, addresses: readonly string[] | null) => GuardAnswer

type Passed = { readonly addresses: readonly string[]; readonly caps: Caps; readonly contact: string | null }

/** Third parties that a step names, or that stand in a journey's text, and have no stub; what a journey makes up is refused when it asks. */
function refuseThirdParties({ shoppers, stubs }: Plan): void {
  const texts = shoppers.map((each) => (each.kind === 'journey' ? String(each.journey) : each.requests.map(({ path }) => path).join('\n')))
  const found = texts.flatMap(thirdPartiesIn).find(({ host }) => !Object.hasOwn(stubs, host))
  if (found !== undefined) throw new Refused(`GUARD_REFUSED ${found.host}: ${refusalOf(found)}`)
}

/** Asked twice: by the list before its name is looked up, and with its addresses after. `from`: what the user called it. */
export async function pass(ask: Ask, from: string, url: string): Promise<Passed> {
  const refuse = (answer: GuardAnswer): Omit<Passed, 'addresses'> => {
    if (answer.allowed) return { caps: answer.caps, contact: answer.contact }
    throw new Refused(`GUARD_REFUSED ${from}: ${answer.because}`)
  }
  refuse(ask(url, null))
  const hostname = hostnameOf(url)
  const addresses = isIP(hostname) > 0 ? [hostname] : await resolveName(hostname)
  return { addresses, ...refuse(ask(url, addresses)) }
}

/** Where the origin's fetches are counted somewhere else, that host is judged as the target is. */
async function countedAt(
  ask: Ask,
  { origin }: Plan,
  detours: readonly Detour[],
): Promise<readonly (readonly [string, readonly string[]])[]> {
  if (origin === undefined || origin.get.startsWith('/')) return []
  const reached = detoured(detours, origin.get)?.href ?? origin.get
  const { addresses } = await pass(ask, new URL(origin.get).origin, reached)
  return [[hostnameOf(reached), addresses]]
}

/** What a metrics page is asked, whatever the run asks of the target. */
export function pageWanted({ lastingMs }: Wanted): Wanted {
  return { peakPerSec: 1, lastingMs }
}

/** Hosts of metrics pages are judged as the target is, at one request a second. */
function pagesAt(
  { metrics = [] }: Plan,
  detours: readonly Detour[],
  rules: Pick<Grounds, 'allow' | 'todayIso' | 'wanted'>,
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const ask: Ask = (url, addresses) => judgeTarget({ url, addresses, ...rules })
  const origins = [...new Set(metrics.map(({ url }) => new URL(url).origin))]
  return Promise.all(
    origins.map(async (origin) => {
      const reached = detoured(detours, origin)?.href ?? origin
      return [hostnameOf(reached), (await pass(ask, origin, reached)).addresses] as const
    }),
  )
}

/** Null where the target is reached directly. */
function proxyOf(wanted: ProxyWanted | null, target: string, addresses: readonly string[]): ProxyWanted | null {
  if (wanted === null || isDirect(target, wanted)) return null
  const isLoopback = addresses.every((address) => kindOfAddress(address) === 'loopback')
  return isLoopback && !wanted.isForLoopback ? null : wanted
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

/** Pages may name hosts without end. */
const mostRemembered = 1_000

/** Each origin is judged once; a journey names a handful of them. */
function remembered(judge: Approved): Approved {
  const known = new Map<string, readonly string[] | undefined>()
  return (origin) => {
    if (known.has(origin)) return known.get(origin)
    const judged = judge(origin)
    if (known.size < mostRemembered) known.set(origin, judged)
    return judged
  }
}

/** Other hosts of the allow list, which a journey may ask for. What does not resolve is just not approved. */
async function resolveOthers(
  allow: readonly AllowEntry[],
  detours: readonly Detour[],
  stubs: readonly string[],
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const local = detours.map(({ toHost }) => toHost).filter((host) => /(?:^|\.)localhost$/.test(host))
  const names = [...new Set([...allow.map(({ host }) => host), ...local, ...stubs])].filter(
    (host) => isIP(host.replace(/^\[|\]$/g, '')) === 0,
  )
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
function wantedOf({ model, shoppers }: Plan): Wanted {
  const isHostile = shoppers.some(({ hostile }) => hostile === true)
  if (model.kind === 'closed') return { peakPerSec: 0, lastingMs: model.lastingMs, isHostile }
  const { peak, lastingMs } = outline(model.traffic)
  return { peakPerSec: peak?.perSec ?? 0, lastingMs, isHostile }
}

function tighter(a: Caps, b: Caps): Caps {
  const least = (x: number | null, y: number | null): number | null => (x === null || y === null ? (x ?? y) : Math.min(x, y))
  return {
    maxRatePerSec: least(a.maxRatePerSec, b.maxRatePerSec),
    maxSockets: least(a.maxSockets, b.maxSockets),
    maxLastingMs: least(a.maxLastingMs, b.maxLastingMs),
  }
}

function refuseBeyond({ target }: Plan, { maxRatePerSec, maxLastingMs }: Caps, wanted: Wanted): void {
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
